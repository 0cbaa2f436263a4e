import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { job, jobName, nodeId, report } from '../unit/coordinator/build.js';
import { AuditCluster } from './audit-cluster.js';

const MAX_WEIGHT = 5;

/** Rows of the table of docs/security.md that a coordinator sees to. */
describe('a coordinator', function () {
  this.timeout(60_000);
  let cluster: AuditCluster;
  before(async () => {
    const secretsKey = generateKeyPairSync('x25519').privateKey;
    const any = { max: 100, maxOf: new Map() };
    const quota = { jobs: { max: 3, maxOf: new Map([['tom', 2]]) }, replicas: any };
    cluster = await AuditCluster.start({ secretsKey, weightMax: MAX_WEIGHT, quota });
  });
  after(() => cluster.stop());

  const agentOf = (at: number) => {
    const agent = cluster.agents[at];
    assert.ok(agent !== undefined);
    return agent;
  };
  const nodes = async () => (await cluster.must('operator', 'node-list', {})).nodes;
  const coresOf = async (name: string) =>
    (await nodes()).find(({ id }) => id === name)?.host.capacityCpuCores;
  /** What h1 says counts from then on, so what it said before has been judged. */
  const saysHonestly = (cores: number) => {
    const host = { ...report('h1').host, capacityCpuCores: cores, allocatableCpuCores: cores };
    return until(async () => {
      agentOf(0).report({ sentAtMs: systemClock.now(), host });
      return (await coresOf('h1')) === cores;
    }, 'an honest report to count');
  };

  it('takes no weight above the highest from a submitter, and any from an operator', async () => {
    const heavy = (name: string, weight: number) => ({ jobs: [job(name, { weight })] });
    const refused = await cluster.faultsOf('sue-submitter', 'job-submit', heavy('heavy', 6));
    assert.match(refused, /auth\.weight.*a submitter may give at most 5 here/);
    assert.equal(await cluster.ownerOf('heavy'), undefined);
    for (const [person, weight] of [
      ['sue-submitter', MAX_WEIGHT],
      ['operator', 1000],
    ] as const)
      await cluster.must(person, 'job-submit', heavy(`of-${person}`, weight));
  });

  it('takes no job beyond what a submitter may have, and says so in the audit', async () => {
    const jobs = (...names: readonly string[]) => ({ jobs: names.map((name) => job(name)) });
    await cluster.must('tom', 'job-submit', jobs('t1', 't2'));
    const lines = await cluster.linesOf(async () => {
      const refused = await cluster.faultsOf('tom', 'job-submit', jobs('t2', 't3'));
      assert.match(refused, /auth\.quota.*tom would have 3 jobs at a time, and may have 2 here/);
    });
    assert.deepEqual(
      lines.map(({ who, verb, outcome, code }) => [who, verb, outcome, code]),
      [['tom', 'job-submit', 'refused', 'auth.quota']],
    );
    assert.equal(await cluster.ownerOf('t3'), undefined);
    await cluster.must('tom', 'job-stop', { name: jobName('t1') });
    await cluster.must('tom', 'job-submit', jobs('t3'));
    await cluster.must('operator', 'job-submit', jobs('o1', 'o2', 'o3', 'o4'));
  });

  it('believes no report in which an agent speaks of another node', async () => {
    const before = await coresOf('h2');
    const host = { ...report('h2').host, capacityCpuCores: 64, allocatableCpuCores: 64 };
    for (let i = 0; i < 5; i += 1)
      agentOf(0).report({ sentAtMs: systemClock.now(), node: nodeId('h2'), host });
    await saysHonestly(3);
    assert.equal(await coresOf('h2'), before);
  });

  it('follows no epoch out of reach that an agent claims to obey', async () => {
    for (let i = 0; i < 5; i += 1) {
      const holds = { ...agentOf(0).holds, epoch: 2 ** 53 - 1, revision: 2 ** 53 - 1 };
      agentOf(0).report({ sentAtMs: systemClock.now(), holds });
    }
    await saysHonestly(2);
    const sent = agentOf(1).commands.length;
    await cluster.must('operator', 'job-submit', { jobs: [job('later', { replicas: 4 })] });
    await until(async () => {
      for (const agent of cluster.agents) agent.report({ sentAtMs: systemClock.now() });
      return agentOf(1).commands.length > sent;
    }, 'a desired state for the other node');
    const epochs = cluster.agents.flatMap(({ commands }) => commands.map(({ epoch }) => epoch));
    assert.ok(Math.max(...epochs) < 1000, epochs.join());
  });

  it('answers on whatever texts an agent has in its report', async () => {
    const text = 'x\u001b]0;\u202e"<script>\\'.repeat(100);
    const labels = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`l${i}`, text.slice(0, 1000)]),
    );
    const warnings = Array.from({ length: 16 }, () => text);
    for (let i = 0; i < 5; i += 1)
      agentOf(0).report({ sentAtMs: systemClock.now(), labels, warnings });
    await saysHonestly(4);
    const known = await nodes();
    assert.deepEqual(known.map(({ id }) => id).sort(), ['h1', 'h2']);
    const size = JSON.stringify(known).length;
    assert.ok(size < 200_000, `${size}`);
  });
});
