import type { Bus } from '../../proto/bus.js';
import { eachMinute, type MinuteQuestion } from '../../proto/minute-reader.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import type { NodeStatus } from '../../proto/schemas/status.js';
import type { UsageReport } from '../../proto/schemas/usage.js';
import { allNodes } from '../../proto/service-lists.js';
import type { JobName } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import { UsageLedger } from '../ledger/ledger.js';
import { type ReportHead, usageOf } from '../ledger/usage.js';
import type { Period, ReportQuestion } from './period.js';

type Reading = 'node-list' | 'job-status';

/** Where minutes are, and who answers what they do not say. */
export interface ReportAccess extends Pick<MinuteQuestion, 'signal' | 'onProgress'> {
  readonly bus: Bus;
  readonly cluster: string;
  readonly call: <V extends Reading>(
    verb: V,
    request: ServiceCalls[V]['request'],
  ) => Promise<Result<ServiceCalls[V]['response']>>;
}

const MINUTE_MS = 60_000;

/**
 * What was delivered and what it cost, from the stored minutes, which are folded as they are read.
 * The coordinator is asked for the nodes there are, and whether a job without minutes exists; where
 * it does not answer, a report by label is a fault and others say so in a warning.
 */
export async function makeReport(
  access: ReportAccess,
  question: ReportQuestion,
  { from, to }: Period,
): Promise<Result<UsageReport>> {
  const { bus, cluster, call, signal, onProgress } = access;
  const { by, label, job } = question;
  const listed = await allNodes({ call });
  if (!listed.ok && by === 'label') return listed;
  const nodes = listed.ok ? nodesById(listed.value) : undefined;
  const labelOf = (node: string): string | null => labelIn(nodes?.get(node), label ?? '');
  const ledger = new UsageLedger({ from, to, by, job, labelOf });
  const asked = { cluster, fromMs: from * MINUTE_MS, toMs: to * MINUTE_MS };
  const read = await eachMinute(bus, { ...asked, signal, onProgress }, (each) => ledger.take(each));
  if (!read.ok) return read;
  const sums = ledger.close((node) => nodes?.has(node) ?? true);
  if (sums.rows.size === 0 && job !== undefined) {
    const status = await call('job-status', { name: job as JobName });
    if (!status.ok && status.error[0]?.code === 'service.not-found') return err(status.error);
  }
  const { storedSinceMs, unreadable } = read.value;
  const warnings = [
    ...(unreadable > 0 ? [unreadableText(unreadable)] : []),
    ...(nodes === undefined ? [NODES_UNKNOWN] : []),
    ...(label !== undefined && !hasLabel(nodes, label) ? [unlabelledText(label)] : []),
  ];
  const { fromMs, toMs } = asked;
  const head: ReportHead = {
    ...{ fromMs, toMs, by, storedSinceMs, warnings },
    ...(label === undefined ? {} : { label }),
    ...(job === undefined ? {} : { job: job as JobName }),
  };
  return ok(usageOf(sums, head));
}

type Nodes = ReadonlyMap<string, NodeStatus>;
const nodesById = (nodes: readonly NodeStatus[]): Nodes =>
  new Map(nodes.map((node) => [node.id, node]));

const labelIn = (node: NodeStatus | undefined, label: string): string | null =>
  node !== undefined && Object.hasOwn(node.labels, label) ? (node.labels[label] ?? null) : null;
const hasLabel = (nodes: Nodes | undefined, label: string): boolean =>
  [...(nodes?.values() ?? [])].some((node) => labelIn(node, label) !== null);

const NODES_UNKNOWN =
  'The coordinator does not answer: minutes since a node was heard last count as unknown, also ' +
  'of nodes that were removed.';
const unlabelledText = (label: string): string =>
  `No node has the label ${label} now: see dqoes node status.`;
const unreadableText = (count: number): string =>
  `${count} stored minutes cannot be read by this version of dqoes, and are left out.`;
