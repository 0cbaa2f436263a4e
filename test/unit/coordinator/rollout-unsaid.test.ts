import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { job } from './build.js';
import { RolloutHosts } from './rollout-hosts.js';

const web = (image: string) => job('web', { image, replicas: 3, moves: 'never' });
const running = (unsaid: readonly string[]): RolloutHosts => {
  const made = new RolloutHosts(['h1']);
  made.run(2);
  made.submit(web('v1'));
  made.run(10);
  made.watch();
  for (const each of unsaid) made.unsaid.add(each);
  made.run(3);
  made.submit(web('v2'));
  return made;
};
const count = (made: RolloutHosts, image: string): number =>
  Object.values(made.images).filter((each) => each === image).length;

describe('a changed job of which a full report leaves containers out', () => {
  it('counts them as some that run', () => {
    const made = running(['web-2', 'web-3']);
    made.run(30);
    assert.equal(made.fewest, 2);
  });

  it('goes on a quarter of an hour after each, and says what it waits for', () => {
    const made = running(['web-1', 'web-2']);
    made.run(600);
    const said = /^2 of 3 .*: web-\d on h1 is left out of the reports of its agent, which are/m;
    assert.match(made.reasons.join('\n'), said);
    assert.equal(count(made, 'v1'), 2);
    made.run(2000);
    assert.deepEqual([made.fewest, count(made, 'v2')], [2, 3]);
    assert.doesNotMatch(made.reasons.join('\n'), /started again/);
  });
});
