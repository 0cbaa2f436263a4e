/**
 * `npm run bench:ceilings-events -- --json FILE [--events step,flash,restart,model-load,mixed]
 * [--policies default,adaptive] [--repetitions 3] [--settle 20s] [--measure 45s]`: what the clients
 * of a real service see when its load triples, when five times as many come for 20 s, when it is
 * restarted, when its model takes 15 s to load; and bands, ceilings and a job in the background on
 * one host. Goes on where FILE ends.
 */
import { carryOn } from './ceilings/carry-on.js';
import {
  doing,
  EVENTS,
  type EventKey,
  type EventKind,
  eventKeyText,
  eventLoads,
  type Happened,
  HIT,
  happenedIn,
} from './ceilings/events.js';
import { type EventRun, eventTable, mixedTable } from './ceilings/events-table.js';
import type { Figures } from './ceilings/file.js';
import {
  durationOf,
  listOf,
  numberOf,
  policiesOf,
  policyNamed,
  refuseUnknown,
} from './ceilings/options.js';
import { play } from './ceilings/play.js';
import { queueGoneAtMs } from './ceilings/queue-gone.js';
import { asOnlyBench, asProgram, type Session } from './ceilings/session.js';
import { disturbed } from './ceilings/table.js';
import { optionFrom } from './lib/process-cost.js';

const KNOWN = ['--json', '--events', '--policies', '--repetitions', '--settle', '--measure'];

function eventNamed(name: string): EventKind {
  const found = EVENTS.find((each) => each === name);
  if (found === undefined)
    throw new Error(`--events: there is no ${name}: take some of ${EVENTS.join(', ')}.`);
  return found;
}

function keysOf(argv: readonly string[]): readonly EventKey[] {
  const events = listOf(argv, '--events', EVENTS.join(',')).map(eventNamed);
  const policies = policiesOf(listOf(argv, '--policies', 'default,adaptive'));
  const repetitions = numberOf(optionFrom(argv, '--repetitions') ?? '3', '--repetitions', 1, 1000);
  return Array.from({ length: repetitions }, (_, index) => index + 1).flatMap((repetition) =>
    events.flatMap((event) => policies.map((policy) => ({ event, policy, repetition }))),
  );
}

async function runOnce(
  key: EventKey,
  figures: Figures<EventRun>,
  session: Session,
): Promise<EventRun> {
  const { calibration, settleMs, measureMs } = figures;
  const { event } = key;
  let happened: Happened | undefined;
  const during = doing(event, (what) => {
    happened = what;
  });
  const run = await play({
    policy: policyNamed(key.policy),
    loads: eventLoads(key, calibration, settleMs),
    settleMs,
    measureMs,
    signal: session.signal,
    stateDir: await session.nextState(),
    ...(during === undefined ? {} : { during }),
  });
  const done = { ...key, ...run.played, endedAt: new Date().toISOString() };
  if (event === 'mixed')
    return { ...done, goneAfterSeconds: null, targetMs: targetsOf(key, figures) };
  const { atMs, overAtMs } = happened ?? happenedIn(event, run, settleMs);
  const fromMs = event === 'restart' ? (run.readyAtMs.get(HIT)?.[1] ?? overAtMs) : overAtMs;
  const ceilingMs = calibration.targetMs[HIT] ?? 0;
  const goneAtMs = queueGoneAtMs(run.requests.get(HIT) ?? [], {
    fromMs,
    toMs: run.window.toMs,
    ceilingMs,
  });
  const zeroMs = event === 'restart' ? atMs : overAtMs;
  const goneAfterSeconds = goneAtMs === null ? null : Math.round(goneAtMs - zeroMs) / 1000;
  return { ...done, goneAfterSeconds, targetMs: targetsOf(key, figures) };
}

const targetsOf = (
  key: EventKey,
  { calibration, settleMs }: Figures<EventRun>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    eventLoads(key, calibration, settleMs).flatMap(({ id, target }) =>
      target === null ? [] : [[id, target.latencyMs]],
    ),
  );

const lineOf = (run: EventRun): string => {
  const jobs = run.jobs.map(({ id, within }) => `${id} ${within?.toFixed(2) ?? '-'}`).join(', ');
  const gone =
    run.event === 'mixed'
      ? ''
      : `; queue gone after ${run.goneAfterSeconds ?? 'more than measured'} s`;
  return (
    `${eventKeyText(run)}: ${jobs}${gone}; ${run.jobsCores} CPU, others ` +
    `${run.othersCores}${disturbed(run)}`
  );
};

await asProgram(async () => {
  const { argv } = process;
  refuseUnknown(argv, KNOWN);
  const file = optionFrom(argv, '--json');
  if (file === undefined) throw new Error('--json FILE is needed: figures are kept there.');
  const times = {
    settleMs: durationOf(argv, '--settle', '20s'),
    measureMs: durationOf(argv, '--measure', '45s'),
  };
  const plan = { bench: 'ceilings-events', file, ...times, keys: keysOf(argv) };
  await asOnlyBench(async (session) => {
    const runs = await carryOn({ ...plan, text: eventKeyText, runOnce, line: lineOf }, session);
    for (const rows of [eventTable(runs), mixedTable(runs)])
      if (rows.length > 0) console.table(rows);
  });
});
