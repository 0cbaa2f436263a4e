import {
  listOf,
  optional,
  type RecordRules,
  record,
  required,
  type Shape,
} from '../../shared/yaml/shape.js';
import {
  cores,
  DEFAULT_DURATION_MS,
  disturbanceFields,
  disturbanceRules,
  duration,
  gpuFields,
  jobFields,
  jobRules,
  type Located,
  located,
  safeId,
  tapped,
  topFields,
} from './fields.js';
import { timeMs } from './values.js';

const jobOf = (id: Shape<Located<string>>, at: Shape<Located<number>>) =>
  located(
    record(
      {
        ...jobFields,
        id: { ...jobFields.id, shape: id },
        at: optional<Located<number> | undefined>(at, undefined),
      },
      jobRules,
    ),
  );

const above = (name: string, value: number, [bound, most]: readonly [string, number]): string =>
  `${name} ${value} is above ${bound} ${most}: lower the one or raise the other`;

/** Bounds of a GPU that cross: nobody knows which of the two was meant. */
const gpuRules: RecordRules<typeof gpuFields> = {
  check: ({ minClock, maxClock, idlePower, power, minPower = 0 }) => {
    const crossed = [
      { field: 'minClock', value: minClock, bound: ['maxClock', maxClock] as const },
      { field: 'idlePower', value: idlePower, bound: ['power', power] as const },
      { field: 'minPower', value: minPower, bound: ['power', power] as const },
    ].find(({ value, bound: [, most] }) => value > most);
    if (crossed === undefined) return undefined;
    const { field, value, bound } = crossed;
    return { field, message: above(field, value, bound) };
  },
};

const nodeOf = (id: Shape<Located<string>>) =>
  located(
    record({
      id: required(id, 'write an id such as h1'),
      cpu: required(cores, 'write the cores of the node, such as 8'),
      gpu: optional(
        listOf(record(gpuFields, gpuRules), 'write gpu: [{ id: g0, memory: 16GiB }]'),
        [],
      ),
    }),
  );

interface DisturbanceShapes {
  readonly node: Shape<Located<string>>;
  readonly job: Shape<Located<string>>;
  readonly at: Shape<Located<number>>;
}
const disturbanceOf = ({ node, job, at }: DisturbanceShapes) =>
  located(
    record(
      {
        ...disturbanceFields,
        at: { ...disturbanceFields.at, shape: at },
        node: optional<Located<string> | undefined>(node, undefined),
        job: optional<Located<string> | undefined>(job, undefined),
      },
      disturbanceRules,
    ),
  );

type ReadOf<S> = S extends Shape<infer T> ? T : never;
/** A job as read, with its place in the file. */
export type JobRead = ReadOf<ReturnType<typeof jobOf>>;
/** A node as read, with its place in the file. */
export type NodeRead = ReadOf<ReturnType<typeof nodeOf>>;
/** A disturbance as read, with its place in the file. */
export type DisturbanceRead = ReadOf<ReturnType<typeof disturbanceOf>>;
/** The whole file as read, before defaults. */
export type ScenarioRead = ReadOf<ReturnType<typeof scenarioShape>>;

/**
 * The parts that were read without fault, whatever is wrong with the rest. Checks between fields
 * use them, so that all faults come at once.
 */
export interface ScenarioParts {
  readonly nodes: NodeRead[];
  readonly jobs: JobRead[];
  readonly disturbances: DisturbanceRead[];
  /** Ids of all jobs and nodes, also of those with other faults. */
  readonly jobIds: Located<string>[];
  readonly nodeIds: Located<string>[];
  /** Jobs and nodes named in disturbances. */
  readonly jobNames: Located<string>[];
  readonly nodeNames: Located<string>[];
  /** Times at which jobs arrive and disturbances begin, ms. */
  readonly begins: Located<number>[];
  durationMs: number;
}

/** Nothing read yet. */
export const emptyParts = (): ScenarioParts => ({
  nodes: [],
  jobs: [],
  disturbances: [],
  jobIds: [],
  nodeIds: [],
  jobNames: [],
  nodeNames: [],
  begins: [],
  durationMs: DEFAULT_DURATION_MS,
});

// While the duration is not readable, no time is too late for it.
const durationInto = (seen: ScenarioParts): Shape<number> => ({
  keys: [],
  read: (place) => {
    const ms = duration.read(place);
    seen.durationMs = ms ?? Number.POSITIVE_INFINITY;
    return ms;
  },
});

/** The shape of a scenario file. Parts that are read without fault are added to `seen`. */
export function scenarioShape(seen: ScenarioParts) {
  const id = (into: Located<string>[]) => tapped(located(safeId), (value) => into.push(value));
  const at = tapped(located(timeMs), (value) => seen.begins.push(value));
  const oneNode = tapped(nodeOf(id(seen.nodeIds)), (value) => seen.nodes.push(value));
  const oneJob = tapped(jobOf(id(seen.jobIds), at), (value) => seen.jobs.push(value));
  const oneDisturbance = tapped(
    disturbanceOf({ node: id(seen.nodeNames), job: id(seen.jobNames), at }),
    (value) => seen.disturbances.push(value),
  );
  const fields = {
    ...topFields,
    duration: optional(durationInto(seen), DEFAULT_DURATION_MS),
    nodes: optional<readonly NodeRead[] | undefined>(
      listOf(oneNode, 'write nodes: [{ id: h1, cpu: 8 }]'),
      undefined,
    ),
    jobs: required(
      listOf(oneJob, 'write jobs: [{ id: j1, target: 2s, model: { work: 0.46 } }]'),
      'write at least one job: jobs: [{ id: j1, target: 2s, model: { work: 0.46 } }]',
    ),
    disturbances: optional<readonly DisturbanceRead[]>(
      listOf(oneDisturbance, 'write disturbances: [{ at: 90s, job: j1, workFactor: 1.5 }]'),
      [],
    ),
  };
  return record(fields, {
    refused: { policy: 'a scenario has no policy: give --policy on the command line' },
  });
}
