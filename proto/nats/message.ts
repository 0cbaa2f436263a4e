import { headers, type Msg, type MsgHdrs } from 'nats';
import { cutText } from '../../shared/text.js';
import type { BusMessage } from '../bus.js';

/** Headers by name. */
export type Headers = Readonly<Record<string, string>>;

/** Header values end at a line break; an exception's text may hold some. */
const headerText = (text: string): string => cutText(text.replace(/[\r\n]+/g, ' '), 500);

/** Headers as the client takes them. */
export function headersOption(plain: Headers): { headers?: MsgHdrs } {
  const entries = Object.entries(plain);
  if (entries.length === 0) return {};
  const result = headers();
  for (const [name, value] of entries) result.set(name, headerText(value));
  return { headers: result };
}

const NO_HEADERS: Headers = Object.create(null) as Headers;

/** A message of the client in our own words. */
export function messageFrom(message: Msg): BusMessage {
  if (message.headers === undefined)
    return { subject: message.subject, data: message.data, headers: NO_HEADERS };
  const plain: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const name of message.headers.keys()) plain[name] = message.headers.get(name);
  // As Go's client has it: the line before the headers, where a server says what is wrong.
  if (message.headers.code > 0) plain.Status = String(message.headers.code);
  return { subject: message.subject, data: message.data, headers: plain };
}

/**
 * Whether the server read it from a stream for somebody, who may name any subject for the answer:
 * there it is no message of who else may send to it.
 */
export const isReadFromStream = ({ headers: sent }: Pick<Msg, 'headers'>): boolean =>
  sent?.has(STREAM_HEADER) === true;
const STREAM_HEADER = 'Nats-Stream';
