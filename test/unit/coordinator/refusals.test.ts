import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jobStatuses } from '../../../coordinator/state/job-status.js';
import type { JobSpec } from '../../../shared/job.js';
import { like, ToyCluster } from './schedule/toy-cluster.js';

const FORBIDDEN = 'image "x" is not in the list of images this host allows';
const version = (image: string): JobSpec => ({ ...like('web', 200), image });
/** Hosts that do not take the image `x`. */
const pickyHosts =
  (...hosts: readonly string[]) =>
  ({ image }: JobSpec, node: string) =>
    image === 'x' && hosts.includes(node) ? FORBIDDEN : undefined;

describe('a job that a host refuses', () => {
  const cluster = (...picky: readonly string[]) => {
    const made = new ToyCluster(['h1', 'h2'], () => 0.05);
    made.rules = pickyHosts(...picky);
    made.run(2);
    return made;
  };
  const submit = (made: ToyCluster, spec: JobSpec, revision = 1): void =>
    made.apply({ kind: 'jobs-stored', atMs: made.nowMs, jobs: [{ spec, revision }] });
  const web = (made: ToyCluster) => jobStatuses(made.state, made.nowMs)[0];
  const refusedOf = (made: ToyCluster) => made.events.filter((each) => /refused/.test(each));

  it('is taken by another within 5 s, and the refusal is told once', () => {
    const made = cluster('h1');
    submit(made, version('x'));
    made.run(1);
    assert.deepEqual(Object.keys(made.placed), ['web-1']);
    made.run(4);
    assert.deepEqual(made.runningOn('h2'), ['web-2']);
    assert.equal(web(made)?.state, 'running');
    made.run(60);
    assert.deepEqual([made.runningOn('h1'), made.runningOn('h2')], [[], ['web-2']]);
    assert.deepEqual(refusedOf(made), ['job.refused web-1']);
  });

  it('waits with all refusals as its reason where no host takes it', () => {
    const made = cluster('h1', 'h2');
    submit(made, version('x'));
    made.run(10);
    assert.deepEqual(made.placed, {});
    assert.equal(web(made)?.state, 'pending');
    assert.deepEqual(web(made)?.reasons, [
      `web-1: node h1 refuses it: ${FORBIDDEN}; node h2 refuses it: ${FORBIDDEN}`,
    ]);
    assert.equal(refusedOf(made).length, 2);
  });

  it('is tried there again when it is updated, not when only its target changes', () => {
    const made = cluster('h1', 'h2');
    submit(made, version('x'));
    made.run(10);
    submit(made, { ...version('x'), target: like('web', 300).target }, 2);
    made.run(10);
    assert.deepEqual([made.placed, refusedOf(made).length], [{}, 2]);
    submit(made, version('y'), 3);
    made.run(5);
    assert.equal(web(made)?.state, 'running');
  });

  it('is tried there again when the agent was restarted, as with other rules', () => {
    const made = cluster('h1', 'h2');
    submit(made, version('x'));
    made.run(10);
    made.boots.set('h1', 'boot-2');
    made.rules = pickyHosts('h2');
    made.run(5);
    assert.deepEqual(made.runningOn('h1'), ['web-1']);
    assert.equal(web(made)?.state, 'running');
  });

  it('says nothing new where a restarted agent refuses it for the same reason', () => {
    const made = cluster('h1', 'h2');
    submit(made, version('x'));
    made.run(10);
    made.boots.set('h1', 'boot-2');
    made.run(10);
    assert.deepEqual([made.placed, refusedOf(made).length], [{}, 2]);
  });

  it('runs on in its older version until another host runs the newest', () => {
    const made = cluster('h1');
    submit(made, version('y'));
    made.run(5);
    assert.deepEqual(made.runningOn('h1'), ['web-1']);
    submit(made, version('x'), 2);
    for (let second = 0; second < 15; second += 1) {
      made.run(1);
      assert.ok(made.runningOn('h1').length + made.runningOn('h2').length > 0);
    }
    assert.deepEqual([made.runningOn('h1'), made.runningOn('h2')], [[], ['web-2']]);
  });

  it('runs on in its older version where every host refuses the newest, and says so', () => {
    const made = cluster('h1', 'h2');
    submit(made, version('y'));
    made.run(5);
    submit(made, version('x'), 2);
    made.run(30);
    assert.deepEqual(made.runningOn('h1'), ['web-1']);
    assert.deepEqual(web(made)?.reasons, [
      `web-1: h1 refuses it as it is now, what runs there runs on: ${FORBIDDEN}`,
    ]);
  });

  it('runs on where the rules of its only host change, and calls that no older version', () => {
    const made = cluster('h2');
    submit(made, version('x'));
    made.run(5);
    assert.deepEqual(made.runningOn('h1'), ['web-1']);
    made.boots.set('h1', 'boot-2');
    made.rules = pickyHosts('h1', 'h2');
    made.run(30);
    assert.deepEqual(made.runningOn('h1'), ['web-1']);
    assert.match(web(made)?.reasons.join() ?? '', /h1 refuses it as it is now/);
  });
});
