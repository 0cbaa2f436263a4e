import { realClock } from '../../../cli/clock.js';
import { readCliConfig } from '../../../cli/config.js';
import { lineLog } from '../../../cli/log.js';
import { type Stack, startStack } from '../../../cli/up/stack.js';
import type { Policy } from '../../../coordinator/schedule/types.js';
import type { AllocationStatus } from '../../../proto/schemas/status.js';
import type { Fault, Result } from '../../../shared/result.js';
import { LABEL_PREFIX } from './containers.js';

/**
 * NATS, coordinator and agent, as `dqoes up` starts them, with defaults for everything that
 * decides.
 */
export interface System {
  /** CPU that the agent gives out, cores. */
  readonly allocatableCores: number;
  /** By job, as the coordinator knows it. */
  look(): ReadonlyMap<string, AllocationStatus>;
  /** Of the node, as `dqoes node status` shows them. */
  warnings(): readonly string[];
  readonly died: Promise<string>;
  close(): Promise<void>;
}

const NAME = 'ceilings';
const NODE_DEADLINE_MS = 20_000;
const POLL_MS = 50;

/**
 * Starts the programs with this policy and waits for the first report.
 * @throws with a sentence where a part does not start, or `signal` aborts
 */
export async function openSystem(
  policy: Policy,
  stateDir: string,
  signal: AbortSignal,
): Promise<System> {
  const { which } = readCliConfig();
  const stack = given(
    await startStack({
      stateDir,
      cluster: NAME,
      decide: policy,
      agents: [{ overrides: { node: NAME, 'label-prefix': LABEL_PREFIX, 'push.enable': 'false' } }],
      programs: {
        natsServer: which('nats-server'),
        docker: which('docker'),
        setpriv: which('setpriv'),
      },
      log: lineLog({ write: (line) => console.error(line), clock: realClock, level: 'error' }),
      clock: realClock,
    }),
  );
  try {
    return systemOf(stack, await coresOf(stack, signal));
  } catch (cause) {
    await stack.stop({ keepJobs: false });
    throw cause;
  }
}

function given<T>(result: Result<T, readonly Fault[]>): T {
  if (result.ok) return result.value;
  throw new Error(result.error.map(({ message }) => message).join(' '));
}

async function coresOf(stack: Stack, signal: AbortSignal): Promise<number> {
  const deadline = realClock.now() + NODE_DEADLINE_MS;
  for (;;) {
    const node = stack.status().nodes.find(({ id }) => id === NAME);
    if (node !== undefined) return Math.round(node.host.allocatableCpuCores * 1e6) / 1e6;
    signal.throwIfAborted();
    if (realClock.now() > deadline)
      throw new Error('The agent did not report in 20 s: does docker info answer?');
    await realClock.sleep(POLL_MS, signal);
  }
}

const systemOf = (stack: Stack, allocatableCores: number): System => ({
  allocatableCores,
  look: () => new Map(stack.status().allocations.map((each) => [each.job, each])),
  warnings: () => stack.status().nodes.find(({ id }) => id === NAME)?.warnings ?? [],
  died: stack.died,
  close: () => stack.stop({ keepJobs: false }),
});
