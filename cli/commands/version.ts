import type { Registry } from '../shell/app.js';
import { appFor, type ShowFlags, withCluster, withFormat } from '../shell/options.js';

/** Adds `dqoes version`. */
export function addVersion({ program, app, finish }: Registry): void {
  withFormat(withCluster(program.command('version')))
    .description('list every part of the cluster with its version (--version: of this program)')
    .action(async (flags: ShowFlags) => {
      const { runVersion } = await import('../versions/show-versions.js');
      finish(await runVersion(appFor(app, flags), flags));
    });
}
