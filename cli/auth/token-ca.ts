import { readFileSync, rmSync } from 'node:fs';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import { createFile } from '../files/staged-file.js';

const BLOCK = /-----BEGIN (?:X509 )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g;
const LINE = /.{1,64}/g;

/** The certificates of a PEM file, each as the base64 of its DER: nothing else of it travels. */
export const certificatesIn = (pem: string): readonly string[] =>
  [...pem.matchAll(BLOCK)].map(([, body = '']) => body.replaceAll(/\s/g, ''));

/** The same as text of a PEM file. */
export const pemOf = (certificates: readonly string[]): string =>
  certificates
    .map((body) => {
      const lines = body.match(LINE) ?? [];
      return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
    })
    .join('');

/** Where the certificates of a token go: beside the key. */
export const caFileOf = (keyFile: string): string => `${keyFile.replace(/\.nk$/, '')}.ca.pem`;

/**
 * Writes the certificates of a token into a file; one that holds them already is taken as it is.
 * The value takes back what was written. The error is a sentence that names the file and the cure.
 */
export function writeCa(path: string, certificates: readonly string[]): Result<() => void, string> {
  const text = pemOf(certificates);
  try {
    createFile({ path, text, mode: 0o644 });
    return ok(() => rmSync(path, { force: true }));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      return err(
        `${path} cannot be made (${messageOf(cause)}): make room there, or give another file ` +
          'with --out; the token is as good as before',
      );
    if (textOf(path) === text) return ok(() => {});
    return err(
      `${path} is there already, with other certificates than the token: remove it if no agent ` +
        'uses it, or give another --out',
    );
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
