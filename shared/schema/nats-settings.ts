import { err, ok, type Result } from '../result.js';
import { nonEmpty, type Setting, settingElse, value } from './settings.js';

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

/** The address of NATS, or several with commas. */
export const natsAddress = value(parseAddresses);

const path = (about: string): Setting<string> => settingElse(nonEmpty, '', about);

/** How a program and NATS know each other; the same in every settings file. */
export const NATS_SETTINGS = {
  'nats.credentials': path(
    'path of the key of this program, as `dqoes auth` makes it (an nkey seed), or of a `.creds` ' +
      'file; its mode is 0600 or 0640',
  ),
  'nats.creds': path('earlier name of `nats.credentials`'),
  'nats.tls.ca': path('path of the certificates (PEM) that may have signed that of NATS'),
  'nats.tls.cert': path('path of the certificate of this program, where NATS asks for one'),
  'nats.tls.key': path('path of its key; mode 0600 or 0640'),
  'nats.server-user': path(
    'name or number of the user who runs the NATS server, where that is on this machine and has ' +
      'no TLS: that of no other user but root is used, from the first connection on',
  ),
};

/** What they say, read. */
export interface NatsIdentity {
  /** Path of a credentials file; '' = none. */
  readonly credentials: string;
  /** Paths of PEM files; '' = not given. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  /** Who runs a server on this machine; '' = it is not said. */
  readonly serverUser: string;
}

/** The settings of NATS as one value. */
export const natsIdentityOf = (
  values: Readonly<Record<keyof typeof NATS_SETTINGS, string>>,
): NatsIdentity => ({
  credentials: values['nats.credentials'] || values['nats.creds'],
  tls: {
    ca: values['nats.tls.ca'],
    cert: values['nats.tls.cert'],
    key: values['nats.tls.key'],
  },
  serverUser: values['nats.server-user'],
});
