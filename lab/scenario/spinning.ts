import { err, ok } from '../../shared/result.js';
import { optional, scalar } from '../../shared/yaml/shape.js';
import type { SampleWorkload } from '../types.js';
import { numberIn, quoted, timeBetween, timeMs } from './values.js';

const MAX_THREADS = 1024;
const KIND = 'spin';
/** As the sample has them where nothing is said. */
const DEFAULT_WORK_MS = 40;
const DEFAULT_STEPS = 1;
const DEFAULT_BLOCKTIME_MS = 1000;

const threads = scalar<number | 'auto'>((text) => {
  const count = /^[0-9]+$/.test(text) ? Number(text) : 0;
  if (text === 'auto') return ok('auto');
  if (count >= 1 && count <= MAX_THREADS) return ok(count);
  return err(
    `${quoted(text)} is not a number of threads: write auto, or a whole number from 1 to ` +
      `${MAX_THREADS}`,
  );
});

/** How the threads of a workload compute and wait: keys of workloads. */
export const threadFields = {
  threads: optional<number | 'auto'>(threads, 1),
  spin: optional<true | undefined>(
    scalar((text) =>
      text === 'true' ? ok(true as const) : err(`${quoted(text)} is not known: write spin: true`),
    ),
    undefined,
  ),
  work: optional<number | undefined>(timeBetween('1ms', '1s'), undefined),
  steps: optional<number | undefined>(
    numberIn({ min: 0, max: 1000, whole: true, cure: 'a number of steps: write 0 to 1000' }),
    undefined,
  ),
  blocktime: optional<number | undefined>(timeMs, undefined),
};

/** The same keys as read. */
export interface ThreadsRead {
  readonly kind: string;
  readonly spin: true | undefined;
  readonly work: number | undefined;
  readonly steps: number | undefined;
  readonly blocktime: number | undefined;
}

/** Refuses keys that the sample would refuse for this kind of work. */
export function threadFault(workload: ThreadsRead) {
  if (workload.kind === KIND)
    return workload.spin === undefined
      ? undefined
      : {
          field: 'spin',
          message: `threads of kind ${KIND} are always awake at first: write blocktime: 1s instead`,
        };
  const field = (['work', 'steps', 'blocktime'] as const).find(
    (key) => workload[key] !== undefined,
  );
  return field === undefined
    ? undefined
    : { field, message: `only the kind ${KIND} has it: write kind: ${KIND}, or leave it out` };
}

/** What goes into the workload, with every default filled in. */
export function spinningOf({
  kind,
  spin,
  work = DEFAULT_WORK_MS,
  steps = DEFAULT_STEPS,
  blocktime = DEFAULT_BLOCKTIME_MS,
}: ThreadsRead): Pick<SampleWorkload, 'spin' | 'spinning'> {
  if (spin === true) return { spin };
  if (kind !== KIND) return {};
  return {
    spinning: { workMs: Math.round(work), steps, blocktimeMs: Math.round(blocktime) },
  };
}
