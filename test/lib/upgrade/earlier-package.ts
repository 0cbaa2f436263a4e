import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildEarlier } from './earlier-build.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** The Node.js that packages bring, where it was fetched. */
const NODE = 'deploy/node/node_modules';
/** Below every version of this tree, so that its package is an upgrade of this one. */
const VERSION = '0.0.1';

/** The Debian package of an earlier commit. */
export interface EarlierPackage {
  readonly deb: string;
  /** Removes what was made; safe to call twice. */
  readonly remove: () => void;
}

/**
 * Makes the package of the commit before this one, as version 0.0.1. `DQOES_PACKAGE_BEFORE` names a
 * `.deb` that is taken instead.
 *
 * @throws Error with what was printed, where it cannot be made
 */
export function earlierPackage(): EarlierPackage {
  const given = process.env.DQOES_PACKAGE_BEFORE;
  if (given !== undefined) return { deb: given, remove: () => {} };
  const { tree, remove } = buildEarlier('HEAD~1');
  try {
    const fetched = join(ROOT, NODE);
    if (existsSync(fetched)) symlinkSync(fetched, join(tree, NODE));
    const out = join(tree, 'packages');
    const args = ['tools/package.mjs', '--out', out, '--version', VERSION];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: tree,
      encoding: 'utf8',
      // An unpacked commit has no history that would say its time.
      env: { ...process.env, SOURCE_DATE_EPOCH: '1' },
    });
    if (status !== 0) throw new Error(`the package before was not made: ${stdout}${stderr}`);
    const name = readdirSync(out).find((each) => each.endsWith('.deb'));
    if (name === undefined) throw new Error(`no package is in ${out}`);
    return { deb: join(out, name), remove };
  } catch (cause) {
    remove();
    throw cause;
  }
}
