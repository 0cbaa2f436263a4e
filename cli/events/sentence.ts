import type { DqoesEvent, EventPayloads, EventType } from '../../proto/schemas/event.js';
import type { Target } from '../../shared/qoe.js';
import {
  aboutName,
  ageText,
  bytesText,
  coresText,
  latencyText,
  targetText,
} from '../output/format.js';
import { limitChangeOf, limitChangeText } from '../output/limit-change.js';

type Sentences = { readonly [T in EventType]: (data: EventPayloads[T]) => string };

const targetChange = (from: Target | undefined, to: Target | undefined): string =>
  from === undefined || to === undefined ? '' : `, target ${targetText(from)} → ${targetText(to)}`;
const because = (reason: string): string => (reason === '' ? '' : `: ${reason}`);

const SENTENCES: Sentences = {
  'dqoes.job.submitted': ({ job, change, replicas, target, previousTarget }) =>
    `${job} ${change}, ${replicas} ${replicas === 1 ? 'container' : 'containers'}` +
    targetChange(previousTarget, target),
  'dqoes.job.placed': ({ node, reason, ...about }) =>
    `${aboutName(about)} placed on ${node}${because(reason)}`,
  'dqoes.job.started': ({ node, reason = '', ...about }) =>
    `${aboutName(about)} started on ${node}${because(reason)}`,
  'dqoes.job.start-failed': ({ node, reason, ...about }) =>
    `${aboutName(about)} cannot be started on ${node}${because(reason)}`,
  'dqoes.job.class-changed': ({ from, to, latencyMs, targetMs, ...about }) =>
    `${aboutName(about)} ${from === null ? '' : `${from} → `}${to}: ` +
    `${latencyText(latencyMs)}, target ${latencyText(targetMs)}`,
  'dqoes.job.unreachable': ({ node, targetMs, reason, ...about }) =>
    `${aboutName(about)} cannot meet its target of ${latencyText(targetMs)} on ` +
    `${node}${because(reason)}`,
  'dqoes.job.reachable': ({ targetMs, ...about }) =>
    `${aboutName(about)} can meet its target of ${latencyText(targetMs)} again`,
  'dqoes.job.infeasible': ({ allocation, reasons }) =>
    `${allocation} cannot be placed${because(reasons.join('; '))}`,
  'dqoes.job.refused': ({ node, reason, ...about }) =>
    `${aboutName(about)} was refused by ${node}${because(reason)}`,
  'dqoes.job.moved': ({ allocation, from, to, reason }) =>
    `${allocation} moved from ${from} to ${to}${because(reason)}`,
  'dqoes.job.preempted': ({ node, reason, ...about }) =>
    `${aboutName(about)} was preempted on ${node}${because(reason)}`,
  'dqoes.job.lost': ({ node, reason, ...about }) =>
    `${aboutName(about)} was lost on ${node}${because(reason)}`,
  'dqoes.job.stopped': ({ job, reason }) => `${job} stopped${because(reason)}`,
  'dqoes.allocation.limit-changed': ({ from, to, reason, ...about }) =>
    `${aboutName(about)} ${limitChangeText(limitChangeOf(from, to))}${because(reason)}`,
  'dqoes.node.joined': ({ node, cpuCores, memoryBytes, agentVersion }) =>
    `${node} joined: ${coresText(cpuCores)} CPU, ${bytesText(memoryBytes)}, agent ${agentVersion}`,
  'dqoes.node.suspect': ({ node, silentMs }) => `${node} has been silent for ${ageText(silentMs)}`,
  'dqoes.node.down': ({ node, silentMs }) => `${node} is down: silent for ${ageText(silentMs)}`,
  'dqoes.node.overloaded': ({ node, reason }) => `${node} is overloaded${because(reason)}`,
  'dqoes.node.relieved': ({ node }) => `${node} is no longer overloaded`,
  'dqoes.node.fell-back': ({ node, reason }) => `${node} dropped limits${because(reason)}`,
  'dqoes.node.resumed': ({ node }) => `${node} has limits again`,
  'dqoes.node.twin': ({ node, twinBootId }) =>
    `a second agent calls itself ${node} (start ${twinBootId.slice(0, 8)}): it is told to end`,
  'dqoes.node.drained': ({ node, reason }) => `${node} drained${because(reason)}`,
  'dqoes.gpu.lost': ({ node, gpu, reason }) => `${node} lost GPU ${gpu}${because(reason)}`,
  'dqoes.coordinator.store-lost': ({ bucket }) =>
    `bucket ${bucket} was removed or recreated: limits stay, no decisions until it is refilled`,
  'dqoes.coordinator.store-refilled': ({ bucket, values }) =>
    `bucket ${bucket} was refilled with ${values} values`,
  'dqoes.coordinator.frozen': ({ silent, heard }) =>
    `${silent} ${silent === 1 ? 'node is' : 'nodes are'} silent, ${heard} ` +
    `${heard === 1 ? 'reports' : 'report'}: nothing is restarted or moved until ` +
    'more nodes report',
  'dqoes.coordinator.resumed': () => 'enough nodes report again',
  'dqoes.coordinator.audit-failed': ({ coordinator, reason }) =>
    `${coordinator} cannot write the audit: changes go on, their lines wait${because(reason)}`,
  'dqoes.coordinator.elected': ({ coordinator, epoch }) => `${coordinator} leads in epoch ${epoch}`,
};

/** What happened, in one sentence for people. */
export function sentenceOf(event: DqoesEvent): string {
  // The table has one entry a type; TypeScript cannot follow that the entry and the data belong
  // together.
  const sentence = SENTENCES[event.type] as (data: DqoesEvent['data']) => string;
  return sentence(event.data);
}
