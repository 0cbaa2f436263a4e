/**
 * `npm run bench:plan -- --json FILE`: what `job plan` says of 50 random jobs against what then
 * happens to them on this machine's Docker Engine. Jobs come one after the other and stay for a
 * while, so that each is planned on a host that is emptier, fuller or too full. What is learnt
 * begins with nothing: the first job of each workload has no forecast.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Stack, startStack } from '../../cli/up/stack.js';
import type { PlanVerdict } from '../../proto/schemas/plan.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { JobSpec } from '../../shared/job.js';
import { silentLog } from '../../shared/log.js';
import { classify, type QoeClass } from '../../shared/qoe.js';
import { seededRandom } from '../../shared/random.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { jsonFileFrom, optionFrom, quantile } from './lib/process-cost.js';
import { randomJob } from './lib/random-job.js';

const NAME = 'bench-plan';
const WINDOW_MS = 6000;
/** From the first answer to the window that is judged. */
const SETTLE_MS = 5000;
const START_MS = 60_000;
const MAX_JOBS = 10;
const MIN_JOBS = 4;

/** One job: what was said before it was submitted, and what was measured. */
interface PlanOutcome {
  readonly job: string;
  readonly workload: string;
  readonly statistic: string;
  readonly others: number;
  readonly targetMs: number;
  readonly verdict: PlanVerdict;
  readonly expectedMs: number | null;
  readonly reachableMs: number | null;
  readonly measuredMs: number | null;
  readonly qoeClass: QoeClass | null;
  /**
   * Jobs that were to lose their target, and jobs that were at target before and slower afterwards.
   */
  readonly toLose: readonly string[];
  readonly lost: readonly string[];
}

/** Ends the run, and what it started with it. */
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => interrupted.abort());

type PlanSample = ReadonlyMap<string, AllocationStatus>;
const look = (stack: Stack): PlanSample =>
  new Map(stack.status().allocations.map((allocation) => [allocation.job, allocation]));

async function call<V extends keyof ServiceCalls>(
  stack: Stack,
  verb: V,
  request: ServiceCalls[V]['request'],
) {
  const answer = await stack.call(verb, request);
  if (!answer.ok) throw new Error(answer.error.map(({ message }) => message).join('; '));
  return answer.value;
}

const isWithin = (status: AllocationStatus | undefined): boolean => status?.qoeClass === 'within';

async function judge(stack: Stack, spec: JobSpec): Promise<PlanOutcome> {
  const before = look(stack);
  const { plans, effects } = await call(stack, 'job-plan', { jobs: [spec] });
  const planned = plans[0]?.allocations[0];
  if (planned === undefined) throw new Error(`nothing is planned for ${spec.name}`);
  await call(stack, 'job-submit', { jobs: [spec] });
  const answers = (): boolean =>
    (look(stack).get(spec.name)?.container?.latency?.totalCount ?? 0) > 0;
  await until(answers, `${spec.name} to answer`, START_MS);
  await sleep(SETTLE_MS + WINDOW_MS, undefined, { signal: interrupted.signal });
  const after = look(stack);
  const measuredMs = after.get(spec.name)?.latencyMs ?? null;
  return {
    job: spec.name,
    workload: spec.command.join(' '),
    statistic: spec.target.statistic,
    others: before.size,
    targetMs: spec.target.latencyMs,
    verdict: planned.verdict,
    expectedMs: planned.expectedMs,
    reachableMs: planned.reachableMs,
    measuredMs,
    qoeClass: measuredMs === null ? null : classify(spec.target, measuredMs),
    toLose: effects.filter(({ effect }) => effect === 'loses-target').map(({ job }) => job),
    lost: [...before].flatMap(([job, status]) =>
      isWithin(status) && after.get(job)?.qoeClass === 'slower' ? [job] : [],
    ),
  };
}

async function start(stateDir: string): Promise<Stack> {
  const overrides = {
    node: NAME,
    interval: '1s',
    window: `${WINDOW_MS}ms`,
    'label-prefix': 'dqoes-bench.',
    'push.enable': 'false',
    'stop-grace': '2s',
  };
  const programs = { natsServer: 'nats-server', docker: undefined, setpriv: undefined };
  const stack = await startStack({
    stateDir,
    cluster: NAME,
    agents: [{ overrides }],
    programs,
    log: silentLog,
    clock: systemClock,
  });
  if (!stack.ok) throw new Error(stack.error.map(({ message }) => message).join('; '));
  await until(() => stack.value.status().nodes.length > 0, 'the agent to report', 30_000);
  return stack.value;
}

