import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NO_MEMORY } from '../../../coordinator/schedule/schedule.js';
import type { JobSpec } from '../../../shared/job.js';
import { job, jobName } from './build.js';
import { RolloutHosts } from './rollout-hosts.js';

const web = (image: string, replicas: number, change: Partial<JobSpec> = {}): JobSpec =>
  job('web', { image, replicas, moves: 'never', ...change });
const running = (): RolloutHosts => {
  const made = new RolloutHosts(['h1', 'h2', 'h3']);
  made.run(2);
  made.submit(web('v1', 3));
  made.run(10);
  made.watch();
  return made;
};
const imagesOf = (made: RolloutHosts): readonly string[] => Object.values(made.images).sort();
const NEVER = { seconds: Number.POSITIVE_INFINITY, silentSeconds: 0 };

describe('a job that is changed and asks for one container instead of three', () => {
  it('is served by another until that one answers', () => {
    const made = running();
    made.starts.set('v2', { seconds: 4, silentSeconds: 6 });
    made.submit(web('v2', 1));
    made.run(8);
    assert.deepEqual(imagesOf(made), ['v1', 'v2'], 'the new one has not answered yet');
    assert.match(
      made.reasons.join('\n'),
      /^web-2 runs on until another has its place: web-1 on h/m,
    );
    made.run(20);
    assert.deepEqual([made.fewest, imagesOf(made), made.reasons], [1, ['v2'], []]);
  });

  it('keeps the other where the new version does not run, or cannot be had', () => {
    const made = running();
    made.starts.set('v2', NEVER);
    made.submit(web('v2', 1));
    made.run(2000);
    assert.deepEqual([made.fewest, imagesOf(made)], [1, ['v1']]);
    assert.match(made.reasons.join('\n'), /web-1 on h\d does not run as it is now/);
    made.missing.add('v3');
    made.submit(web('v3', 1));
    made.run(100);
    assert.deepEqual([made.fewest, imagesOf(made)], [1, ['v1']]);
    made.submit(web('v4', 1));
    made.run(30);
    assert.deepEqual([made.fewest, imagesOf(made)], [1, ['v4']]);
  });

  it('goes on so under another leader, while an image is pulled, too', () => {
    for (const seconds of [2, 20, 33]) {
      const made = running();
      made.pulls.set('v2', 30);
      made.starts.set('v2', { seconds: 10, silentSeconds: 2 });
      made.submit(web('v2', 1));
      made.run(seconds);
      made.memory = NO_MEMORY;
      made.run(200);
      assert.deepEqual([made.fewest, imagesOf(made)], [1, ['v2']], `${seconds} s`);
    }
  });

  it('goes back where it is changed back, without a gap', () => {
    const made = running();
    made.starts.set('v2', NEVER);
    made.submit(web('v2', 1));
    made.run(20);
    made.submit(web('v1', 1));
    made.run(20);
    assert.deepEqual([made.fewest, imagesOf(made)], [1, ['v1']]);
  });

  it('leaves nothing behind where it is stopped meanwhile', () => {
    const made = running();
    made.starts.set('v2', NEVER);
    made.submit(web('v2', 1));
    made.run(20);
    made.stop(jobName('web'));
    made.run(5);
    assert.deepEqual(made.images, {});
  });

  it('waits for a host that falls silent with the new one', () => {
    const made = running();
    made.starts.set('v2', { seconds: 10, silentSeconds: 1 });
    made.submit(web('v2', 1, { onLoss: 'keep' }));
    made.run(3);
    const [host = ''] = /web-1 on (h\d)/.exec(made.reasons.join('\n'))?.slice(1) ?? [];
    made.cut.add(host);
    made.run(10);
    assert.deepEqual(imagesOf(made).includes('v1'), true);
    made.cut.delete(host);
    made.run(100);
    assert.deepEqual([made.fewest, imagesOf(made)], [1, ['v2']]);
  });

  it('keeps no second one where nothing is to be started again', () => {
    const made = running();
    made.submit(web('v1', 1));
    made.run(2);
    assert.deepEqual(imagesOf(made), ['v1']);
  });
});
