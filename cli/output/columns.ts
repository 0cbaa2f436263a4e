import type {
  AllocationStatus,
  JobStatus,
  NodeStatus,
  StoppingJob,
} from '../../proto/schemas/status.js';
import { type CpuLimit, guaranteedCores } from '../../shared/command.js';
import { QOE_CLASSES } from '../../shared/qoe.js';
import { driftCell } from './drift.js';
import { MAIN_NAME_FIT, NAME_FIT, TEXT_FIT } from './fit.js';
import {
  ageText,
  allocationName,
  allocationReason,
  atTargetText,
  bytesText,
  classCell,
  coresText,
  guaranteeText,
  jobStateCell,
  labelsText,
  latencyText,
  limitText,
  livenessTone,
  NO_VALUE,
  nodeCpuText,
  nodeMemoryText,
  nodeStateText,
  outOfReachText,
  ratioText,
  runningText,
  shortReasonsText,
  shortTargetText,
  targetText,
} from './format.js';
import type { Cell, Column } from './table.js';

// The kernel has no guarantees: without a quota, the desired state says what is guaranteed.
const limitCell = (desired: CpuLimit | null, observed: CpuLimit | null | undefined): string =>
  observed == null || observed.cpuCores === null
    ? guaranteeText(desired ?? observed)
    : limitText(observed);

/** `dqoes ps`: one line per container. */
export const PS_COLUMNS: readonly Column<AllocationStatus>[] = [
  { title: 'JOB', ...MAIN_NAME_FIT, optional: true, cell: ({ job }) => job },
  { title: 'ALLOCATION', ...MAIN_NAME_FIT, cell: allocationName },
  {
    title: 'NODE',
    ...NAME_FIT,
    optional: true,
    staysLonger: true,
    cell: ({ node }) => node ?? NO_VALUE,
  },
  {
    title: 'TARGET',
    ...TEXT_FIT,
    cell: ({ target }) => targetText(target),
    short: ({ target }) => shortTargetText(target),
    sortBy: ({ target }) => target?.latencyMs ?? null,
  },
  {
    title: 'NOW',
    align: 'right',
    cell: ({ latencyMs }) => latencyText(latencyMs),
    sortBy: ({ latencyMs }) => latencyMs,
  },
  {
    title: 'CLASS',
    cell: ({ target, qoeClass, unreachable }) =>
      classCell(target, qoeClass, unreachable !== undefined),
    // The slowest first.
    sortBy: ({ qoeClass }) => (qoeClass === null ? null : -QOE_CLASSES.indexOf(qoeClass)),
  },
  {
    title: 'LIMIT',
    align: 'right',
    cell: ({ desired, container }) => limitCell(desired, container?.observed),
    sortBy: ({ desired }) => (desired === null ? null : guaranteedCores(desired)),
  },
  {
    title: 'USE',
    align: 'right',
    cell: ({ container }) => coresText(container?.cpu?.usageCores),
    sortBy: ({ container }) => container?.cpu?.usageCores ?? null,
  },
  {
    title: 'THROTTLED',
    align: 'right',
    wide: true,
    cell: ({ container }) => ratioText(container?.cpu?.throttledRatio),
    sortBy: ({ container }) => container?.cpu?.throttledRatio ?? null,
  },
  {
    title: 'MEMORY',
    align: 'right',
    wide: true,
    cell: ({ container }) => bytesText(container?.memory?.workingSetBytes),
    sortBy: ({ container }) => container?.memory?.workingSetBytes ?? null,
  },
  {
    title: 'REQUESTS',
    align: 'right',
    wide: true,
    cell: ({ container }) => String(container?.latency?.totalCount ?? NO_VALUE),
    sortBy: ({ container }) => container?.latency?.totalCount ?? null,
  },
  {
    title: 'WITHIN TARGET',
    align: 'right',
    wide: true,
    cell: ({ container }) => ratioText(container?.latency?.satisfiedRatio),
    sortBy: ({ container }) => container?.latency?.satisfiedRatio ?? null,
  },
  {
    title: 'DESIRED',
    align: 'right',
    wide: true,
    cell: ({ desired }) => guaranteeText(desired),
    sortBy: ({ desired }) => (desired === null ? null : guaranteedCores(desired)),
  },
  { title: 'ID', wide: true, cell: ({ id }) => id },
  {
    title: 'CONTAINER',
    wide: true,
    cell: ({ container }) => container?.containerId?.slice(0, 12) ?? NO_VALUE,
  },
  { title: 'IMAGE', wide: true, cell: ({ container }) => container?.image ?? NO_VALUE },
  {
    title: 'AGE',
    align: 'right',
    wide: true,
    cell: ({ ageMs }) => ageText(ageMs),
    sortBy: ({ ageMs }) => ageMs,
  },
  {
    title: 'OUT OF REACH',
    wide: true,
    cell: ({ unreachable }) => (unreachable === undefined ? NO_VALUE : outOfReachText(unreachable)),
  },
  {
    title: 'CHANGED BY OTHERS',
    wide: true,
    cell: driftCell,
    sortBy: ({ container }) => container?.drift?.count ?? null,
  },
  { title: 'REASON', ...TEXT_FIT, cell: (status) => allocationReason(status) },
];

