import type { Fault } from '../../../shared/result.js';

/** Why a request was not answered as asked, for people. */
export interface Problem {
  /** 0 = no answer came. */
  readonly status: number;
  readonly code: string;
  /** Sentences, each with its cure. */
  readonly messages: readonly string[];
  readonly faults: readonly Fault[];
}

/** What a refused request was answered with: `application/problem+json`, or anything else. */
export function problemOf(status: number, body: unknown): Problem {
  const { faults, detail, code } = (typeof body === 'object' && body !== null ? body : {}) as {
    readonly faults?: unknown;
    readonly detail?: unknown;
    readonly code?: unknown;
  };
  const known = Array.isArray(faults) ? faults.filter(isFault) : [];
  const messages = known.map(({ message }) => message);
  return {
    status,
    code: typeof code === 'string' ? code : 'http.no-answer',
    messages:
      messages.length > 0
        ? messages
        : [typeof detail === 'string' && detail !== '' ? detail : `the console answered ${status}`],
    faults: known,
  };
}

const isFault = (value: unknown): value is Fault =>
  typeof value === 'object' && value !== null && typeof (value as Fault).message === 'string';

/** No answer came at all. */
export const noAnswer = (why: string): Problem => ({
  status: 0,
  code: 'http.no-answer',
  messages: [`the console does not answer (${why})`],
  faults: [],
});

/** What answered is not the console, though it says that all is well. */
export const notOurs = (status: number): Problem => ({
  status,
  code: 'http.no-answer',
  messages: [
    'what answers is not the console: load this page again, and see what stands between, such as ' +
      'a proxy that asks who one is',
  ],
  faults: [],
});

/** The console has no such address: it is of another version. */
export const isMissingRoute = ({ status, code }: Problem): boolean =>
  status === 404 && code === 'http.no-route';

/** A token is needed, or the one that was given is not known (any more). */
export const needsToken = ({ status }: Problem): boolean => status === 401;
