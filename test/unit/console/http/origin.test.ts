import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  clientAddress,
  hostFault,
  isLoopback,
  isOpened,
  siteFault,
} from '../../../../console/http/origin.js';

describe('from where a request comes', () => {
  for (const host of [
    'localhost',
    'localhost:8470',
    '127.0.0.1:1',
    '[::1]:8470',
    '10.0.0.7',
    'LOCALHOST',
  ])
    it(`${host} may be asked for`, () => assert.equal(hostFault(host, []), undefined));
  for (const host of [
    undefined,
    '',
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'a b',
    '[::1',
    'x:y',
  ])
    it(`${host} may not`, () => assert.ok(hostFault(host, [])));
  it('a name that was given may be asked for', () => {
    assert.equal(hostFault('console.example:80', ['console.example']), undefined);
    assert.ok(hostFault('other.example', ['console.example']));
  });

  for (const [headers, isGood] of [
    [{}, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ host: 'a:1', origin: 'http://a:1' }, true],
    [{ host: 'a:1', origin: 'http://a:2' }, false],
    [{ host: 'a:1', origin: 'null' }, false],
  ] as const)
    it(`${JSON.stringify(headers)} may ${isGood ? '' : 'not '}change something`, () =>
      assert.equal(siteFault(headers) === undefined, isGood));

  it('loopback is what this machine alone reaches', () => {
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])
      assert.ok(isLoopback(address));
    for (const address of ['0.0.0.0', '::', '10.0.0.1', '::ffff:10.0.0.1'])
      assert.ok(!isLoopback(address));
  });

  it('this machine is one client, whichever of its addresses it uses', () => {
    const own = ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'].map(clientAddress);
    assert.equal(new Set(own).size, 1);
    assert.equal(clientAddress('10.0.0.1'), '10.0.0.1');
  });

  it('a window is opened by a link, and a frame within a page is not', () => {
    const navigate = { 'sec-fetch-mode': 'navigate' };
    assert.ok(isOpened('GET', navigate), 'a browser that does not say for what');
    assert.ok(isOpened('GET', { ...navigate, 'sec-fetch-dest': 'document' }));
    for (const dest of ['iframe', 'frame', 'embed', 'object'])
      assert.ok(!isOpened('GET', { ...navigate, 'sec-fetch-dest': dest }), dest);
    assert.ok(!isOpened('POST', navigate));
    assert.ok(!isOpened('GET', { 'sec-fetch-mode': 'no-cors' }));
  });
});
