import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { job, jobName, nodeId, report } from '../unit/coordinator/build.js';
import { AuditCluster } from './audit-cluster.js';

const INTERVAL_MS = 1000;

const host = (cores: number) => ({
  ...report('h1').host,
  capacityCpuCores: cores,
  allocatableCpuCores: cores,
});

describe('an agent that reports more than its node was approved with', function () {
  this.timeout(60_000);
  let cluster: AuditCluster;
  before(async () => {
    const secretsKey = generateKeyPairSync('x25519').privateKey;
    const how = { registration: 'approved', intervalMs: INTERVAL_MS } as const;
    cluster = await AuditCluster.start({ secretsKey, ...how });
  });
  after(() => cluster.stop());

  /** The agent of h1 says that its host has that number of cores, until the condition holds. */
  const says = (cores: number, what: string, isDone: () => boolean | Promise<boolean>) =>
    until(
      async () => {
        cluster.agents[0]?.report({ sentAtMs: systemClock.now(), host: host(cores) });
        return isDone();
      },
      what,
      20_000,
    );
  const node = async () => {
    const { nodes } = await cluster.must('operator', 'node-list', {});
    return nodes.find(({ id }) => id === 'h1');
  };
  const warnings = async () => (await node())?.warnings.join('\n') ?? '';
  const stateOf = async (name: string) =>
    (await cluster.must('operator', 'job-status', { name: jobName(name) })).job.state;
  const submit = (name: string, minCores: number) =>
    cluster.must('operator', 'job-submit', {
      jobs: [job(name, { resources: { cpu: { minCores } } })],
    });

  it('is given no job for the rest, until an operator approves that', async () => {
    const heard = async () => (await node())?.host.capacityCpuCores === 2;
    await says(2, 'its two cores to be heard', heard);
    await cluster.must('operator', 'node-approve', { id: nodeId('h1') });
    await submit('small', 0.5);
    await says(2, 'the small job to run', async () => (await stateOf('small')) === 'running');
    const warned = async () => /was approved with 2 CPU/.test(await warnings());
    await says(64, 'the operator to be told', warned);
    assert.match(
      await warnings(),
      /reports 64 CPU .*, was approved with 2 CPU .*: dqoes node approve h1/,
    );
    await submit('large', 16);
    const untilMs = systemClock.now() + 2 * INTERVAL_MS;
    await says(64, 'a while', () => systemClock.now() > untilMs);
    assert.equal(await stateOf('large'), 'pending');
    assert.equal(await stateOf('small'), 'running');
    const asked = cluster.agents[0]?.desired?.allocations.map(({ job: of }) => of);
    assert.deepEqual(asked, ['small']);
    await cluster.must('operator', 'node-approve', { id: nodeId('h1') });
    await says(64, 'the large job to run', async () => (await stateOf('large')) === 'running');
  });
});
