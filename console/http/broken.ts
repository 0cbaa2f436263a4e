import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Fault } from '../../shared/result.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';

/** What Node says of a request that it cannot read. */
interface BrokenRequest {
  readonly code?: string;
}

/** Answers a request that cannot be read as HTTP, as any other refusal, and closes. */
export function refuseBroken({ code = '' }: BrokenRequest, socket: Socket): void {
  const isGone = code === 'ECONNRESET' || socket.destroyed || !socket.writable;
  if (isGone || socket.bytesWritten > 0) return void socket.destroy();
  const { status, ...fault } = REFUSALS[code] ?? MALFORMED;
  const text = JSON.stringify(problemOf([{ code: 'http.bad-request', ...fault }], status));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}

type Broken = Pick<Fault, 'field' | 'message'> & { readonly status: number };
const MALFORMED: Broken = {
  status: 400,
  field: 'request',
  message: 'the request is no HTTP/1.1 that can be read: see what sends it, or stands in between',
};
const REFUSALS: Readonly<Record<string, Broken>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    field: 'headers',
    message: 'the headers are larger than 16 KiB: send fewer, or shorter ones',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    field: 'request',
    message: 'the request did not come in time: send it again, without a pause',
  },
};
