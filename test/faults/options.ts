import { parseArgs } from 'node:util';
import { MAX_WORKERS } from '../../coordinator/settings.js';
import { err, ok, type Result } from '../../shared/result.js';
import { FAULTS } from './kinds/index.js';
import { chosenBy } from './pairs.js';

/** What `npm run test:faults` was asked. */
export interface FaultOptions {
  /** Every fault instead of one of each family, and pairs of them at once. */
  readonly long: boolean;
  readonly rounds: number;
  readonly seed: number;
  /** Part of the names of the faults to play, or of two with ` + ` between; '' = all. */
  readonly only: string;
  /** Threads among which each coordinator divides its nodes; 0 = it has none. */
  readonly workers: number;
  /** Afterwards jobs come and go for so long, minutes; 0 = no. */
  readonly churnMinutes: number;
  /** No fault begins later than this, s; 0 = no bound. */
  readonly seconds: number;
  readonly json: string;
  /** Goes on after the rounds that the JSON file holds, and adds to it. */
  readonly resume: boolean;
  /** Folder that the programs' logs are copied to; '' = none. */
  readonly logs: string;
}

/** The error is a sentence with the cure. */
export function readFaultOptions(args: readonly string[]): Result<FaultOptions, string> {
  const flags = {
    long: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '1' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: '0' },
    churn: { type: 'string', default: '0' },
    seconds: { type: 'string', default: '0' },
    json: { type: 'string', default: '' },
    resume: { type: 'boolean', default: false },
    logs: { type: 'string', default: '' },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: flags });
    const [rounds, churnMinutes, seconds] = [values.rounds, values.churn, values.seconds].map(
      Number,
    );
    const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
    if (!Number.isSafeInteger(rounds) || Number(rounds) < 1)
      return err(`--rounds is ${values.rounds}: give a whole number from 1`);
    if (!Number.isSafeInteger(seed)) return err(`--seed is ${values.seed}: give a whole number`);
    const workers = Number(values.workers);
    if (!Number.isSafeInteger(workers) || workers < 0 || workers > MAX_WORKERS)
      return err(`--workers is ${values.workers}: give a whole number from 0 to ${MAX_WORKERS}`);
    for (const [name, value] of Object.entries({ churn: churnMinutes, seconds }))
      if (!(Number(value) >= 0)) return err(`--${name} is no number: give one from 0`);
    if (values.resume && values.json === '')
      return err('--resume goes on with a file: name it with --json');
    if (chosenBy(values.only).length === 0)
      return err(
        `--only ${JSON.stringify(values.only)} is no fault, and no two that may be played at ` +
          'once: give a part of one, or of two with " + " between, of ' +
          FAULTS.map(({ name }) => name).join('; '),
      );
    return ok({
      long: values.long,
      rounds: Number(rounds),
      seed,
      only: values.only,
      workers,
      churnMinutes: Number(churnMinutes),
      seconds: Number(seconds),
      json: values.json,
      resume: values.resume,
      logs: values.logs,
    });
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause));
  }
}
