import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import type { Target } from '../../shared/qoe.js';
import { calibrated, type LoadByShare } from '../lib/hosts/calibrate.js';
import { MAIN, TestCluster } from '../lib/hosts/cluster.js';
import { jobFile, jobFiles, type Load, tellOfFailures, untilWithin } from '../lib/hosts/loads.js';
import { until } from '../lib/until.js';
import { buildEarlier, type EarlierBuild } from '../lib/upgrade/earlier-build.js';
import { faultsOf, judgePhase, type StepRow, tableOf } from '../lib/upgrade/judge.js';
import { replaceProgram } from '../lib/upgrade/replace.js';
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
const BASELINE_MS = 8000;
/** Longer than the window of five seconds by which jobs are judged. */
const SETTLE_MS = 6000;
/** Between two reports of an agent of a test cluster. */
const REPORT_MS = 500;

describe('hosts: an upgrade and back, one program at a time', function () {
  this.timeout(90_000);
  const rows: StepRow[] = [];
  let earlier: EarlierBuild | undefined;
  let cluster: TestCluster;
  let watch: UpgradeWatch | undefined;
  let loads: readonly Load[] = [];

  before(async function () {
    this.timeout(180_000);
    earlier = buildEarlier(process.env.DQOES_UPGRADE_FROM);
    // In two parts: all at once would start too slowly to answer in time.
    const half = LOADS.length / 2;
    loads = [...(await calibrated(LOADS.slice(0, half))), ...(await calibrated(LOADS.slice(half)))];
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'], main: earlier.main });
    for (const host of HOSTS) await cluster.add(host, { cores: HOST_CORES });
    cluster.addCoordinator('standby');
    const run = await cluster.submit(jobFiles(loads, MORE));
    assert.equal(run.code, 0, run.err);
    await untilWithin(cluster, loads.length - 1);
    const sockets = new Map(HOSTS.map((host) => [host, cluster.engine(host).socket]));
    watch = new UpgradeWatch(
      sockets,
      new Map(loads.map(({ name, targetMs }) => [name, bandAt(targetMs)])),
    );
    await watch.start();
    // Until its windows are full.
    await sleep(SETTLE_MS);
    watch.take();
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
    what: string,
    action: () => Promise<number | null>,
    isDisturbed = false,
  ): Promise<StepRow> => {
    const upSeconds = await action();
    const phase = judgePhase(watched().take(), REPORT_MS);
    const row = { what, upSeconds, isDisturbed, phase };
    rows.push(row);
    return row;
  };

  const seeingNothing = (): Promise<StepRow> =>
    seeing('nothing', async () => {
      await sleep(BASELINE_MS);
      return null;
    });

  const replacing = (name: string, build: Build): Promise<StepRow> =>
    seeing(`${name} to ${build.name}`, async () => {
      const upSeconds = await replaceProgram(cluster, name, build.main);
      await sleep(SETTLE_MS);
      return upSeconds;
    });

  /** From a client through coordinator and agent to the kernel: another target, another limit. */
  const obeying = async (factor: number): Promise<StepRow> => {
    const load = loads.find(({ name }) => name === OBEYS.name) ?? assert.fail('no such job');
    const targetMs = Math.round(load.targetMs * factor);
    const change = async (): Promise<null> => {
      const limitBefore = watched().seen(load.name)?.limitCores;
      const told = await cluster.submit(jobFile({ ...load, targetMs }, MORE));
      assert.equal(told.code, 0, told.err);
      watched().aim(load.name, bandAt(targetMs));
      const isSo = (): boolean => {
        const now = watched().seen(load.name);
        return now?.isAtTarget === true && now.limitCores !== limitBefore;
      };
      await until(isSo, `${load.name} to be at ${targetMs} ms under another limit`, 40_000);
      return null;
    };
    return seeing(`${load.name}: ${targetMs} ms`, change, true);
  };

  /** All programs in an order, and then a target that changes. */
  const roll = async (order: readonly string[], build: Build, factor: number): Promise<void> => {
    const first = await seeingNothing();
    const steps: StepRow[] = [];
    for (const name of order) steps.push(await replacing(name, build));
    steps.push(await obeying(factor));
    assert.deepEqual(faultsOf(first, steps), []);
  };

  it('to this build: no job is lost, no limit jumps, targets are held', () =>
    roll(ORDER, { name: 'this build', main: MAIN }, OBEYS.factor));

  it('back to the build before: the same', () =>
    roll([...ORDER].reverse(), earlier ?? assert.fail('there is none'), 1));
});

type Build = Pick<EarlierBuild, 'name' | 'main'>;

/** As of a job file that says no more than a mean. */
const bandAt = (latencyMs: number): Target => ({
  latencyMs,
  statistic: 'mean',
  toleranceRatio: 0.1,
  mode: 'band',
});
