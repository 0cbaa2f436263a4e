import { coresOf } from '../../agent/containers/limits.js';
import { Journal } from '../../agent/enforce/journal.js';
import { KernelLimits } from '../../agent/enforce/kernel-limits.js';
import { OriginalRecords } from '../../agent/enforce/original-records.js';
import { restoreKnown } from '../../agent/enforce/restore-host.js';
import { StateRegistry } from '../../agent/enforce/state-registry.js';
import { UNSETTLED_MS } from '../../agent/enforce/unsettled.js';
import type { PolicyName } from '../../proto/schemas/service.js';
import type { AgentLives } from './agents.js';
import { Chaos } from './chaos.js';
import { Cluster } from './cluster.js';
import { whyNotConverged } from './converged.js';
import { same } from './explain.js';
import type { FaultKind } from './faults.js';
import type { StateDir } from './host-state.js';
import { jobOf } from './operator.js';
import { Process } from './process.js';
import {
  AGENT_INTERVAL_MS,
  COORDINATOR_INTERVAL_MS,
  INCARNATION_HOLD_MS,
  LEASE_MS,
} from './settings.js';
import { SimFiles } from './sim-files.js';
import { type Happening, type Violation, World } from './world.js';

/** safety: does not wait for convergence after the faults; liveness and both: does. */
export type Mode = 'safety' | 'liveness' | 'both';

/** What one seed came to; `violation` null = every promise held. */
export interface SeedOutcome {
  readonly seed: number;
  readonly violation: Violation | null;
  readonly hits: ReadonlyMap<FaultKind, number>;
  readonly checks: ReadonlyMap<string, number>;
  /** From the last fault until all was as desired, ms; null = not looked at, or never. */
  readonly convergedMs: number | null;
  readonly happenings: readonly Happening[];
}

const QUIET_MS = 4000;
const FAULTS_MS = 45_000;
/** Some seeds last longer, without a leader for most of the time. */
const LONG_FAULTS_MS = 150_000;
const LONG_EVERY = 12;
const LEADERLESS_MS = 110_000;
/** Within five intervals and a lease. */
const PROMISED_MS = 5 * COORDINATOR_INTERVAL_MS + LEASE_MS;
/**
 * Waits that are stated: the longest pause between two tries of a start that failed, that after a
 * journal was lost, and that for a store which was made again.
 */
const STATED_MS = 60_000 + UNSETTLED_MS + INCARNATION_HOLD_MS;
const STILL_MS = 2 * COORDINATOR_INTERVAL_MS;

const CONVERGES = 'desired = applied = observed after the last fault';
const RESTORED = '5 what was touched is put back';

/**
 * One seed: a cluster starts, faults, their end, convergence, and all agents leave. `workers`: of
 * each coordinator.
 */
export async function runSeed(seed: number, mode: Mode, workers = 0): Promise<SeedOutcome> {
  const world = new World(seed);
  const cluster = new Cluster(world, workers);
  const isOver = (): boolean => world.violations.length > 0;
  const onReject = (cause: unknown): void =>
    world.check('8 no input crashes a process', false, () => ({
      node: '',
      text: `a promise was rejected: ${String(cause)}`,
    }));
  process.on('unhandledRejection', onReject);
  try {
    await cluster.start();
    const chaos = new Chaos(cluster);
    planRequests(cluster);
    await world.timeline.runUntil(QUIET_MS, isOver);
    world.faults.isActive = true;
    chaos.begin();
    const isLong = seed % LONG_EVERY === 0;
    if (isLong) chaos.takeLeadersAway(LEADERLESS_MS);
    await world.timeline.runUntil(QUIET_MS + (isLong ? LONG_FAULTS_MS : FAULTS_MS), isOver);
    world.faults.isActive = false;
    chaos.end();
    world.tell('', 'faults are over');
    const convergedMs = mode === 'safety' || isOver() ? null : await converge(cluster);
    if (!isOver()) await leave(cluster);
    return outcomeOf(world, convergedMs);
  } finally {
    process.off('unhandledRejection', onReject);
  }
}

const outcomeOf = (world: World, convergedMs: number | null): SeedOutcome => ({
  seed: world.seed,
  violation: world.violations[0] ?? null,
  hits: world.faults.hits,
  checks: world.checks,
  convergedMs,
  happenings: world.happenings,
});

