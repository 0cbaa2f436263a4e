import type { Fault } from '../../shared/result.js';

/** What a refused request is answered with (RFC 9457), beside `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Of the first fault. */
  readonly code: string;
  readonly field: string;
  /** What is wrong, and the cure. */
  readonly detail: string;
  /** All that is wrong. */
  readonly faults: readonly Fault[];
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Codes that a status stands for; those with the prefixes below are 400. */
const STATUS: Readonly<Record<string, number>> = {
  'auth.bad-token': 401,
  'auth.denied': 403,
  'auth.not-owner': 403,
  'http.refused': 403,
  'http.no-route': 404,
  'service.not-found': 404,
  'service.adopted': 409,
  'service.full': 409,
  'service.no-prices': 409,
  'service.over-budget': 409,
  'node.in-use': 409,
  'schedule.no-node': 409,
  'wire.too-large': 413,
  'http.too-many': 429,
  'service.busy': 503,
  'service.unavailable': 503,
  'store.silent': 503,
  'nats.unavailable': 503,
};
const BAD_REQUEST = ['job.', 'http.bad-request', 'service.bad-request', 'wire.', 'label.'];

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is wrong',
  401: 'A token is needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not by this method',
  408: 'Too slow',
  409: 'Understood, but not possible',
  413: 'Too large',
  415: 'Of a kind that is not read',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'The console failed',
  503: 'Not available now',
};

/** The status that these faults mean; the first one decides. */
export function statusOf(faults: readonly Fault[]): number {
  const code = faults[0]?.code ?? '';
  const known = STATUS[code];
  if (known !== undefined) return known;
  return BAD_REQUEST.some((prefix) => code.startsWith(prefix)) ? 400 : 500;
}

/** The answer to a request with these faults. */
export function problemOf(faults: readonly Fault[], status = statusOf(faults)): Problem {
  const [first] = faults;
  const code = first?.code ?? 'service.unavailable';
  return {
    type: `urn:dqoes:error:${code}`,
    title: TITLES[status] ?? 'Refused',
    status,
    code,
    field: first?.field ?? '',
    detail: faults
      .map(({ message }) => message)
      .join('; ')
      .slice(0, 8192),
    faults,
  };
}
