import type { Registry } from '../shell/app.js';
import { appFor, type ShowFlags, withCluster } from '../shell/options.js';
import { withListFormat } from '../shell/unused-options.js';

/** Adds `dqoes version`. */
export function addVersion({ program, app, finish }: Registry): void {
  withListFormat(withCluster(program.command('version')), app)
    .description('list every part of the cluster with its version (--version: of this program)')
    .action(async (flags: ShowFlags) => {
      const { runVersion } = await import('../versions/show-versions.js');
      finish(await runVersion(appFor(app, flags), flags));
    });
}
