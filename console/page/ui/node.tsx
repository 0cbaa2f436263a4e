import { useMemo } from 'preact/hooks';
import type { AllocationStatus, NodeStatus } from '../../../proto/schemas/status.js';
import { driftText } from '../../../shared/drift.js';
import { formatBytes } from '../../../shared/units.js';
import { driftCountText, driftedOf } from '../model/drift.js';
import { hostBarOf } from '../model/host-bar.js';
import { hrefOf } from '../model/route.js';
import type { State } from '../model/state.js';
import { allocationVerdict, silentNodes } from '../model/verdict.js';
import {
  ageText,
  allocationName,
  coresText,
  counted,
  limitPhrase,
  nowText,
  percentText,
  sentence,
  visible,
} from '../model/words.js';
import { HostBarView, hostState } from './hosts.js';
import { Link } from './link.js';
import { NodeChart } from './node-chart.js';
import { NodeOverTime } from './node-over-time.js';
import { Scheduling } from './scheduling.js';
import { momentText } from './time.js';
import { useNodeHistory } from './use-node-history.js';
import { VerdictMark } from './verdict.js';

/** One host: what runs there, what is left, and whether it takes more. */
export function NodeView({ id, state }: { readonly id: string; readonly state: State }) {
  const node = state.nodes?.find((each) => each.id === id);
  const silent = useMemo(() => silentNodes(state.nodes ?? []), [state.nodes]);
  const here = useMemo(
    () => (state.jobs ?? []).flatMap((job) => job.allocations).filter((each) => each.node === id),
    [state.jobs, id],
  );
  const history = useNodeHistory(id);
  // Drawn again only with another history, not each second.
  const overTime = useMemo(
    () => (history === null ? null : <NodeOverTime id={id} history={history} />),
    [id, history],
  );
  if (node === undefined)
    return (
      <>
        <h1 tabIndex={-1}>{id}</h1>
        <p>
          {state.nodes !== null
            ? 'There is no such host now. '
            : state.nodesProblem === null
              ? 'Reading the cluster…'
              : 'Hosts are not known: their list does not come. '}
          <Link to="/">Overview</Link>
        </p>
      </>
    );
  const isSilent = node.liveness !== 'ready';
  return (
    <>
      <p>
        <Link to="/">← Overview</Link>
      </p>
      <h1 tabIndex={-1}>
        {id} <span class="badge">{hostState(node)}</span>
      </h1>
      {isSilent ? (
        <p class="banner">
          Last heard {ageText(node.ageMs)} ago: what follows is what it said then. See that the host
          runs and its agent too: systemctl status dqoes-agent.
        </p>
      ) : null}
      <div class={isSilent ? 'stale' : ''}>
        <HostBarView bar={hostBarOf(node, here, silent)}>
          Each part is a job: as wide as what it is allocated, with a dark foot for what it uses.
          Striped parts need a look: failed, slower, pending or not known.
        </HostBarView>
        <Facts node={node} here={here} />
        <NodeChart node={node} allocations={here} history={history} />
        {overTime}
        <RunsHere allocations={here} silent={silent} isKnown={state.jobs !== null} />
        <Drifts allocations={here} nowMs={state.nowMs} />
      </div>
      <Warnings node={node} />
      <Scheduling node={node} here={here} state={state} />
    </>
  );
}

interface FactsProps {
  readonly node: NodeStatus;
  readonly here: readonly AllocationStatus[];
}

function Facts({ node, here }: FactsProps) {
  const { host, othersCpuCores, limitedCpuCores, agentVersion, ageMs, gpus } = node;
  const facts: readonly (readonly [string, string])[] = [
    ['CPU allocated', `${coresText(limitedCpuCores)} of ${coresText(host.allocatableCpuCores)}`],
    ['CPU of everything else', coresText(othersCpuCores)],
    ['CPU of the host in use', percentText(host.cpuUtilisationRatio)],
    ['Waiting for CPU (pressure)', percentText(host.cpuPressureRatio)],
    [
      'Memory in use',
      `${host.memoryUsedBytes === null ? 'not known' : formatBytes(host.memoryUsedBytes)} of ` +
        formatBytes(host.capacityMemoryBytes),
    ],
    ['GPUs', String(gpus?.length ?? 0)],
    ['Limits changed by others', driftCountText(driftedOf(here))],
    ['Agent', visible(agentVersion)],
    ['Last heard', `${ageText(ageMs)} ago`],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface RunsHereProps {
  readonly allocations: readonly AllocationStatus[];
  readonly silent: ReadonlySet<string>;
  /** Jobs were read. */
  readonly isKnown: boolean;
}

function RunsHere({ allocations, silent, isKnown }: RunsHereProps) {
  const nothing = isKnown ? 'Nothing runs here' : 'What runs here is not known';
  return (
    <section aria-labelledby="runs-here">
      <h2 id="runs-here">
        {allocations.length === 0 ? nothing : `${counted(allocations.length, 'allocation')} here`}
      </h2>
      <ul class="allocations">
        {allocations.map((each) => (
          <li key={each.id}>
            <Link to={hrefOf({ page: 'job', name: each.job })}>
              <bdi>{allocationName(each)}</bdi>
            </Link>{' '}
            <VerdictMark verdict={allocationVerdict(each, silent)} /> {nowText(each)};{' '}
            {limitPhrase(each.desired)}; uses {coresText(each.container?.cpu?.usageCores)}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DriftsProps {
  readonly allocations: readonly AllocationStatus[];
  readonly nowMs: number;
}

/** Limits that somebody else changed, each with what became of it. */
function Drifts({ allocations, nowMs }: DriftsProps) {
  const drifted = driftedOf(allocations);
  if (drifted.length === 0) return null;
  return (
    <section aria-labelledby="drift">
      <h2 id="drift">Limits changed by others</h2>
      <p class="quiet">
        Something else set a limit that dqoes holds, as docker update and systemctl daemon-reload
        do. The agent writes what is desired again when it sees that.
      </p>
      <ul class="allocations">
        {drifted.map(({ allocation, drift }) => (
          <li key={allocation.id}>
            <Link to={hrefOf({ page: 'job', name: allocation.job })}>
              <bdi>{allocationName(allocation)}</bdi>
            </Link>{' '}
            {sentence(driftText(drift, (ms) => momentText(ms, nowMs)))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Warnings({ node: { warnings } }: { readonly node: NodeStatus }) {
  if (warnings.length === 0) return null;
  return (
    <section aria-labelledby="warnings">
      <h2 id="warnings">Warnings</h2>
      <ul>
        {[...new Set(warnings)].reverse().map((each) => (
          <li key={each}>{sentence(each)}</li>
        ))}
      </ul>
    </section>
  );
}
