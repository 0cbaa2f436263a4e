import { err, ok, type Result } from './result.js';

const MAX_ADDRESS = 1024;
const SCHEME = '(?:(?:nats|tls|ws|wss)://)?';
const LOGIN = '(?:[^\\s/@,]*@)?';
/** An IPv6 may be bare where no port follows. */
const HOST = '(?:\\[[\\da-f:.]+(?:%[\\w.-]+)?\\]|[\\w.-]+|[\\da-f]*:[\\da-f:]*:[\\da-f.]*)';
const ADDRESS = new RegExp(`^${SCHEME}${LOGIN}${HOST}(?::(\\d{1,5}))?/?$`, 'i');

function isAddress(text: string): boolean {
  const [whole, port = '1'] = (text.length <= MAX_ADDRESS && ADDRESS.exec(text)) || [];
  return whole !== undefined && Number(port) > 0 && Number(port) < 65_536;
}

/**
 * Whether each part of a list with commas is an address of a NATS server. The error is a sentence
 * without the name, and without a password.
 */
export function parseAddresses(text: string): Result<string, string> {
  const parts = text.split(',').map((part) => part.trim());
  const bad = parts.find((part) => !isAddress(part));
  if (bad === undefined) return ok(parts.join(','));
  const shown = JSON.stringify(bad.replace(/^.*@/, '(hidden)@').slice(0, 60));
  return err(`${shown} is no address: write nats://HOST:PORT, several with commas`);
}
