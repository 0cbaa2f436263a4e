import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { loadCoordinatorConfig } from '../../../coordinator/config.js';
import { authority } from '../../../shared/schema/listen.js';

const listenOf = (text: string) => {
  const read = loadCoordinatorConfig({ overrides: { 'metrics.listen': text } });
  return read.ok ? read.value.metrics.listen : read.error.map(({ message }) => message).join();
};

describe('metrics.listen', () => {
  it('is an address with a port, or off', () => {
    assert.deepEqual(listenOf('0.0.0.0:80'), { host: '0.0.0.0', port: 80 });
    assert.deepEqual(listenOf('[::1]:8471'), { host: '::1', port: 8471 });
    assert.equal(listenOf('off'), null);
    for (const alone of ['8472', ':8472'])
      assert.deepEqual(listenOf(alone), { host: '127.0.0.1', port: 8472 });
    assert.equal(authority({ host: '::1', port: 8471 }), '[::1]:8471');
  });

  it('is refused with what to write instead', () => {
    for (const text of [
      '',
      ':',
      '127.0.0.1',
      ':70000',
      '127.0.0.1:70000',
      'http://a:80',
      '::1:80',
      '256.1.1.1:80',
      '[:::]:80',
    ])
      assert.match(String(listenOf(text)), /^metrics\.listen: .*write 127\.0\.0\.1:8471/, text);
  });
});
