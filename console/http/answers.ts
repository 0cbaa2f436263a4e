import type { FastifyReply, FastifyRequest } from 'fastify';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import type { Fault } from '../../shared/result.js';
import { sendEncoded } from './encoding.js';
import { etagOf, isHeld } from './etag.js';
import { BODY_BYTES } from './parts.js';
import { PROBLEM_TYPE, problemOf, statusOf } from './problem.js';
import type { Answer, Refusal, Route } from './route.js';

/** The answer; a list that has not changed is not sent again. */
export async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
): Promise<FastifyReply> {
  if (!answer.ok) return refuse(reply, answer.error);
  return sendJson(request, reply, JSON.stringify(answer.value));
}

/** The same of a text that is JSON. */
export async function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  json: string,
): Promise<FastifyReply> {
  return sendText(request, reply.type('application/json; charset=utf-8'), json);
}

async function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
): Promise<FastifyReply> {
  const { method, headers } = request;
  if (method !== 'GET' && method !== 'HEAD') return sendEncoded(request, reply, text);
  const tag = etagOf(text);
  reply.header('etag', tag).header('cache-control', 'private, no-cache');
  // A 304 to HEAD would get the length 0 from fastify, which is not that of the answer.
  if (method === 'GET' && isHeld(headers['if-none-match'], tag)) return reply.code(304).send();
  return sendEncoded(request, reply, text);
}

/** Whether the answer is to be CSV: `format` says so, or else `Accept` names no other kind. */
export function wantsCsv(
  { headers }: FastifyRequest,
  { format }: Readonly<Record<string, string>>,
): boolean {
  if (format !== undefined) return format === 'csv';
  return /^\s*text\/csv\s*(?:;[^,]*)?$/i.test(headers.accept ?? '');
}

/** The answer as CSV, as far as `send`; lines end as RFC 4180 has it. */
export async function sendCsv(
  request: FastifyRequest,
  reply: FastifyReply,
  { answer, linesOf }: { readonly answer: Answer; readonly linesOf: NonNullable<Route['csv']> },
): Promise<FastifyReply> {
  if (!answer.ok) return refuse(reply, answer.error);
  reply.type('text/csv; charset=utf-8; header=present');
  return sendText(
    request,
    reply,
    linesOf(answer.value)
      .map((line) => `${line}\r\n`)
      .join(''),
  );
}

/** Answers with what is wrong. */
export function refuse(
  reply: FastifyReply,
  { faults, status = statusOf(faults) }: Refusal,
): FastifyReply {
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="dqoes"');
  if (status === 503) reply.header('retry-after', '2');
  return reply
    .code(status)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problemOf(faults, status)));
}

/** What fastify itself refuses, and bugs; the cause of a bug is in the log only. */
export function failed(cause: unknown, reply: FastifyReply, log: Log): FastifyReply {
  const { statusCode = 500, code: its = '' } = cause as {
    readonly statusCode?: number;
    readonly code?: string;
  };
  if (statusCode >= 400 && statusCode < 500) {
    const field = /URL|PARAM/.test(its) ? 'path' : (FIELDS[statusCode] ?? 'body');
    const message = `${messageOf(cause).slice(0, 300)}${CURES[statusCode] ?? ''}`;
    const code = statusCode === 413 ? 'wire.too-large' : 'http.bad-request';
    return refuse(reply, { faults: [{ code, field, message }], status: statusCode });
  }
  log.error('console: a request failed', { cause: messageOf(cause) });
  return refuse(reply, { faults: [BUG], status: 500 });
}

/** What fastify refuses by these is not the body. */
const FIELDS: Readonly<Record<number, string>> = { 404: 'path', 414: 'path', 415: 'content-type' };
const CURES: Readonly<Record<number, string>> = {
  413: `: at most ${BODY_BYTES} bytes are read`,
  415: ': send application/json, or a job file as application/yaml',
};
const BUG: Fault = {
  code: 'service.unavailable',
  field: '',
  message: 'the console failed to answer: see its log',
};

/** Answers that there is nothing at this address. */
export function noRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0]?.slice(0, 200) ?? '';
  const message = `there is no ${request.method} ${path}: see /openapi.json`;
  return refuse(reply, { faults: [{ code: 'http.no-route', field: 'path', message }] });
}
