import type { NodeStatus } from '../../proto/schemas/status.js';
import type { NodeViewChange } from '../../proto/schemas/view.js';
import { Ring } from './ring.js';

const STEP_MS = 10_000;
const MINUTE_MS = 60_000;
/** An hour, and the minute that has just begun. */
const SLOTS = 366;
const STEPS_A_MINUTE = MINUTE_MS / STEP_MS;

/** What is remembered of a node, in the order of a row. */
export const NODE_FIELDS = [
  'othersCores',
  'usedCores',
  'pressureRatio',
  'gpuUtilisationRatio',
  'gpuClockMhz',
  'gpuPowerWatts',
] as const;
type Field = (typeof NODE_FIELDS)[number];

/** Minutes of a node side by side; null = not known. */
export type NodeMinutes = Readonly<Record<Field, readonly (number | null)[]>>;

interface Known {
  readonly ring: Ring;
  newest: number;
}

/**
 * An hour of every node in rings, from what was published while this console ran: it is stored
 * nowhere else. 10 kB a node. Of more nodes than `maxNodes` those heard least lately go.
 */
export class NodeHours {
  readonly #maxNodes: number;
  readonly #known = new Map<string, Known>();

  constructor(maxNodes: number) {
    this.#maxNodes = maxNodes;
  }

  get size(): number {
    return this.#known.size;
  }

  takeChange({ node, atMs, status }: NodeViewChange): void {
    if (status === null || status.liveness !== 'ready') return;
    const step = Math.floor(atMs / STEP_MS);
    const known = this.#known.get(node) ?? this.#made(node);
    known.newest = Math.max(known.newest, step);
    known.ring.write(step, rowOf(status));
  }

  /** Means of the minutes from one to another, both included; undefined = it was never heard. */
  minutesOf(node: string, from: number, to: number): NodeMinutes | undefined {
    const known = this.#known.get(node);
    if (known === undefined) return undefined;
    const minutes = Array.from({ length: to - from + 1 }, (_, i) => meansOf(known.ring, from + i));
    const columns = NODE_FIELDS.map((field, at) => [
      field,
      minutes.map((row) => {
        const value = row[at] ?? Number.NaN;
        return Number.isNaN(value) ? null : Math.round(value * 1e4) / 1e4;
      }),
    ]);
    return Object.fromEntries(columns) as NodeMinutes;
  }

  #made(node: string): Known {
    if (this.#known.size >= this.#maxNodes) {
      const [oldest] = [...this.#known].reduce((least, each) =>
        each[1].newest < least[1].newest ? each : least,
      );
      this.#known.delete(oldest);
    }
    const made = { ring: new Ring(SLOTS, NODE_FIELDS.length), newest: 0 };
    this.#known.set(node, made);
    return made;
  }
}

function meansOf(ring: Ring, minute: number): readonly number[] {
  const rows = Array.from({ length: STEPS_A_MINUTE }, (_, i) =>
    ring.at(minute * STEPS_A_MINUTE + i),
  ).filter((row) => row !== undefined);
  return NODE_FIELDS.map((_, at) => mean(rows.map((row) => row[at] ?? Number.NaN)));
}

/** Of the numbers that are known; NaN where none is. */
function mean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

const known = (value: number | null | undefined): number => value ?? Number.NaN;

function rowOf({ host, othersCpuCores, gpus = [] }: NodeStatus): readonly number[] {
  const { cpuUtilisationRatio, capacityCpuCores, cpuPressureRatio } = host;
  const watts = gpus
    .map(({ powerWatts }) => known(powerWatts))
    .filter((each) => !Number.isNaN(each));
  return [
    known(othersCpuCores),
    cpuUtilisationRatio === null ? Number.NaN : cpuUtilisationRatio * capacityCpuCores,
    known(cpuPressureRatio),
    mean(gpus.map(({ utilisationRatio }) => known(utilisationRatio))),
    mean(gpus.map(({ clockMhz }) => known(clockMhz))),
    // Of all GPUs together.
    watts.length === 0 ? Number.NaN : watts.reduce((sum, each) => sum + each, 0),
  ];
}
