import type { Bus } from '../../proto/bus.js';
import { type Permissions, type Principal, permissionsOf } from '../../proto/permissions.js';
import { TRIAL, TRIAL_HEADERS } from '../../proto/trial.js';
import type { Clock } from '../../shared/clock.js';

/** Something that a key is tried for. */
export interface Trial {
  readonly does: 'publish' | 'subscribe';
  /** A subject without wildcards where it is published to. */
  readonly subject: string;
}

/** What became of a trial. */
export interface Tried extends Trial {
  readonly isAllowed: boolean;
}

/** What the tries use. */
export interface TrialDeps {
  readonly bus: Bus;
  readonly clock: Clock;
  /** What the server has refused of this connection so far, as `trialKey` names it. */
  readonly refused: ReadonlySet<string>;
}

/** Time for the last refusals to be read, ms; the server sends them before its answer to a ping. */
const SETTLE_MS = 100;

export const trialKey = ({ does, subject }: Trial): string => `${does} ${subject}`;

/** Everything that a program of this role needs, as things to try; none of them does anything. */
export function trialsOf(principal: Principal, cluster: string): readonly Trial[] {
  const { publish, subscribe }: Permissions = permissionsOf(principal, cluster);
  return [
    ...publish.map((subject): Trial => ({ does: 'publish', subject: concrete(subject) })),
    ...subscribe.map((subject): Trial => ({ does: 'subscribe', subject })),
  ];
}

// One can only publish to a subject; of those that a wildcard allows, one that nobody has.
const concrete = (subject: string): string =>
  subject
    .split('.')
    .map((token) => (token === '*' || token === '>' ? TRIAL : token))
    .join('.');

/** Calls that do most where they say nothing: a purge without content empties its stream. */
const NEEDS_CONTENT = /^\$JS\.API\.STREAM\.PURGE\./;
/** No JSON, so that no server acts on it. */
const UNREADABLE = new TextEncoder().encode(TRIAL);
const NOTHING = new Uint8Array();

/**
 * Tries them one by one. A message has no content that could be acted on and no address for an
 * answer, so that services leave it alone, and no stream stores it; a subscription ends before this
 * resolves.
 */
export async function tryEach(
  trials: readonly Trial[],
  { bus, clock, refused }: TrialDeps,
): Promise<readonly Tried[]> {
  const subscriptions = [];
  for (const { does, subject } of trials)
    if (does === 'publish') bus.publish(subject, contentFor(subject), TRIAL_HEADERS);
    else subscriptions.push(bus.subscribe(subject, () => {}));
  await bus.flush();
  await clock.sleep(SETTLE_MS);
  for (const each of subscriptions) each.unsubscribe();
  return trials.map((trial) => ({ ...trial, isAllowed: !refused.has(trialKey(trial)) }));
}

const contentFor = (subject: string): Uint8Array =>
  NEEDS_CONTENT.test(subject) ? UNREADABLE : NOTHING;

/** A role, and what a key lacks of it. */
export interface NearestRole<R extends string> {
  readonly role: R;
  readonly missing: readonly Trial[];
  /** How many things the role needs. */
  readonly needed: number;
}

/**
 * The role that fits best what a key may do: the least that it lacks and has too much, together;
 * of equals the lesser. Roles come with the least first.
 */
export function nearestRole<R extends string>(
  roles: readonly { readonly role: R; readonly trials: readonly Trial[] }[],
  isAllowed: (trial: Trial) => boolean,
): NearestRole<R> | undefined {
  const all = new Map(roles.flatMap(({ trials }) => trials.map((one) => [trialKey(one), one])));
  const allowed = [...all.values()].filter(isAllowed);
  let best: (NearestRole<R> & { readonly distance: number }) | undefined;
  for (const { role, trials } of roles) {
    const needed = new Set(trials.map(trialKey));
    const missing = trials.filter((one) => !isAllowed(one));
    const tooMuch = allowed.filter((one) => !needed.has(trialKey(one))).length;
    const distance = missing.length + tooMuch;
    if (best === undefined || distance < best.distance)
      best = { role, missing, needed: trials.length, distance };
  }
  if (best === undefined) return undefined;
  const { distance: _, ...found } = best;
  return found;
}
