import { parseAddresses } from '../nats-addresses.js';
import { nonEmpty, type Setting, settingElse, value } from './settings.js';

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
