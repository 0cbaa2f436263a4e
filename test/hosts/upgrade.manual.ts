import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import type { Target } from '../../shared/qoe.js';
import { Aims } from '../lib/hosts/aims.js';
import { calibrated, type LoadByShare } from '../lib/hosts/calibrate.js';
import { MAIN, TestCluster } from '../lib/hosts/cluster.js';
import { jobFile, jobFiles, type Load, tellOfFailures, untilWithin } from '../lib/hosts/loads.js';
import { until } from '../lib/until.js';
import { buildEarlier, type EarlierBuild } from '../lib/upgrade/earlier-build.js';
import { judgePhase } from '../lib/upgrade/judge.js';
import { replaceProgram } from '../lib/upgrade/replace.js';
import { tableOf } from '../lib/upgrade/table.js';
import { doubtsOf, faultsOf, type StepRow } from '../lib/upgrade/verdict.js';
import { UpgradeWatch } from '../lib/upgrade/watch.js';

// Not run with the others: npm run test:upgrade

/** Ten, of which three or four share a host and take at most four fifths of it. */
const LOADS: readonly LoadByShare[] = [
  { name: 'atlas', model: 'ocr-det', batch: 1, cores: 0.1 },
  { name: 'birds', model: 'ocr-rec', batch: 1, cores: 0.08 },
  { name: 'cards', model: 'vad', batch: 1, cores: 0.1 },
  { name: 'depth', model: 'ocr-cls', batch: 18, cores: 0.08 },
  { name: 'edges', model: 'ocr-rec', batch: 1, cores: 0.08 },
  { name: 'faces', model: 'vad', batch: 1, cores: 0.1 },
  { name: 'goods', model: 'ocr-cls', batch: 18, cores: 0.08 },
  { name: 'house', model: 'ocr-det', batch: 1, cores: 0.1 },
  { name: 'ideas', model: 'ocr-rec', batch: 1, cores: 0.08 },
  { name: 'jewel', model: 'vad', batch: 1, cores: 0.1 },
];
const HOSTS = ['h1', 'h2', 'h3'];
const HOST_CORES = 0.5;
/** A move is no loss, but could not be told from one. */
const MORE = 'moves: never\n';
/** Coordinators first, as docs/operating.md says, and of them the one that follows. */
const ORDER = ['standby', 'coordinator', ...HOSTS];
/** The job whose target changes, and to what part of it. */
const OBEYS = { name: 'birds', factor: 0.6 };
/** Every stretch of time that is judged, with a replacement or without. */
const STRETCH_MS = 10_000;
/** Longer than the window of five seconds by which jobs are judged. */
const SETTLE_MS = 6000;
/** Between two reports of an agent of a test cluster. */
const REPORT_MS = 500;
/** Stretches in which nothing happens, before the first program is replaced and before each. */
const CONTROLS = { first: 2, each: 1 } as const;
/** Replacements after which jobs are aimed at their CPU again: what requests cost changes. */
const AIMED_FOR = 3;
/** One that looks worse than every control is tried this often. */
const TRIES = 2;

