import {
  anything,
  array,
  flag,
  integer,
  nullable,
  number,
  objectOf,
  optional,
  text,
} from '../../proto/codec/words.js';

const MAX = 1_000_000;
const anyText = text(65_536);
const amount = number(0, Number.MAX_SAFE_INTEGER);
const count = integer(0, Number.MAX_SAFE_INTEGER);
const series = array(amount, MAX);

/** As `RunScore` of lab/types.ts. */
const score = objectOf({
  scenario: anyText,
  policy: anyText,
  seed: count,
  n: count,
  intervals: count,
  intervalMs: amount,
  atTarget: series,
  notSlower: series,
  satisfied: series,
  attainable: optional(objectOf({ before: series, atOnce: series })),
  oracle: amount,
  oraclePerInterval: series,
  summary: objectOf({
    atTargetLastThird: amount,
    notSlowerLastThird: amount,
    satisfiedLastThird: amount,
    ratioToOracle: amount,
    secondsTo90: nullable(amount),
    moves: count,
    updatesPerContainerMinute: amount,
    updatesPerContainerMinuteLastThird: amount,
    regret: amount,
    bandExits: count,
    reservedCores: amount,
    attainableBefore: optional(amount),
  }),
});

const bound = objectOf({
  scenario: anyText,
  phases: array(
    objectOf({
      atMs: amount,
      changes: array(anyText, MAX),
      capacityCores: amount,
      jobs: array(
        objectOf({
          id: anyText,
          targetMs: amount,
          chosen: flag,
          /** null: no amount of CPU meets the target. */
          cores: nullable(amount),
        }),
        MAX,
      ),
      mostJobs: count,
    }),
    MAX,
  ),
});

const ratio = nullable(amount);
/** `lab replay`, or with `--verify` how far the decisions were repeated. */
const replay = objectOf({
  scores: optional(array(score, MAX)),
  fit: optional(
    objectOf({
      compared: count,
      median: ratio,
      p90: ratio,
      jobs: array(objectOf({ id: anyText, compared: count, median: amount, p90: amount }), MAX),
      notes: array(anyText, MAX),
    }),
  ),
  recorded: optional(count),
  agreed: optional(count),
  exact: optional(count),
  extra: optional(count),
  share: optional(amount),
  disagreements: optional(array(anything('a limit change, recorded and again'), MAX)),
  unknownPolicies: optional(array(anyText, MAX)),
});

/** What the commands of `dqoes lab` print. */
export const LAB_ANSWERS: Readonly<Record<string, object>> = {
  'lab sim': array(score, MAX),
  'lab oracle': array(bound, MAX),
  'lab replay': replay,
};
