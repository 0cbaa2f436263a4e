import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { labelTrouble } from '../../../../agent/discover/label-trouble.js';

describe('what is wrong with the labels of a container', () => {
  const told = (
    labels: Readonly<Record<string, string>>,
    imageLabels: Readonly<Record<string, string>> = {},
  ): readonly string[] =>
    labelTrouble({ name: 'web', image: 'web:1', labels, imageLabels }, 'dqoes.').map(
      ({ code, message }) => `${code} ${message}`,
    );

  it('is said where a misspelt or forgotten label opts in to nothing', () => {
    assert.deepEqual(told({ 'dqoes.target': '300ms', 'dqoes.enabled': 'true' }), [
      'label.unknown dqoes.enable is missing, so dqoes.enabled, dqoes.target of web do nothing, ' +
        'and dqoes does not touch it: start it with --label dqoes.enable=true',
    ]);
  });

  it('is nothing where nothing is asked, or it was switched off, or the labels are ours', () => {
    assert.deepEqual(told({}), []);
    assert.deepEqual(told({ 'com.example.enable': 'true' }), []);
    assert.deepEqual(told({ 'dqoes.enable': 'false', 'dqoes.target': '300ms' }), []);
    assert.deepEqual(told({ 'dqoes.allocation': 'face-1', 'dqoes.job': 'face' }), []);
    assert.deepEqual(told({}, { 'dqoes.target': '1s' }), []);
  });

  it('is said of labels that opted in, and of those of the image', () => {
    assert.match(told({ 'dqoes.enable': 'true' }).join(), /^label\.bad-value label dqoes\.target/);
    assert.match(told({}, { 'dqoes.enable': 'true' }).join(), /^label\.from-image label dqoes\.e/);
  });
});