/** Jobs come at the start and in the midst of faults; some change, some go. */
function planRequests({ world, operator, hosts }: Cluster): void {
  const { timeline } = world;
  const jobs = 2 + Math.floor(world.random() * 3);
  for (let n = 1; n <= jobs; n += 1) {
    const spec = jobOf(`job${n}`, world, 1 + Math.floor(world.random() * 2));
    timeline.after(n === 1 ? 500 : world.between(500, 30_000), () =>
      operator.ask({ kind: 'submit', specs: [spec] }),
    );
  }
  const middleMs = (): number => world.between(QUIET_MS, QUIET_MS + FAULTS_MS);
  if (world.random() < 0.4)
    timeline.after(middleMs(), () =>
      operator.ask({ kind: 'stop', job: jobOf('job1', world).name }),
    );
  if (world.random() < 0.4)
    timeline.after(middleMs(), () =>
      operator.ask({ kind: 'submit', specs: [jobOf('job2', world, 2)] }),
    );
  const policies: readonly PolicyName[] = ['equal', 'adaptive', 'dqoes', 'default'];
  if (world.random() < 0.3)
    timeline.after(middleMs(), () =>
      operator.ask({ kind: 'policy', policy: world.pick(policies) ?? 'equal' }),
    );
  if (world.random() > 0.3) return;
  const node = hosts[0]?.node;
  if (node === undefined) return;
  timeline.after(middleMs(), () =>
    operator.ask({
      kind: 'node',
      node,
      scheduling: world.random() < 0.5 ? 'cordoned' : 'draining',
    }),
  );
  timeline.at(QUIET_MS + FAULTS_MS, () => operator.ask({ kind: 'node', node, scheduling: 'open' }));
}

async function converge(cluster: Cluster): Promise<number | null> {
  const { world } = cluster;
  const fromMs = world.nowMs;
  let sinceMs: number | null = null;
  const endMs = fromMs + PROMISED_MS + STATED_MS;
  const look = (): boolean => {
    if (world.violations.length > 0) return true;
    if (whyNotConverged(cluster) !== '') sinceMs = null;
    else sinceMs ??= world.nowMs;
    return sinceMs !== null && world.nowMs - sinceMs >= STILL_MS;
  };
  while (world.nowMs < endMs && !look())
    await world.timeline.runUntil(
      world.nowMs + AGENT_INTERVAL_MS / 2,
      () => world.violations.length > 0,
    );
  const why = whyNotConverged(cluster);
  world.check(CONVERGES, sinceMs !== null && world.nowMs - sinceMs >= STILL_MS, () => ({
    node: /^h\d/.exec(why)?.[0] ?? '',
    text:
      `${((world.nowMs - fromMs) / 1000).toFixed(0)} s after the last fault: ` +
      `${why || 'limits still move'}`,
  }));
  return sinceMs === null ? null : sinceMs - fromMs;
}

/**
 * Half of the agents leave by SIGTERM, half are killed and what they did is undone from the
 * journal.
 */
async function leave(cluster: Cluster): Promise<void> {
  const { world, agents } = cluster;
  let left = 0;
  for (const [i, agent] of agents.entries()) {
    const leaving = i % 2 === 0 && agent.runner.isAlive ? agent.leave() : restoreDead(agent);
    void leaving.then(() => {
      left += 1;
    });
  }
  await world.timeline.runUntil(world.nowMs + 60_000, () => left === agents.length);
  for (const agent of agents) lookAtOriginals(cluster, agent);
}

/** As `dqoes agent restore`: by the registry, whatever folder the dead agent had. */
async function restoreDead(agent: AgentLives): Promise<void> {
  agent.runner.end('SIGKILL at the end');
  agent.isLeaving = true;
  const { host, config } = agent;
  const { state } = host;
  const process = new Process(host.world, `restore ${host.node}`, host.time, () => {});
  const { entries } = await new StateRegistry(new SimFiles(state.registry, process)).list();
  const states = await Promise.all(
    entries.map(async ({ stateDir }) => ({
      journal: await Journal.open(new SimFiles(state.folder(stateDir as StateDir), process)),
      owner: config,
    })),
  );
  const records = [
    await OriginalRecords.open(new SimFiles(state.originals, process), config['label-prefix']),
  ];
  const restore = {
    engine: host.engine,
    kernel: new KernelLimits(host.engine),
    clock: process.clock,
  };
  const { failed } = await restoreKnown(restore, { states, records, isInUse: () => false });
  for (const { allocation, reason } of failed)
    host.world.tell(host.node, `${allocation} was not restored: ${reason}`);
}

function lookAtOriginals({ world }: Cluster, { host }: AgentLives): void {
  for (const container of host.engine.containers.values()) {
    if (container.state !== 'running' || host.bystanders.has(container.id)) continue;
    const original = host.originals.get(container.id);
    const expected = original === undefined ? null : coresOf(original);
    const cores = host.engine.kernelCores(container.id);
    const shares = original === undefined ? container.kernelShares : original.shares || 1024;
    const { kernelShares, burstUs } = container;
    const isBurstBack = burstUs === 0;
    world.check(RESTORED, same(expected, cores) && kernelShares === shares && isBurstBack, () => ({
      node: host.node,
      text:
        `${container.name} had ${expected ?? 'no limit'}, shares ${shares} and no burst, now ` +
        `${cores ?? 'no limit'}, ${kernelShares} and ${burstUs} µs`,
    }));
  }
}