async function play(count: number, seed: number): Promise<readonly PlanOutcome[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'dqoes-bench-'));
  const stack = await start(stateDir);
  const random = seededRandom(seed);
  const running: string[] = [];
  const outcomes: PlanOutcome[] = [];
  try {
    for (let i = 1; i <= count; i += 1) {
      const outcome = await judge(stack, randomJob(`job-${i}`, random));
      running.push(outcome.job);
      outcomes.push(outcome);
      console.log(`${i}/${count} ${lineOf(outcome)}`);
      while (running.length >= MAX_JOBS || (running.length > MIN_JOBS && random() < 0.5)) {
        const [name] = running.splice(Math.floor(random() * running.length), 1);
        await call(stack, 'job-stop', { name: name as JobSpec['name'] });
        await until(() => !look(stack).has(name ?? ''), `${name} to be gone`, START_MS);
      }
    }
    return outcomes;
  } finally {
    await stack.stop({ keepJobs: false });
    rmSync(stateDir, { recursive: true, force: true });
  }
}

const shown = (ms: number | null): string => (ms === null ? '-' : `${ms.toFixed(0)} ms`);
const lineOf = (each: PlanOutcome): string =>
  `${each.workload} ${each.statistic} beside ${each.others}: target ` +
  `${shown(each.targetMs)}, ${each.verdict}, expected ${shown(each.expectedMs)}; measured ` +
  `${shown(each.measuredMs)}, ${each.qoeClass}` +
  (each.toLose.length + each.lost.length === 0
    ? ''
    : `; to lose [${each.toLose}], lost [${each.lost}]`);

/** Of all jobs with a forecast: measured ÷ expected, and how often the verdict was right. */
function summaryOf(outcomes: readonly PlanOutcome[]) {
  const errors = outcomes.flatMap(({ expectedMs, measuredMs }) =>
    expectedMs === null || measuredMs === null ? [] : [measuredMs / expectedMs - 1],
  );
  const sizes = errors.map(Math.abs);
  const told = outcomes.filter(({ verdict }) => verdict === 'met' || verdict === 'unmet');
  const count = (verdict: PlanVerdict, isAtTarget: boolean): number =>
    outcomes.filter(
      (each) => each.verdict === verdict && (each.qoeClass === 'within') === isAtTarget,
    ).length;
  const sum = (of: (outcome: PlanOutcome) => number): number =>
    outcomes.reduce((total, each) => total + of(each), 0);
  return {
    jobs: outcomes.length,
    forecasts: told.length,
    relativeError: {
      n: errors.length,
      p5: quantile(errors, 0.05),
      p25: quantile(errors, 0.25),
      p50: quantile(errors, 0.5),
      p75: quantile(errors, 0.75),
      p95: quantile(errors, 0.95),
      sizeP50: quantile(sizes, 0.5),
      sizeP90: quantile(sizes, 0.9),
      largest: quantile(sizes, 1),
    },
    met: { atTarget: count('met', true), not: count('met', false) },
    unmet: { atTarget: count('unmet', true), not: count('unmet', false) },
    unknown: { atTarget: count('unknown', true), not: count('unknown', false) },
    others: {
      toldAndLost: sum(({ toLose, lost }) => lost.filter((job) => toLose.includes(job)).length),
      toldOnly: sum(({ toLose, lost }) => toLose.filter((job) => !lost.includes(job)).length),
      lostOnly: sum(({ toLose, lost }) => lost.filter((job) => !toLose.includes(job)).length),
    },
  };
}

const option = (name: string, otherwise: number): number =>
  Number(optionFrom(process.argv, name) ?? otherwise);
const jsonFile = jsonFileFrom(process.argv);
const outcomes = await play(option('--jobs', 50), option('--seed', 1)).catch((cause: unknown) => {
  if (!interrupted.signal.aborted) throw cause;
  console.error('bench:plan: interrupted; what it had started is stopped');
  process.exit(130);
});
const summary = summaryOf(outcomes);
console.log(JSON.stringify(summary, null, 2));
if (jsonFile !== undefined)
  writeFileSync(jsonFile, `${JSON.stringify({ summary, outcomes }, null, 2)}\n`);
