import { setTimeout as sleep } from 'node:timers/promises';
import type { TestCluster } from '../hosts/cluster.js';
import type { HostProgram } from '../hosts/program.js';
import { until } from '../until.js';

/** What a coordinator writes once it has seen that another one leads. */
const STANDS_BY = 'standing by as follower';
const UP_MS = 30_000;
/** Who leads is asked by the command line, which costs a process each time. */
const LEADER_POLL_MS = 500;

/**
 * Ends a coordinator or an agent as an upgrade does, and starts another build of it with the same
 * settings. Resolves when that one works: an agent has reported, a coordinator stands by; the value
 * is how long that took from the end of the old one, s.
 */
export async function replaceProgram(
  cluster: TestCluster,
  name: string,
  main: string,
): Promise<number> {
  const program = cluster.program(name);
  const [node = '', , ...args] = program.command;
  const start = (): number => {
    program.restart([node, main, ...args]);
    return performance.now();
  };
  const startedMs = cluster.hosts.includes(name)
    ? await replaceAgent(cluster, name, { program, start })
    : await replaceCoordinator(cluster, name, { program, start });
  return (performance.now() - startedMs) / 1000;
}

interface Replacing {
  readonly program: HostProgram;
  /** Starts the other build; when, ms. */
  readonly start: () => number;
}

// As `systemctl reload`: it ends without touching a limit.
async function replaceAgent(
  cluster: TestCluster,
  name: string,
  { program, start }: Replacing,
): Promise<number> {
  await program.signal('SIGUSR2');
  const startedMs = start();
  const hasReported = async (): Promise<boolean> => {
    const found = (await cluster.nodes()).find(({ id }) => id === name);
    return found?.liveness === 'ready' && found.ageMs < performance.now() - startedMs;
  };
  await until(hasReported, `${name} to report again`, UP_MS);
  return startedMs;
}

async function replaceCoordinator(
  cluster: TestCluster,
  name: string,
  { program, start }: Replacing,
): Promise<number> {
  const before = await cluster.leader();
  await program.signal('SIGTERM');
  const written = cluster.logOf(name).length;
  const startedMs = start();
  const leadsAnother = async (): Promise<boolean> => {
    const { epoch } = await cluster.leader();
    if (epoch <= before.epoch) await sleep(LEADER_POLL_MS);
    return epoch > before.epoch;
  };
  if (before.coordinator === name) await until(leadsAnother, 'another coordinator to lead', UP_MS);
  const standsBy = (): boolean => cluster.logOf(name).slice(written).includes(STANDS_BY);
  await until(standsBy, `${name} to stand by`, UP_MS);
  await cluster.untilAnswers();
  return startedMs;
}
