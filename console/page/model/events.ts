import type { EventPayloads, EventType } from '../../../proto/schemas/event.js';
import type { Query } from './route.js';
import * as words from './words.js';

/** An event as the page keeps it. */
export interface PageEvent {
  /** Its place in the stream of events. */
  readonly sequence: number;
  readonly type: string;
  readonly atMs: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** The CloudEvent as it came, for the export. */
  readonly whole: unknown;
}

/** What an event means for who reads it; never said by colour alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'plain';

/** An event in words. */
export interface EventText {
  /** What happened, short: a heading. */
  readonly what: string;
  /** Why, in the words of the coordinator; '' = it says none. */
  readonly why: string;
  readonly tone: Tone;
}

/** At most this many are kept; older ones can be asked for again. */
export const MAX_EVENTS = 2000;

/**
 * Two lists in the order of their places, each event once, the newest `MAX_EVENTS`. Those of a
 * stream that was lost and made again take the place of all that were known.
 */
export function mergedEvents(
  known: readonly PageEvent[],
  more: readonly PageEvent[],
): readonly PageEvent[] {
  const last = known.at(-1)?.sequence ?? 0;
  if (more.every(({ sequence }, i) => sequence > (more[i - 1]?.sequence ?? last)))
    return [...known, ...more].slice(-MAX_EVENTS);
  const all = new Map<number, PageEvent>();
  const before = isMadeAgain(known, more) ? [] : known;
  for (const each of [...before, ...more]) all.set(each.sequence, each);
  return [...all.values()].sort((a, b) => a.sequence - b.sequence).slice(-MAX_EVENTS);
}

/** The stream counts from 1 again: all that is new is later than the newest, and before it. */
function isMadeAgain(known: readonly PageEvent[], more: readonly PageEvent[]): boolean {
  const newest = known.at(-1);
  if (newest === undefined) return false;
  const times = new Map(known.map(({ sequence, atMs }) => [sequence, atMs]));
  const added = more.filter(({ sequence, atMs }) => times.get(sequence) !== atMs);
  return (
    added.length > 0 &&
    added.every(({ sequence, atMs }) => sequence <= newest.sequence && atMs > newest.atMs)
  );
}

/** What is known of before a moment: what came since would push it away below a finger. */
export const eventsBefore = (events: readonly PageEvent[], atMs: number): readonly PageEvent[] =>
  events.filter((event) => event.atMs <= atMs);

/** Which events are asked for; '' = all of them. */
export interface EventFilter {
  readonly type: string;
  readonly job: string;
  readonly node: string;
}

export const filterOf = ({ type = '', job = '', node = '' }: Query): EventFilter => ({
  type,
  job,
  node,
});

