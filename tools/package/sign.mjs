// Signs the list of hashes with a key of the person who releases.
import { spawnSync } from 'node:child_process';

/**
 * Writes a detached signature beside `file` and returns its name. `by`: `minisign:SECRET-KEY-FILE`
 * or `gpg:KEY-ID`. Throws where the program is missing or refuses.
 */
export function signSums(file, by) {
  const at = by.indexOf(':');
  const [tool, key] = [by.slice(0, at), by.slice(at + 1)];
  const [program, args, signature] =
    tool === 'minisign'
      ? ['minisign', ['-S', '-s', key, '-m', file], `${file}.minisig`]
      : [
          'gpg',
          ['--batch', '--yes', '--local-user', key, '-a', '--detach-sign', file],
          `${file}.asc`,
        ];
  const { status, error } = spawnSync(program, args, { stdio: 'inherit' });
  if (error !== undefined) throw new Error(`${program} is missing: install it, or sign later`);
  if (status !== 0) throw new Error(`${program} did not sign with ${key}: see above`);
  return signature;
}
