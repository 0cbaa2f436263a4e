import type { AllocationStatus } from '../../proto/schemas/status.js';
import { ok } from '../../shared/result.js';
import { PS_COLUMNS } from '../output/columns.js';
import type { Registry } from '../shell/app.js';
import { appFor, type ShowFlags, withCluster, withFormat, withWatch } from '../shell/options.js';
import { withSession } from '../shell/session.js';
import { showListing } from '../shell/show.js';

/** Adds `dqoes ps`. */
export function addPs({ program, app, finish }: Registry): void {
  withWatch(withFormat(withCluster(program.command('ps'))))
    .description('list the containers under control: target, response time, class, limit, use')
    .action(async (flags: ShowFlags) => {
      const shown = appFor(app, flags);
      const code = await withSession(shown, flags, (session) =>
        showListing(shown, flags, async () => {
          const answer = await session.call('allocation-list', {});
          if (!answer.ok) return answer;
          return ok({
            columns: PS_COLUMNS,
            rows: answer.value.allocations,
            answer: answer.value,
            nameOf: (row: AllocationStatus) => row.id,
            whenEmpty:
              'No containers yet: start one with dqoes run IMAGE --target 250ms, or label one ' +
              'dqoes.enable=true.',
          });
        }),
      );
      finish(code);
    });
}
