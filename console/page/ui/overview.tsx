import { useMemo } from 'preact/hooks';
import { rowsOf } from '../model/jobs-table.js';
import type { State } from '../model/state.js';
import { troublesOf } from '../model/trouble.js';
import { silentNodes, tallyOf } from '../model/verdict.js';
import { CapacityLine } from './capacity.js';
import { Headline } from './headline.js';
import { Hosts } from './hosts.js';
import { Jobs } from './jobs.js';
import { NothingYet } from './nothing-yet.js';
import { Troubles } from './troubles.js';

/** How many are at target, who is not, why, and what to do. */
export function Overview({ state }: { readonly state: State }) {
  const { jobs, nodes, hour, nowMs } = state;
  const silent = useMemo(() => silentNodes(nodes ?? []), [nodes]);
  const rows = useMemo(() => rowsOf(jobs ?? [], silent), [jobs, silent]);
  const tally = useMemo(() => tallyOf(rows.map(({ verdict }) => verdict)), [rows]);
  const troubles = useMemo(() => troublesOf(jobs ?? [], nodes ?? []), [jobs, nodes]);
  const allocations = useMemo(() => (jobs ?? []).flatMap((job) => job.allocations), [jobs]);
  if (jobs === null || nodes === null)
    return (
      <h1 id="headline" tabIndex={-1} class="opening">
        {state.jobsProblem === null ? 'Reading the cluster…' : 'Jobs are not known'}
      </h1>
    );
  if (jobs.length === 0) return <NothingYet nodes={nodes} silent={silent} />;
  return (
    <>
      <Headline tally={tally} hour={hour} nowMs={nowMs} />
      <Troubles troubles={troubles} />
      <CapacityLine state={state} />
      <Hosts nodes={nodes} allocations={allocations} silent={silent} />
      <Jobs rows={rows} />
    </>
  );
}
