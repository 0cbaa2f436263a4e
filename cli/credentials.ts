import { constants, readFileSync, statSync } from 'node:fs';
import type { NatsAuth, NatsTls } from '../proto/nats/auth.js';
import { parseCredentials } from '../proto/nats/credentials.js';
import { fileTrouble } from '../shared/errors.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';

/** Owner may read and write, group may read; nobody else anything. */
const TOO_OPEN = 0o037;

/**
 * Reads a file with a secret key: an nkey seed or `.creds`. `from` names the option or setting that
 * gave the path. The fault names it, the file and the cure, never what the file holds.
 */
export function readCredentials(path: string, from: string): Result<NatsAuth> {
  const text = readSecret(path, from);
  if (!text.ok) return text;
  const auth = parseCredentials(text.value);
  if (auth.ok) return auth;
  return err([
    badConfig(from, `The credentials file ${path} (from ${from}) ${auth.error}: check the path.`),
  ]);
}

/** Reads a file that only its owner, and at most its group, may read. */
export function readSecret(path: string, from: string): Result<string> {
  const open = checkMode(path, from);
  return open === undefined ? readText(path, from) : err([open]);
}

/** The fault of a secret file that others may read or change; undefined = it is well kept. */
export function checkMode(path: string, from: string): Fault | undefined {
  const mode = modeOf(path);
  // The rights of a folder are no fault, and those of a file would lock its owner out of it.
  if ((mode & constants.S_IFMT) === constants.S_IFDIR)
    return badConfig(from, `${path} (from ${from}) is a folder: name the file in it.`);
  if ((mode & TOO_OPEN) === 0) return undefined;
  const shown = (mode & 0o777).toString(8).padStart(4, '0');
  return badConfig(
    from,
    `The file ${path} (from ${from}) has mode ${shown}, so others may read or change the secret ` +
      `in it: chmod 600 ${path}, or 640 for a group.`,
  );
}

/** 0 = it is not there, or in a folder that is kept from us: who reads it is told why. */
function modeOf(path: string): number {
  try {
    return statSync(path).mode;
  } catch {
    return 0;
  }
}

/** Reads a file whose path an option or setting gave. */
export function readText(path: string, from: string): Result<string> {
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch (cause) {
    return err([
      badConfig(
        from,
        `The file ${path} (from ${from}) cannot be read (${fileTrouble(cause)}): ` +
          'check the path and its permissions.',
      ),
    ]);
  }
}

/** A fault of the environment or of a file that it names. */
export const badConfig = (field: string, message: string): Fault => ({
  code: 'config.bad',
  field,
  message,
});

/** Paths of PEM files; '' = not given. */
export interface TlsPaths {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** No TLS beyond what the server asks for. */
export const NO_TLS: TlsPaths = { ca: '', cert: '', key: '' };

/** The names under which a program was given the paths. */
export type TlsNames = Readonly<Record<keyof TlsPaths, string>>;

/** Checks the files of TLS; undefined = none is given. A certificate needs its key. */
export function readTls(paths: TlsPaths, names: TlsNames): Result<NatsTls | undefined> {
  const { ca, cert, key } = paths;
  if (ca === '' && cert === '' && key === '') return ok(undefined);
  if ((cert === '') !== (key === ''))
    return err([
      badConfig(
        cert === '' ? names.cert : names.key,
        `${cert === '' ? names.cert : names.key} is missing: ${names.cert} and ${names.key} go ` +
          'together.',
      ),
    ]);
  const files = [
    ...(ca === '' ? [] : [pemIn(ca, names.ca, readText(ca, names.ca))]),
    ...(cert === ''
      ? []
      : [
          pemIn(cert, names.cert, readText(cert, names.cert)),
          pemIn(key, names.key, readSecret(key, names.key), 'PRIVATE KEY'),
        ]),
  ];
  const faults = files.flatMap((file) => (file.ok ? [] : file.error));
  if (faults.length > 0) return err(faults);
  return ok({
    ...(ca === '' ? {} : { caFile: ca }),
    ...(cert === '' ? {} : { certFile: cert, keyFile: key }),
  });
}

/** A file without such a part, as an empty one or one of DER, would fail at each handshake only. */
function pemIn(
  path: string,
  from: string,
  text: Result<string>,
  part = 'CERTIFICATE',
): Result<string> {
  if (!text.ok || new RegExp(`^-----BEGIN [A-Z0-9 ]*${part}-----`, 'm').test(text.value))
    return text;
  const what = `The file ${path} (from ${from}) holds no ${part} in PEM (-----BEGIN …)`;
  return err([badConfig(from, `${what}: give one, or convert it with openssl.`)]);
}
