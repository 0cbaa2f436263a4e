import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NO_MEMORY } from '../../../coordinator/schedule/schedule.js';
import type { JobSpec } from '../../../shared/job.js';
import { PROBE_FAILED, PROBE_REFUSED } from '../../../shared/report.js';
import { job, target } from './build.js';
import { RolloutHosts } from './rollout-hosts.js';

const web = (image: string, change: Partial<JobSpec> = {}): JobSpec =>
  job('web', { image, replicas: 3, moves: 'never', ...change });
const running = (hosts: readonly string[] = ['h1', 'h2', 'h3']): RolloutHosts => {
  const made = new RolloutHosts(hosts);
  made.run(2);
  made.submit(web('v1'));
  made.run(10);
  assert.deepEqual(made.images, { 'web-1': 'v1', 'web-2': 'v1', 'web-3': 'v1' });
  made.watch();
  return made;
};
const count = (made: RolloutHosts, image: string): number =>
  Object.values(made.images).filter((each) => each === image).length;
const NEVER = { seconds: Number.POSITIVE_INFINITY, silentSeconds: 0 };

describe('a job that is changed', () => {
  it('is started again one container after the other', () => {
    const made = running();
    made.submit(web('v2'));
    made.run(3);
    assert.match(
      made.reasons.join('\n'),
      /^2 of 3 containers wait to be started again: web-1 on /m,
    );
    made.run(30);
    assert.equal(made.fewest, 2);
    assert.equal(count(made, 'v2'), 3);
    assert.deepEqual(made.reasons, []);
  });

  it('is so on one host, too', () => {
    const made = running(['h1']);
    made.submit(web('v2'));
    made.run(30);
    assert.deepEqual([made.fewest, count(made, 'v2')], [2, 3]);
  });

  it('gets a new target everywhere at once', () => {
    const made = running();
    made.submit(web('v1', { target: target(500) }));
    made.run(1);
    const targets = [...made.state.nodes.values()].flatMap(
      ({ desired }) => desired?.allocations.map(({ spec }) => spec?.target.latencyMs) ?? [],
    );
    assert.deepEqual(targets, [500, 500, 500]);
    assert.equal(made.fewest, 3);
  });

  it('gets it also where a container still waits for its turn', () => {
    const made = running();
    made.starts.set('v2', NEVER);
    made.submit(web('v2', { target: target(500) }));
    made.run(5);
    const specs = [...made.state.nodes.values()].flatMap(
      ({ desired }) => desired?.allocations.map(({ spec }) => spec) ?? [],
    );
    assert.deepEqual(
      specs.map((each) => each?.target.latencyMs),
      [500, 500, 500],
    );
    assert.deepEqual(
      specs.map((each) => each?.image),
      ['v2', 'v1', 'v1'],
    );
  });

  it('stops with the first container that fails, and says so', () => {
    const made = running();
    made.starts.set('v2', NEVER);
    made.submit(web('v2'));
    made.run(2000);
    assert.deepEqual([made.fewest, count(made, 'v1')], [2, 2]);
    assert.ok(
      made.reasons.some((each) =>
        / 2 of 3 .*: web-1 on h\d does not run as it is now \(exit code 1\); /.test(each),
      ),
      made.reasons.join('\n'),
    );
  });

  it('stops with the first container that is probed in vain, and says so', () => {
    for (const fault of [`${PROBE_FAILED}no answer in 30 s`, `${PROBE_REFUSED}500`]) {
      const made = running();
      made.starts.set('v2', { seconds: 2, silentSeconds: Number.POSITIVE_INFINITY });
      made.probed.set('v2', fault);
      made.submit(web('v2'));
      made.run(2000);
      assert.deepEqual([made.fewest, count(made, 'v1')], [2, 2]);
      const said = `web-1 on h1 does not answer its probe (${fault})`;
      assert.ok(
        made.reasons.some((each) => each.includes(`${said}; `)),
        made.reasons.join('\n'),
      );
      made.submit(web('v3'));
      made.run(30);
      assert.deepEqual([made.fewest, count(made, 'v3')], [2, 3]);
    }
  });

  it('stops where its image cannot be had, with all containers as they were', () => {
    const made = running();
    made.missing.add('v2');
    made.submit(web('v2'));
    made.run(3000);
    assert.deepEqual([made.fewest, count(made, 'v1')], [3, 3]);
    const says = (reason: RegExp): void =>
      assert.ok(
        made.reasons.some((each) => reason.test(each)),
        made.reasons.join('\n'),
      );
    says(/ 2 of 3 .*: web-1 on h\d is not started again yet: no image v2; /);
    says(/^web-1: runs on as it was: no image v2$/);
  });

  it('waits for memory for as long as that takes, and says so', () => {
    const made = running();
    made.scarceBytes = 2 ** 31;
    const resources = { cpu: { minCores: 0.05 }, memoryBytes: 2 ** 31 };
    made.submit(web('v1', { resources }));
    made.run(1000);
    // Also under another leader.
    made.memory = NO_MEMORY;
    made.run(2000);
    const given = [...made.state.nodes.values()].flatMap(({ desired }) =>
      (desired?.allocations ?? []).flatMap(({ id, spec }) =>
        spec?.resources.memoryBytes === undefined ? [] : [id],
      ),
    );
    assert.deepEqual(given, ['web-1']);
    const said = made.reasons.join('\n');
    assert.match(said, / 2 of 3 .*: web-1 on h\d is not started again yet: memory must wait; /m);
    assert.match(said, /^web-1: runs on as it was: memory must wait$/m);
  });

  it('goes on with the version that mends it, the broken container first', () => {
    const made = running();
    made.starts.set('v2', NEVER);
    made.submit(web('v2'));
    made.run(20);
    made.submit(web('v3'));
    made.run(30);
    assert.deepEqual([made.fewest, count(made, 'v3')], [2, 3]);
  });

  for (const [which, seconds] of [
    ['another', 18],
    ['the last', 34],
  ] as const)
    it(`is changed again while ${which} is about to stop: that one is first`, () => {
      const made = running();
      made.pulls.set('v2', 10);
      made.submit(web('v2'));
      made.run(seconds);
      made.starts.set('v3', { seconds: 12, silentSeconds: 1 });
      made.submit(web('v3'));
      made.run(120);
      assert.deepEqual([made.fewest, count(made, 'v3')], [2, 3]);
    });

  it('goes on under another leader only when an image that is being pulled is there', () => {
    const made = running();
    made.pulls.set('v2', 200);
    made.submit(web('v2'));
    made.run(100);
    made.memory = NO_MEMORY;
    made.run(90);
    assert.equal(count(made, 'v1'), 3);
    assert.match(made.reasons.join('\n'), /^2 of 3 .*is not started again yet$/m);
    made.run(600);
    assert.deepEqual([made.fewest, count(made, 'v2')], [2, 3]);
  });

  it('goes back at once where it was stopped', () => {
    const made = running();
    made.starts.set('v2', NEVER);
    made.submit(web('v2'));
    made.run(20);
    made.submit(web('v1'));
    made.run(4);
    assert.deepEqual([made.fewest, count(made, 'v1')], [2, 3]);
  });

  it('replaces at once what runs nowhere', () => {
    const made = new RolloutHosts(['h1', 'h2', 'h3']);
    made.starts.set('v1', NEVER);
    made.run(2);
    made.submit(web('v1'));
    made.run(10);
    made.submit(web('v2'));
    made.run(5);
    assert.equal(count(made, 'v2'), 3);
  });

  it('waits five minutes for an answer where others are asked, then goes on', () => {
    const made = running();
    made.starts.set('v2', { seconds: 2, silentSeconds: Number.POSITIVE_INFINITY });
    made.submit(web('v2'));
    made.run(290);
    assert.deepEqual([count(made, 'v1'), count(made, 'v2')], [2, 1]);
    assert.match(made.reasons.join(), /web-1 on h\d has not answered yet/);
    made.run(1000);
    assert.deepEqual([made.fewest, count(made, 'v2')], [2, 3]);
  });

  it('goes on under another leader, no sooner', () => {
    const made = running();
    made.starts.set('v2', { seconds: 20, silentSeconds: 1 });
    made.submit(web('v2'));
    made.run(3);
    made.memory = NO_MEMORY;
    made.run(300);
    assert.deepEqual([made.fewest, count(made, 'v2')], [2, 3]);
  });

  it('waits under another leader, too, for one that runs and does not answer yet', () => {
    const made = running();
    made.starts.set('v2', { seconds: 2, silentSeconds: 200 });
    made.submit(web('v2'));
    made.run(20);
    made.memory = NO_MEMORY;
    made.run(150);
    assert.deepEqual([count(made, 'v1'), count(made, 'v2')], [2, 1]);
    assert.match(made.reasons.join(), /web-1 on h\d has not answered yet/);
    made.run(600);
    assert.deepEqual([made.fewest, count(made, 'v2')], [2, 3]);
  });

  it('takes nothing from a host that is not heard, and goes on when it is back', () => {
    const made = running();
    made.cut.add('h3');
    made.run(6);
    made.submit(web('v2', { onLoss: 'keep' }));
    made.run(60);
    assert.equal(count(made, 'v2'), 2);
    assert.match(made.reasons.join('\n'), /^1 of 3 .*: h3 cannot be told$/m);
    made.cut.delete('h3');
    made.run(15);
    assert.deepEqual([made.fewest, count(made, 'v2')], [2, 3]);
  });

  it('stops where a host refuses the new version, and forgets that in no answer', () => {
    const made = running(['h1']);
    made.rules = ({ image }) => (image === 'v2' ? 'image "v2" is not allowed here' : undefined);
    made.submit(web('v2'));
    made.run(120);
    assert.deepEqual([made.fewest, count(made, 'v1')], [3, 3]);
    assert.ok(made.reasons.some((each) => /web-1 on h1 is refused there/.test(each)));
  });

  it('stays as it was where a host port that it asks for now is that of another', () => {
    const made = running(['h1', 'h2', 'h3']);
    const port = (hostPort: number): Partial<JobSpec> => ({
      ports: [{ containerPort: 80, hostPort }],
    });
    made.submit(job('other', { image: 'o', replicas: 3, moves: 'never', ...port(9090) }));
    made.submit(job('single', { image: 's1', replicas: 1, moves: 'never' }));
    made.run(20);
    made.submit(web('v2', port(9090)));
    made.submit(job('single', { image: 's2', replicas: 1, moves: 'never', ...port(9090) }));
    made.run(60);
    assert.equal(count(made, 'v1'), 3);
    assert.equal(made.images['single-1'], 's1');
    const says = made.reasons.join('\n');
    assert.match(says, /: web-1 runs on as it was: host port 9090 of h\d is that of other-\d$/m);
    assert.match(says, /^1 of 1 .*: single-1 runs on as it was: host port 9090/m);
    made.submit(web('v2', port(9091)));
    made.run(40);
    assert.equal(count(made, 'v2'), 3);
  });

  it('has two copies less than it asks for only where it has one', () => {
    const made = new RolloutHosts(['h1']);
    made.run(2);
    made.submit(web('v1', { replicas: 1 }));
    made.run(10);
    made.submit(web('v2', { replicas: 1 }));
    made.run(1);
    assert.equal([...made.state.nodes.values()][0]?.desired?.allocations[0]?.spec?.image, 'v2');
  });
});