describe('hosts: an upgrade and back, one program at a time', function () {
  this.timeout(480_000);
  const rows: StepRow[] = [];
  let earlier: EarlierBuild | undefined;
  let cluster: TestCluster;
  let watch: UpgradeWatch | undefined;
  let aims: Aims;

  before(async function () {
    this.timeout(240_000);
    earlier = buildEarlier(process.env.DQOES_UPGRADE_FROM);
    // In two parts: all at once would start too slowly to answer in time.
    const half = LOADS.length / 2;
    const loads = [
      ...(await calibrated(LOADS.slice(0, half))),
      ...(await calibrated(LOADS.slice(half))),
    ];
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'], main: earlier.main });
    for (const host of HOSTS) await cluster.add(host, { cores: HOST_CORES });
    cluster.addCoordinator('standby');
    aims = new Aims(cluster, LOADS, MORE);
    aims.add(loads);
    const run = await cluster.submit(jobFiles(loads, MORE));
    assert.equal(run.code, 0, run.err);
    await untilWithin(cluster, loads.length - 1, () => aims.again());
    const sockets = new Map(HOSTS.map((host) => [host, cluster.engine(host).socket]));
    watch = new UpgradeWatch(sockets, new Map(aims.loads.map(asWatched)));
    await watch.start();
  });
  after(async () => {
    if (rows.length > 0) process.stdout.write(`${tableOf(rows)}\n`);
    await watch?.stop();
    await cluster?.close();
    earlier?.remove();
  });
  tellOfFailures(() => cluster);

  const watched = (): UpgradeWatch => watch ?? assert.fail('nobody looks');
  /** What is seen while `action` goes on; its value: how long another build took to be up, s. */
  const seeing = async (
    { kind, what }: Pick<StepRow, 'kind' | 'what'>,
    action: () => Promise<number | null>,
  ): Promise<StepRow> => {
    const upSeconds = await action();
    const phase = judgePhase(watched().take(), REPORT_MS);
    const row = { kind, what, upSeconds, phase };
    rows.push(row);
    return row;
  };

  const leader = async (): Promise<string> => (await cluster.leader()).coordinator;

  const controls = async (count: number): Promise<readonly StepRow[]> => {
    const seen: StepRow[] = [];
    for (let i = 0; i < count; i += 1)
      seen.push(await seeing({ kind: 'control', what: 'nothing' }, () => sleep(STRETCH_MS, null)));
    return seen;
  };

  const replacing = (what: string, name: string, build: Build): Promise<StepRow> =>
    seeing({ kind: 'replacement', what: `${what} to ${build.name}` }, async () => {
      const startedMs = performance.now();
      const upSeconds = await replaceProgram(cluster, name, build.main);
      const leftMs = STRETCH_MS - (performance.now() - startedMs);
      await sleep(Math.max(SETTLE_MS, leftMs));
      return upSeconds;
    });

  /** Nothing else is to move limits in the stretches that follow. */
  const aimAgain = async (): Promise<void> => {
    await aims.again();
    for (const load of aims.loads) watched().aim(...asWatched(load));
    await untilWithin(cluster, LOADS.length - 1, () => aims.again());
    for (const load of aims.loads) watched().aim(...asWatched(load));
    // Until its windows are full.
    await sleep(SETTLE_MS);
    watched().take();
  };

  /** From a client through coordinator and agent to the kernel: another target, another limit. */
  const obeying = async (factor: number): Promise<StepRow> => {
    const before = aims.loads.find(({ name }) => name === OBEYS.name);
    if (before === undefined) assert.fail('no such job');
    const load = { ...before, targetMs: Math.round(before.targetMs * factor) };
    const change = async (): Promise<null> => {
      const limitBefore = watched().seen(load.name)?.limitCores;
      const told = await cluster.submit(jobFile(load, MORE));
      assert.equal(told.code, 0, told.err);
      aims.add([load]);
      watched().aim(...asWatched(load));
      const isSo = (): boolean => {
        const now = watched().seen(load.name);
        return now?.isAtTarget === true && now.limitCores !== limitBefore;
      };
      await until(isSo, `${load.name} to be at ${load.targetMs} ms under another limit`, 40_000);
      return null;
    };
    return seeing({ kind: 'target', what: `${load.name}: ${load.targetMs} ms` }, change);
  };

  /** All programs in an order, and then a target that changes. */
  const roll = async (order: readonly string[], build: Build, factor: number): Promise<void> => {
    const own: StepRow[] = [];
    for (const [i, name] of order.entries()) {
      if (i % AIMED_FOR === 0) await aimAgain();
      own.push(...(await controls(CONTROLS.each + (i === 0 ? CONTROLS.first : 0))));
      const didLead = (await leader()) === name;
      for (let tried = 0; tried < TRIES; tried += 1) {
        // Tried again is what happened: that the leader goes, whichever that is by now.
        const row = await replacing(name, didLead ? await leader() : name, build);
        own.push(row);
        const quiet = own.filter(({ kind }) => kind === 'control');
        if (doubtsOf(row, quiet).length === 0) break;
      }
    }
    own.push(await obeying(factor));
    assert.deepEqual(faultsOf(own), []);
  };

  it('to this build: no job is lost, no limit jumps, targets are held', () =>
    roll(ORDER, { name: 'this build', main: MAIN }, OBEYS.factor));

  it('back to the build before: the same', () =>
    roll([...ORDER].reverse(), earlier ?? assert.fail('there is none'), 1 / OBEYS.factor));
});

type Build = Pick<EarlierBuild, 'name' | 'main'>;

/** As of a job file that says no more than a mean. */
const asWatched = ({ name, targetMs }: Load): [job: string, target: Target] => [
  name,
  { latencyMs: targetMs, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
];