/** `dqoes job ls`: one line per job. */
export const JOB_COLUMNS: readonly Column<JobStatus>[] = [
  { title: 'NAME', ...MAIN_NAME_FIT, cell: ({ spec }) => spec.name },
  { title: 'STATE', cell: jobStateCell },
  { title: 'RUNNING', align: 'right', cell: runningText },
  { title: 'AT TARGET', align: 'right', cell: atTargetText },
  {
    title: 'TARGET',
    ...TEXT_FIT,
    cell: ({ spec }) => targetText(spec.target),
    short: ({ spec }) => shortTargetText(spec.target),
  },
  { title: 'IMAGE', minWidth: 12, cut: 'start', optional: true, cell: ({ spec }) => spec.image },
  { title: 'ORIGIN', wide: true, cell: ({ origin }) => origin },
  { title: 'OWNER', wide: true, cell: ({ owner }) => owner ?? NO_VALUE },
  { title: 'WEIGHT', align: 'right', wide: true, cell: ({ spec }) => String(spec.weight) },
  {
    title: 'SOURCE',
    wide: true,
    // Reports do not say where the response time of an adopted container is read.
    cell: ({ spec, origin }) => (origin === 'label' ? NO_VALUE : spec.latency.source),
  },
  {
    title: 'REASON',
    ...TEXT_FIT,
    wantedWidth: 30,
    cell: ({ reasons }) => reasons.join('; '),
    short: shortReasonsText,
  },
];

/** A line of `dqoes job ls`: a job, or one that was stopped and still has containers. */
export type JobListRow = JobStatus | StoppingJob;
export const isStoppingJob = (row: JobListRow): row is StoppingJob => !('spec' in row);

/** What there is to say of a job without a record, by column. */
const STOPPING_CELLS: Readonly<Record<string, (job: StoppingJob) => string | Cell>> = {
  NAME: ({ name }) => name,
  STATE: () => ({ text: 'stopping', tone: 'warn' }),
  RUNNING: ({ allocations }) =>
    `${allocations.filter(({ container }) => container?.state === 'running').length}/0`,
  IMAGE: ({ allocations: [first] }) => first?.container?.image ?? NO_VALUE,
  ORIGIN: () => 'dqoes',
  REASON: ({ reasons }) => reasons.join('; '),
};

/** `dqoes job ls`: the jobs, and those that are being stopped. */
export const JOB_LIST_COLUMNS: readonly Column<JobListRow>[] = JOB_COLUMNS.map(
  ({ cell, short, sortBy: _, ...rest }): Column<JobListRow> => {
    const stopping = STOPPING_CELLS[rest.title] ?? (() => NO_VALUE);
    return {
      ...rest,
      cell: (row) => (isStoppingJob(row) ? stopping(row) : cell(row)),
      ...(short === undefined
        ? {}
        : { short: (row) => (isStoppingJob(row) ? stopping(row) : short(row)) }),
    };
  },
);

/** `dqoes node ls`: one line per node. CPU is the sum of the limits ÷ the allocatable CPU. */
export const NODE_COLUMNS: readonly Column<NodeStatus>[] = [
  { title: 'NODE', ...MAIN_NAME_FIT, cell: ({ id }) => id },
  {
    title: 'STATE',
    cell: ({ liveness, scheduling, isWaiting }) => ({
      text: isWaiting === true ? 'waiting' : nodeStateText(liveness, scheduling),
      tone: livenessTone(liveness),
    }),
  },
  {
    title: 'CONTAINERS',
    align: 'right',
    optional: true,
    cell: ({ containers }) => String(containers),
  },
  { title: 'CPU', align: 'right', cell: nodeCpuText },
  { title: 'USE', align: 'right', cell: ({ host }) => ratioText(host.cpuUtilisationRatio) },
  { title: 'OTHERS', align: 'right', cell: ({ othersCpuCores }) => coresText(othersCpuCores) },
  { title: 'MEMORY', align: 'right', optional: true, cell: nodeMemoryText },
  { title: 'SEEN', align: 'right', cell: ({ ageMs }) => ageText(ageMs) },
  {
    title: 'PRESSURE',
    align: 'right',
    wide: true,
    cell: ({ host }) => ratioText(host.cpuPressureRatio),
  },
  { title: 'AGENT', wide: true, cell: ({ agentVersion }) => agentVersion },
  { title: 'LABELS', wide: true, cell: ({ labels }) => labelsText(labels) },
  {
    title: 'HOLDS',
    align: 'right',
    wide: true,
    cell: ({ holds }) => `${holds.epoch}.${holds.revision}`,
  },
  { title: 'WARNINGS', ...TEXT_FIT, cell: ({ warnings }) => warnings.join('; ') },
];
