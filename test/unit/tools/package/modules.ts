import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../planted-tree.js';

/** A module of `tools/package`, which is plain JavaScript, as what the test says it exports. */
export const packageModule = async <Module>(file: string): Promise<Module> =>
  (await import(pathToFileURL(join(ROOT, 'tools/package', file)).href)) as Module;

/** A package that is inside a package of dqoes. */
export interface Inside {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly integrity?: string | undefined;
  readonly type?: 'platform';
}
