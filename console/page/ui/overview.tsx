import { useMemo } from 'preact/hooks';
import type { NodeStatus } from '../../../proto/schemas/status.js';
import { rowsOf } from '../model/jobs-table.js';
import { hrefOf } from '../model/route.js';
import type { State } from '../model/state.js';
import { troublesOf } from '../model/trouble.js';
import { silentNodes, tallyOf } from '../model/verdict.js';
import { coresText, numberText } from '../model/words.js';
import { CapacityLine } from './capacity.js';
import { Headline } from './headline.js';
import { Hosts, hostState } from './hosts.js';
import { Jobs } from './jobs.js';
import { Link } from './link.js';
import { NothingYet } from './nothing-yet.js';
import { ProblemText } from './problem-text.js';
import { Troubles } from './troubles.js';

const allocatedText = ({ limitedCpuCores, host }: NodeStatus): string =>
  `${numberText(limitedCpuCores)} of ${coresText(host.allocatableCpuCores)} allocated`;

/** What can be said before both lists were read: nothing yet, or why one does not come. */
function NotKnownYet({ state }: { readonly state: State }) {
  const { jobs, nodes, jobsProblem, nodesProblem } = state;
  if (jobs !== null && nodesProblem !== null)
    return (
      <>
        <h1 id="headline" tabIndex={-1}>
          Hosts are not known
        </h1>
        <ProblemText problem={nodesProblem} />
      </>
    );
  if (jobsProblem === null)
    return (
      <h1 id="headline" tabIndex={-1} class="opening">
        Reading the cluster…
      </h1>
    );
  return (
    <>
      <h1 id="headline" tabIndex={-1}>
        Jobs are not known
      </h1>
      <ProblemText problem={jobsProblem} />
      {nodes === null || nodes.length === 0 ? null : (
        <section aria-labelledby="hosts">
          <h2 id="hosts">Hosts</h2>
          <ul>
            {nodes.map((node) => (
              <li key={node.id}>
                <Link to={hrefOf({ page: 'node', id: node.id })}>{node.id}</Link>
                {`: ${hostState(node)}; ${allocatedText(node)}`}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** How many are at target, who is not, why, and what to do. */
export function Overview({ state }: { readonly state: State }) {
  const { jobs, nodes, hour, nowMs } = state;
  const silent = useMemo(() => silentNodes(nodes ?? []), [nodes]);
  const rows = useMemo(() => rowsOf(jobs ?? [], silent), [jobs, silent]);
  const tally = useMemo(() => tallyOf(rows.map(({ verdict }) => verdict)), [rows]);
  const troubles = useMemo(() => troublesOf(jobs ?? [], nodes ?? []), [jobs, nodes]);
  const allocations = useMemo(() => (jobs ?? []).flatMap((job) => job.allocations), [jobs]);
  // The state changes each second, these only with what was read: the same part is not drawn again.
  const wrong = useMemo(() => <Troubles troubles={troubles} />, [troubles]);
  const hosts = useMemo(
    () => <Hosts nodes={nodes ?? []} allocations={allocations} silent={silent} />,
    [nodes, allocations, silent],
  );
  const table = useMemo(() => <Jobs rows={rows} />, [rows]);
  if (jobs === null || nodes === null) return <NotKnownYet state={state} />;
  if (jobs.length === 0) return <NothingYet nodes={nodes} silent={silent} troubles={troubles} />;
  return (
    <>
      <Headline tally={tally} hour={hour} nowMs={nowMs} />
      {wrong}
      <CapacityLine state={state} />
      {hosts}
      {table}
    </>
  );
}