/** The job, allocation and hosts that an event is about. */
export function aboutOf({ type, data }: PageEvent): {
  readonly job: string;
  readonly allocation: string;
  readonly nodes: readonly string[];
} {
  const places = type === 'dqoes.job.moved' ? [data.from, data.to] : [data.node];
  const nodes = places.filter((each) => typeof each === 'string');
  return { job: textIn(data.job), allocation: textIn(data.allocation), nodes };
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether a filter lets an event through; a type may be a beginning, such as `dqoes.job`. */
export function matches(event: PageEvent, { type, job, node }: EventFilter): boolean {
  const about = aboutOf(event);
  const isType = type === '' || event.type === type || event.type.startsWith(`${type}.`);
  return isType && (job === '' || about.job === job) && (node === '' || about.nodes.includes(node));
}

/** CloudEvents, one on a line. */
export const jsonLinesOf = (events: readonly PageEvent[]): string =>
  events.map(({ whole }) => `${JSON.stringify(whole)}\n`).join('');

type Data = { readonly [T in EventType]: (data: EventPayloads[T]) => EventText };

const say = (tone: Tone, what: string, why = ''): EventText => ({
  what: words.visible(what),
  why: words.sentence(why),
  tone,
});
const who = (data: { readonly allocation: string; readonly container?: string }): string =>
  data.container ?? data.allocation;
const CLASS_TONE = { slower: 'bad', within: 'good', faster: 'plain' } as const;
const CLASS_WORDS = {
  slower: 'slower than its target',
  within: 'within its band',
  faster: 'faster than its target',
} as const;

const TEXTS: Data = {
  'dqoes.job.submitted': (d) =>
    say(
      'plain',
      `${d.job} was ${d.change}: ${words.counted(d.replicas, 'replica')}` +
        `${d.target === undefined ? '' : `, ${words.targetText(d.target)}`}`,
      d.previousTarget === undefined ? '' : `before: ${words.targetText(d.previousTarget)}`,
    ),
  'dqoes.job.placed': (d) => say('plain', `${who(d)} was placed on ${d.node}`, d.reason),
  'dqoes.job.started': (d) => say('good', `${who(d)} runs on ${d.node}`, d.reason),
  'dqoes.job.start-failed': (d) => say('bad', `${who(d)} cannot be started on ${d.node}`, d.reason),
  'dqoes.job.class-changed': (d) =>
    say(
      CLASS_TONE[d.to],
      `${who(d)} is ${CLASS_WORDS[d.to]}`,
      `${words.msText(d.latencyMs)}, target ${words.msText(d.targetMs)}`,
    ),
  'dqoes.job.unreachable': (d) =>
    say('bad', `${who(d)} cannot meet its target on ${d.node}`, d.reason),
  'dqoes.job.reachable': (d) => say('good', `${who(d)} can meet its target again on ${d.node}`),
  'dqoes.job.infeasible': (d) =>
    say('bad', `no host takes ${d.allocation}`, d.reasons.slice(0, 3).join('; ')),
  'dqoes.job.refused': (d) => say('bad', `${d.node} refuses ${who(d)}`, d.reason),
  'dqoes.job.moved': (d) =>
    say('plain', `${d.allocation} moved from ${d.from} to ${d.to}`, d.reason),
  'dqoes.job.preempted': (d) => say('warn', `${who(d)} was preempted on ${d.node}`, d.reason),
  'dqoes.job.lost': (d) => say('bad', `${who(d)} was lost on ${d.node}`, d.reason),
  'dqoes.job.stopped': (d) => say('plain', `${d.job} was stopped`, d.reason),
  'dqoes.allocation.limit-changed': (d) => {
    const [from, to] = [d.from === null ? 'none' : words.limitText(d.from), words.limitText(d.to)];
    const change = from === to ? `nearly as before, ${to}` : `${from} → ${to}`;
    return say('plain', `limit of ${who(d)}: ${change}`, d.reason);
  },
  'dqoes.node.joined': (d) => say('good', `${d.node} joined with ${words.coresText(d.cpuCores)}`),
  'dqoes.node.suspect': (d) =>
    say('warn', `${d.node} has been silent for ${words.ageText(d.silentMs)}`),
  'dqoes.node.down': (d) =>
    say('bad', `${d.node} is down, silent for ${words.ageText(d.silentMs)}`),
  'dqoes.node.overloaded': (d) => say('bad', `${d.node} is overloaded`, d.reason),
  'dqoes.node.relieved': (d) => say('good', `${d.node} is overloaded no longer`),
  'dqoes.node.fell-back': (d) => say('warn', `${d.node} dropped limits`, d.reason),
  'dqoes.node.resumed': (d) => say('good', `${d.node} sets limits again`),
  'dqoes.node.twin': (d) => say('bad', `a second agent reports as ${d.node}; it does not count`),
  'dqoes.node.drained': (d) => say('good', `${d.node} is drained`, d.reason),
  'dqoes.gpu.lost': (d) => say('bad', `${d.node} lost GPU ${d.gpu}`, d.reason),
  'dqoes.coordinator.store-lost': (d) => say('bad', `the bucket ${d.bucket} was lost`),
  'dqoes.coordinator.store-refilled': (d) =>
    say('good', `the bucket ${d.bucket} holds ${words.counted(d.values, 'value')} again`),
  'dqoes.coordinator.frozen': (d) =>
    say('bad', `nothing is moved: ${d.silent} hosts are silent, ${d.heard} are heard`),
  'dqoes.coordinator.resumed': () => say('good', 'hosts are heard again: jobs may be moved'),
  'dqoes.coordinator.audit-failed': (d) => say('warn', 'the audit takes no lines', d.reason),
  'dqoes.coordinator.elected': (d) =>
    say('plain', `${d.coordinator} leads since now (epoch ${d.epoch})`),
};

/** An event in words; of a type that this page does not know, its type. */
export function textOf(event: PageEvent): EventText {
  const known = (TEXTS as Readonly<Record<string, ((data: never) => EventText) | undefined>>)[
    event.type
  ];
  if (known === undefined || !Object.hasOwn(TEXTS, event.type)) return say('plain', event.type);
  try {
    return known(event.data as never);
  } catch {
    // A later version may have another form of it: the type says more than nothing.
    return say('plain', event.type);
  }
}

/** Types of events, for the filter. */
export const KNOWN_TYPES: readonly string[] = Object.keys(TEXTS);

/** `limit-changed` of `dqoes.allocation.limit-changed`. */
export const shortType = (type: string): string => type.replace(/^dqoes\./, '');
