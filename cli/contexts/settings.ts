import { keyList } from '../../shared/key-text.js';
import { err, ok, type Result } from '../../shared/result.js';
import { natsAddress } from '../../shared/schema/nats-settings.js';
import {
  nonEmpty,
  type Setting,
  safeId,
  settingElse,
  value,
} from '../../shared/schema/settings.js';

const shown = (text: string): string => JSON.stringify(text.slice(0, 60));

const path = value<string>((text) =>
  /^(?:\/|~\/)/.test(text)
    ? ok(text)
    : err(`${shown(text)} is not an absolute path: begin it with / or ~/`),
);

function webAddress(text: string): Result<string, string> {
  const bad = err(`${shown(text)} is no address of a page: write https://HOST or http://HOST:PORT`);
  try {
    const { protocol, username, password } = new URL(text);
    const isWeb = protocol === 'https:' || protocol === 'http:';
    return isWeb && username === '' && password === '' ? ok(text) : bad;
  } catch {
    return bad;
  }
}

function publicKeys(text: string): Result<string, string> {
  const keys = keyList(text);
  return keys.ok
    ? ok(text)
    : err(`${shown(keys.error)} is no public key: dqoes coordinator key prints them`);
}

const line = value<string>((text) =>
  text.length <= 200 ? ok(text) : err('is longer than 200 characters: write less'),
);

const pathElse = (about: string): Setting<string> => settingElse(path, '', about);

/** The keys of a context file, by dotted key; '' = not given. */
export const CONTEXT_SETTINGS = {
  description: settingElse(line, '', 'what it is, for `dqoes context ls`'),
  'nats.url': settingElse(natsAddress, '', 'address of NATS, several with commas', 'required'),
  cluster: settingElse(safeId, '', 'name of the cluster', '`main`'),
  'nats.credentials': pathElse('path of your key (an nkey seed or a `.creds` file); mode 0600'),
  'nats.user': settingElse(nonEmpty, '', 'user name, with `nats.password-file` instead of a key'),
  'nats.password-file': pathElse('path of a file that holds the password; mode 0600'),
  'nats.tls.ca': pathElse('path of the certificates (PEM) that may have signed that of NATS'),
  'nats.tls.cert': pathElse('path of your certificate, where NATS asks for one'),
  'nats.tls.key': pathElse('path of its key; mode 0600'),
  'nats.server-user': settingElse(
    nonEmpty,
    '',
    'name or number of the user who runs NATS, where that is on this machine and has no TLS: ' +
      'that of no other user but root is used',
  ),
  console: settingElse(value(webAddress), '', 'address of the console, for people and scripts'),
  'coordinator-keys': settingElse(
    value(publicKeys),
    '',
    'public keys of the coordinators, comma-separated: `dqoes secret set` seals to no other',
  ),
};
