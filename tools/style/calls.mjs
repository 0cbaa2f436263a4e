import { withoutComments } from '../house/source.mjs';

/** Calls that are not to come back, and what is used in their place. */
const FORBIDDEN = [
  [
    /\bAbortSignal\.any\(/,
    'AbortSignal.any leaves a little on a long-lived signal at each call: use childSignal ' +
      '(shared/child-signal.ts)',
  ],
  [
    /^(?:before|after)(?:Each)?\(/,
    'a hook of mocha outside of a suite runs around each test of all files: put it into describe',
  ],
];

/** Where a file of code makes such a call: `{ line, use }` for each. */
export const forbiddenCalls = (text) =>
  withoutComments(text)
    .split('\n')
    .flatMap((line, i) =>
      FORBIDDEN.filter(([pattern]) => pattern.test(line)).map(([, use]) => ({ line: i + 1, use })),
    );
