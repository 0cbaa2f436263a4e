import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import type { NodeHistory, RecentHistory } from '../../../../../console/answers.js';
import { cordonText, drainText, thereText } from '../../../../../console/page/model/drain-text.js';
import { joinFault, joinTexts } from '../../../../../console/page/model/join.js';
import { energyWh, hostHour } from '../../../../../console/page/model/node-series.js';
import type { DrainPlan } from '../../../../../proto/schemas/drain.js';
import { allocationId, container, jobName, nodeId } from '../../../coordinator/build.js';
import { ROOT } from '../../../tools/planted-tree.js';
import { allocation } from '../build.js';

const moving = (verdict: 'met' | 'unmet'): DrainPlan['moves'][number] => ({
  allocation: allocationId('a-1'),
  job: jobName('a'),
  to: {
    ...{ id: allocationId('a-2'), node: nodeId('h1'), verdict, limitCores: 0.3, expectedMs: 84 },
    ...{ reachableMs: null, neededCores: null, reason: 'moves from h2: h2 is draining' },
  },
});
const plan = (change: Partial<DrainPlan> = {}): DrainPlan => ({
  ...{ node: nodeId('h2'), moves: [moving('met')], stays: [], effects: [] },
  ...change,
});

describe('the dry run of a drain, in words', () => {
  it('says who moves where, and that nobody is hurt', () => {
    const text = drainText(plan());
    assert.equal(text.summary, '1 allocation would move, nothing stays.');
    assert.match(text.moves[0]?.text ?? '', /a-1 is replaced: a-2 on h1 .*meets its target/);
    assert.ok(text.isGood);
  });

  it('is bad where a job stays, misses its target, or another is hurt', () => {
    const stay = { allocation: allocationId('b-1'), job: jobName('b'), reason: 'moves: never' };
    const effect = {
      ...{ allocation: allocationId('c-1'), job: jobName('c'), node: nodeId('h1') },
      ...{ effect: 'loses-target' as const, reason: 'less CPU' },
    };
    assert.ok(!drainText(plan({ stays: [stay] })).isGood);
    assert.ok(!drainText(plan({ moves: [moving('unmet')] })).isGood);
    assert.ok(!drainText(plan({ effects: [effect] })).isGood);
    const foreign = drainText(plan({ stays: [{ ...stay, container: 'db\u202e' }] }));
    assert.ok(foreign.isGood, 'what is not ours stays in any case');
    assert.match(foreign.stays[0]?.text ?? '', /db<U\+202E> stays/);
    assert.match(drainText(plan({ moves: [] })).summary, /runs nothing/);
  });

  it('names what is there, and that a cordon moves nothing', () => {
    const label = allocation('d-1', { container: container('d-1', { origin: 'label' }) });
    assert.match(
      thereText([allocation('a-1'), label]),
      /1 allocation of jobs; 1 container by labels/,
    );
    assert.match(cordonText([label]), /1 allocation there go on/);
    assert.match(cordonText([]), /Nothing runs there/);
  });
});

describe('the texts for another host', () => {
  it('are filled in with what is a name or an address, and with nothing else', () => {
    const texts = joinTexts({ name: 'h7', nats: '10.0.0.5:4222', version: '0.1.0' });
    assert.match(texts.token, /add-agent h7 --token --nats nats:\/\/10.0.0.5:4222$/);
    // Only once it is installed there is a command called dqoes, whose settings the agent reads.
    assert.match(texts.join, /^deploy\/install-agent\.sh --no-start\ndqoes join TOKEN$/);
    assert.match(texts.compose, /image: dqoes\/dqoes:0.1.0\n/);
    assert.match(texts.composeJoin, /dqoes\/dqoes:0.1.0 join TOKEN$/);
    const evil = joinTexts({ name: 'a; rm -rf /', nats: '$(id)', version: 'x\n  evil: 1' });
    for (const text of Object.values(evil)) assert.doesNotMatch(text, /rm -rf|\$\(|evil/);
    assert.match(joinFault({ name: 'a b', nats: '' }), /name takes/);
    assert.match(joinFault({ name: '', nats: 'a b' }), /HOST:PORT/);
    assert.equal(joinFault({ name: 'h2', nats: 'h:4222' }), '');
  });

  it('run the agent with the rights and mounts of deploy/compose.yaml, and watch at first', () => {
    const texts = joinTexts({ name: 'h7', nats: '10.0.0.5:4222', version: '0.1.0' });
    const ours = agentIn(texts.compose);
    const usual = agentIn(readFileSync(join(ROOT, 'deploy/compose.yaml'), 'utf8'));
    for (const key of [...RIGHTS, 'healthcheck', 'restart', 'stop_grace_period'])
      assert.deepEqual(ours[key], usual[key], key);
    const mounts = (volumes: unknown): readonly string[] =>
      (volumes as readonly string[]).filter((each) => each.startsWith('/')).sort();
    assert.deepEqual(
      mounts(ours.volumes).filter((each) => !each.startsWith('/var/lib/dqoes:')),
      mounts(usual.volumes),
    );
    assert.match(texts.composeJoin, /control: observe/);
  });
});

const RIGHTS = [
  ...['user', 'network_mode', 'pid', 'cgroup', 'read_only', 'tmpfs', 'cap_drop', 'cap_add'],
  'security_opt',
];
const agentIn = (text: string): Readonly<Record<string, unknown>> =>
  (parse(text, { merge: true }) as { services: { agent: Record<string, unknown> } }).services.agent;

const MINUTE = 60_000;
const series = (values: readonly (number | null)[]): NodeHistory => ({
  ...{ node: nodeId('h1'), fromMs: 2 * MINUTE, stepMs: MINUTE, othersCores: values },
  ...{ usedCores: [], pressureRatio: [], gpuUtilisationRatio: [], gpuClockMhz: [] },
  gpuPowerWatts: [],
});
const recent: RecentHistory = {
  ...{ fromMs: MINUTE, stepMs: MINUTE, complete: true },
  allocations: [
    {
      ...{ allocation: allocationId('a-1'), latencyMs: [1, 1, 1], usedCores: [1, 1, 1] },
      reservedCores: [1, 1, null],
    },
  ],
};

describe('the last hour of a host', () => {
  it('has what is not ours on top of the limits, at the same minutes', () => {
    const hour = hostHour(recent, series([0.5, 0.25, 9]), (id) => id.toUpperCase());
    assert.deepEqual(hour?.times, [60, 120, 180]);
    assert.deepEqual(hour?.limits, [{ name: 'A-1', values: [1, 1, 0] }]);
    assert.deepEqual(hour?.others, [null, 1.5, 0.25]);
  });

  it('is there with one of the two, and not with none', () => {
    assert.deepEqual(hostHour(null, series([0.5]), String)?.others, [0.5]);
    assert.equal(hostHour(recent, null, String)?.others, null);
    assert.equal(hostHour(recent, series([null, null]), String)?.others, null);
    assert.equal(hostHour(null, null, String), null);
  });

  it('sums energy over the minutes that are known', () => {
    assert.equal(energyWh([60, null, 60]), 2);
    assert.equal(energyWh([null]), null);
  });
});
