import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './debian-root.js';

/** Folder of the packages; DQOES_PACKAGES names another one than the tests make. */
const FOLDER = process.env.DQOES_PACKAGES ?? join(ROOT, 'dist/packages');

/** Whether the tests make the packages, twice, and compare the two. */
export const ARE_COMPARED = process.env.DQOES_PACKAGES === undefined;

/** Paths of the files that `npm run package` makes. */
export interface Made {
  readonly folder: string;
  readonly deb: string;
  readonly archive: string;
  readonly sbom: string;
}

let made: Made | undefined;

/**
 * Makes the packages twice and compares them, once for all tests, where none are given. Fails with
 * what was printed.
 */
export function packages(): Made {
  if (made !== undefined) return made;
  if (ARE_COMPARED) {
    const run = spawnSync(process.execPath, [join(ROOT, 'tools/package.mjs'), '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
  }
  const names = readdirSync(FOLDER);
  const one = (pattern: RegExp): string => {
    const found = names.filter((name) => pattern.test(name));
    assert.equal(found.length, 1, `${pattern} in ${FOLDER}: ${names.join(', ')}`);
    return join(FOLDER, found[0] ?? '');
  };
  made = {
    folder: FOLDER,
    deb: one(/\.deb$/),
    archive: one(/\.tar\.gz$/),
    sbom: one(/\.cdx\.json$/),
  };
  return made;
}
