import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { type Stack, startStack } from '../../cli/up/stack.js';
import { silentLog } from '../../shared/log.js';
import { isSatisfied } from '../../shared/qoe.js';
import { docker } from '../lib/docker-command.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { dqoes } from './cli-program.js';

// Not run with the others: npx mocha dist/test/e2e/advise.manual.js; about three minutes.

/** Six real models as people run them: no label, no limit; each client waits and thinks. */
const SIX: readonly (readonly [name: string, ...words: readonly string[]])[] = [
  ['signs', '--model', 'ocr-det', '--batch', '2', '--think', '150'],
  ['words', '--model', 'ocr-rec', '--batch', '4', '--think', '250'],
  ['voice', '--model', 'vad', '--batch', '4', '--think', '250'],
  ['turns', '--model', 'ocr-cls', '--batch', '18', '--think', '150'],
  ['plates', '--model', 'ocr-rec', '--batch', '2', '--think', '150'],
  ['calls', '--model', 'vad', '--batch', '2', '--think', '150'],
];
const WATCH = '30s';
const SETTLE_MS = 30_000;
const LOOKS = 40;
const LOOK_MS = 1000;
/** A target holds that is met in this share of the looks. */
const HOLDS_FROM = 0.9;
const MUST_HOLD = 5;

interface AdvisedContainer {
  readonly name: string;
  readonly targetMs: number | null;
  readonly takesCores: number | null;
  readonly labels: Readonly<Record<string, string>>;
}

describe('advice for six real containers that nobody controls', function () {
  this.timeout(300_000);
  const mark = `advise-${randomUUID().slice(0, 8)}`;
  const prefix = `${mark}.`;
  const nameOf = (name: string): string => `${mark}-${name}`;
  const names = SIX.map(([name]) => nameOf(name));
  const stateDir = mkdtempSync(join(tmpdir(), 'dqoes-advise-'));
  let stack: Stack | undefined;
  let advised: readonly AdvisedContainer[] = [];

  const startAll = async (labelsOf: (name: string) => Readonly<Record<string, string>>) => {
    for (const [short, ...words] of SIX) {
      const labels = Object.entries(labelsOf(nameOf(short))).flatMap(([key, value]) => [
        '--label',
        `${key}=${value}`,
      ]);
      await docker('run', '-d', '--name', nameOf(short), ...labels, 'dqoes/sample:1', ...words);
    }
    const hasAnswered = async (name: string): Promise<boolean> =>
      /"ms"/.test(await docker('logs', '--tail', '5', name));
    for (const name of names)
      await until(() => hasAnswered(name), `${name} to answer its clients`, 60_000);
  };
  /** All that Docker holds of them: settings, labels, since when they run, how often restarted. */
  const inspected = (): Promise<string> =>
    docker(
      'inspect',
      '-f',
      '{{.Id}} {{json .HostConfig}} {{json .Config}} {{.State.StartedAt}} {{.State.Pid}} ' +
        '{{.RestartCount}}',
      ...names,
    );

  before(() => startAll(() => ({})));
  after(async () => {
    await stack?.stop({ keepJobs: false });
    await docker('rm', '-f', ...names);
    rmSync(stateDir, { recursive: true, force: true });
  });

  it('advises a target for each, and changes nothing itself', async () => {
    const before = await inspected();
    const run = await dqoes([
      ...['advise', ...names, '--for', WATCH, '--label-prefix', prefix, '-o', 'json'],
    ]);
    assert.equal(await inspected(), before, 'Docker holds something else of them afterwards');
    assert.equal(run.code, 0, run.err);
    advised = (JSON.parse(run.out) as { containers: readonly AdvisedContainer[] }).containers;
    assert.deepEqual(advised.map(({ name }) => name).sort(), [...names].sort());
    for (const { name, targetMs, labels } of advised) {
      assert.ok(targetMs !== null && targetMs > 0, `${name}: ${run.out}`);
      assert.equal(labels[`${prefix}enable`], 'true', name);
    }
  });

  it(`at least ${MUST_HOLD} of the six targets hold once they are set`, async () => {
    assert.equal(advised.length, SIX.length, 'there was no advice');
    await docker('rm', '-f', ...names);
    await startAll((name) => advised.find((each) => each.name === name)?.labels ?? {});
    const started = await startStack({
      ...{ stateDir, cluster: mark, log: silentLog, clock: systemClock },
      agents: [{ overrides: { node: mark, 'label-prefix': prefix, 'push.enable': 'false' } }],
      programs: { natsServer: 'nats-server', docker: undefined, setpriv: undefined },
    });
    assert.ok(started.ok, JSON.stringify(started));
    stack = started.value;
    const { status } = started.value;
    const named = () =>
      new Map(status().allocations.map((each) => [each.container?.name ?? '', each]));
    const isMeasured = (): boolean =>
      names.every((name) => named().get(name)?.latencyMs != null && named().get(name)?.target);
    await until(isMeasured, 'all six to be measured', 60_000);
    await sleep(SETTLE_MS);
    const met = new Map<string, number>(names.map((name) => [name, 0]));
    for (let look = 0; look < LOOKS; look += 1) {
      await sleep(LOOK_MS);
      for (const [name, { target, qoeClass }] of named())
        if (target !== null && qoeClass !== null && isSatisfied(target, qoeClass))
          met.set(name, (met.get(name) ?? 0) + 1);
    }
    const rows = advised.map(({ name, targetMs, takesCores }) => {
      const { latencyMs = null, desired = null } = named().get(name) ?? {};
      const heldRatio = (met.get(name) ?? 0) / LOOKS;
      return { name, targetMs, takesCores, latencyMs, ...desired, heldRatio };
    });
    for (const row of rows) process.stderr.write(`      ${JSON.stringify(row)}\n`);
    const holding = rows.filter(({ heldRatio }) => heldRatio >= HOLDS_FROM);
    assert.ok(holding.length >= MUST_HOLD, `${holding.length} of ${SIX.length} hold`);
  });
});
