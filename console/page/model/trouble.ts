import type { AllocationStatus, JobStatus, NodeStatus } from '../../../proto/schemas/status.js';
import { saysRunsOn } from '../../../shared/command.js';
import { LEFT_BEHIND, unansweredMs } from '../../../shared/report.js';
import { hrefOf } from './route.js';
import { isRestarting, jobVerdict, rank, silentNodes, type Verdict } from './verdict.js';
import * as words from './words.js';

/** One thing that is wrong: what, why, and what to do. */
export interface Trouble {
  /** Of the list, and stable while it lasts. */
  readonly key: string;
  readonly kind:
    | Verdict
    | 'change-waits'
    | 'host-down'
    | 'host-silent'
    | 'host-waits'
    | 'host-warns';
  /** The job or host. */
  readonly subject: string;
  readonly href: string;
  /** Goes on after the subject: `waits: …`. */
  readonly what: string;
  readonly why: string;
  readonly cure: string;
}

/** Everything that is wrong, the worst first. */
export function troublesOf(
  jobs: readonly JobStatus[],
  nodes: readonly NodeStatus[],
): readonly Trouble[] {
  const silent = silentNodes(nodes);
  const coresOf = new Map(nodes.map(({ id, host }) => [id, host.allocatableCpuCores]));
  const judged = jobs.map((job) => ({ job, ...jobVerdict(job, silent) }));
  const changes = judged.flatMap(({ job, isStale }) => (isStale ? [] : changeTroubles(job)));
  const ofJobs = judged
    .filter(({ verdict, isStale }) => rank(verdict) < rank('at-target') && !isStale)
    .sort((a, b) => rank(a.verdict) - rank(b.verdict))
    .map(({ job, verdict, worst }) => {
      const hostCores = worst?.node == null ? 0 : (coresOf.get(worst.node) ?? 0);
      return jobTrouble(job, { kind: verdict, worst, hostCores });
    });
  const ofNodes = nodes.flatMap((node) => nodeTroubles(node, jobs));
  return [
    ...ofNodes.filter(({ kind }) => kind !== 'host-warns'),
    ...ofJobs,
    ...changes,
    ...ofNodes.filter(({ kind }) => kind === 'host-warns'),
  ];
}

/** That what runs runs on as it was before the job was changed; none = it does not. */
function changeTroubles({ spec: { name }, reasons }: JobStatus): readonly Trouble[] {
  const why = reasons.find(saysRunsOn);
  if (why === undefined) return [];
  return [
    {
      key: `change/${name}`,
      kind: 'change-waits',
      subject: name,
      href: hrefOf({ page: 'job', name }),
      what: 'was changed, and the change waits',
      why: words.sentence(why),
      cure: 'Mend what the reason names: it is then tried again by itself. Or change the job back.',
    },
  ];
}

/** What is judged of a job: its worst allocation, and what its host may give, cores. */
interface Judged {
  readonly kind: Verdict;
  readonly worst: AllocationStatus | null;
  readonly hostCores: number;
}

function jobTrouble(job: JobStatus, { kind, worst, hostCores }: Judged): Trouble {
  const { name } = job.spec;
  const base = { key: `job/${name}`, kind, subject: name, href: hrefOf({ page: 'job', name }) };
  const why = words.sentence(reasonOf(job, worst));
  if (kind === 'failed') {
    const what = isRestarting(worst?.container) ? 'is started again and again' : 'failed';
    return { ...base, what, why, cure: failedCure(job, worst) };
  }
  if (kind === 'pending') return { ...base, ...pendingText(job, worst), why };
  if (worst?.container?.control === 'observe' && (kind === 'slower' || kind === 'faster'))
    return { ...base, ...watchedText(kind, worst) };
  if (kind === 'slower') return { ...base, ...slowerText(job, worst, hostCores) };
  if (kind === 'faster')
    return {
      ...base,
      what: `${CLASS_PHRASES.faster} (${latencyText(worst)})`,
      why,
      cure: 'Nothing to do: its CPU goes to jobs that need it.',
    };
  if (kind === 'unknown' && worst?.target === null)
    return { ...base, what: 'has no target that is known', why, cure: TARGET_CURE };
  const silentMs = worst === null ? null : unansweredMs(worst);
  if (silentMs !== null)
    return {
      ...base,
      what: `has answered nothing for ${words.ageText(silentMs)}`,
      why,
      cure: `Nothing to do where nobody asks it. Else read what it wrote: dqoes job logs ${name}.`,
    };
  return {
    ...base,
    what: 'has no response time yet',
    why,
    cure: why.includes(DOCTOR)
      ? 'Send it requests, where it has none.'
      : `Send it requests. If it has some, see what can be read of it: ${DOCTOR} NAME on its host.`,
  };
}
const DOCTOR = 'dqoes doctor --container';

const CLASS_PHRASES = {
  slower: 'is slower than asked',
  faster: 'answers faster than asked',
} as const;
const TARGET_CURE = 'Read its label dqoes.target: it is missing or not a duration such as 250ms.';
function failedCure({ spec, origin }: JobStatus, worst: AllocationStatus | null): string {
  if (origin === 'label' && worst !== null)
    return (
      `Read what it wrote: docker logs ${words.allocationName(worst)} on ${worst.node}. Then ` +
      'start it again, mended.'
    );
  // It was never made, as where its image cannot be pulled: it has written nothing.
  if (worst?.container?.containerId === null)
    return (
      'Mend what the reason names: on its host, where it is tried again within a minute, or in ' +
      `the job; then submit ${spec.name} again.`
    );
  return `Read what it wrote: dqoes job logs ${spec.name}. Then submit it again, mended.`;
}

function pendingText(
  { state, spec }: JobStatus,
  worst: AllocationStatus | null,
): Pick<Trouble, 'what' | 'cure'> {
  const node = worst?.node ?? null;
  if (node !== null && worst?.container?.state !== 'running')
    return {
      what: 'is being started',
      cure:
        `It has its place on ${node}. If the reason does not pass by itself, as the pull of an ` +
        `image does, mend it and submit ${spec.name} again.`,
    };
  return {
    what: 'waits',
    cure:
      state === 'partial'
        ? 'Some replicas run. Add a host or ask for less, so that the others find a place.'
        : 'Add a host, ask for less CPU or memory, or stop a job that matters less.',
  };
}

/** Nothing is set there, so the reason of a limit says nothing. */
const watchedText = (
  kind: 'slower' | 'faster',
  worst: AllocationStatus,
): Pick<Trouble, 'what' | 'why' | 'cure'> => ({
  what: `${CLASS_PHRASES[kind]} (${latencyText(worst)})`,
  why: words.sentence(`it is only watched (${worst.container?.reason || 'nothing is limited'})`),
  cure:
    `To have it held: control: enforce in /etc/dqoes/agent.yaml on ${worst.node}, then systemctl ` +
    'reload dqoes-agent; or take away its own label dqoes.control=observe.',
});

function slowerText(
  { spec }: JobStatus,
  worst: AllocationStatus | null,
  hostCores: number,
): Pick<Trouble, 'what' | 'why' | 'cure'> {
  const what = `${CLASS_PHRASES.slower} (${latencyText(worst)})`;
  const out = worst?.unreachable;
  if (out === undefined)
    return {
      what,
      why: words.sentence(worst?.reason ?? ''),
      cure: 'It may still be settling. If it lasts, give its host less to do or raise its target.',
    };
  const raise = out.reachableMs === null ? '' : ` to ${words.msText(out.reachableMs)} or more`;
  const cure = outOfReachCure(`${spec.name}${raise}`, out.neededCores, hostCores);
  return { what, why: words.sentence(out.reason), cure };
}

/** `raised`: the job, and to what its target could be raised. */
function outOfReachCure(raised: string, neededCores: number | null, hostCores: number): string {
  if (neededCores === null) return `No amount of CPU meets it: raise the target of ${raised}.`;
  const needed = words.coresText(neededCores);
  // Alone there it would be met: what is in its way is what others have.
  return neededCores <= hostCores
    ? `It takes ${needed}, which others on its host have: give that host less to do, give the ` +
        `job more weight, or raise the target of ${raised}.`
    : `Raise the target of ${raised}, or give it ${needed} on a host that has it.`;
}

function latencyText(worst: AllocationStatus | null): string {
  const target = worst?.target ?? null;
  if (worst === null || target === null) return words.msText(worst?.latencyMs);
  const bound = target.mode === 'ceiling' ? 'at most ' : '';
  return (
    `${words.msText(worst.latencyMs)} ${words.statisticText(target.statistic)}, asked for ` +
    `${bound}${words.msText(target.latencyMs)}`
  );
}

/** Why a job is as it is, in the words of the coordinator or of its agent. */
export function reasonOf(job: JobStatus, worst: AllocationStatus | null): string {
  const container = worst?.container;
  if (container !== null && container !== undefined && container.reason !== '')
    return container.reason;
  return worst === null || worst.reason === '' ? job.reasons.join('; ') : worst.reason;
}

function nodeTroubles(node: NodeStatus, jobs: readonly JobStatus[]): readonly Trouble[] {
  const { id, liveness, ageMs, isWaiting, warnings } = node;
  const base = { subject: id, href: hrefOf({ page: 'node', id }) };
  const found: Trouble[] = [];
  if (isWaiting === true)
    found.push({
      ...base,
      key: `waits/${id}`,
      kind: 'host-waits',
      what: 'waits to be approved',
      why: 'it takes no jobs before.',
      cure: `If it is yours: dqoes node approve ${id}, or the button on its page.`,
    });
  if (liveness !== 'ready')
    found.push({
      ...base,
      key: `silent/${id}`,
      kind: liveness === 'down' ? 'host-down' : 'host-silent',
      what: liveness === 'down' ? 'is down' : 'is silent',
      why: `last heard ${words.ageText(ageMs)} ago${jobsThere(id, jobs)}${leftThere(warnings)}.`,
      cure: 'See that the host runs and its agent too: systemctl status dqoes-agent.',
    });
  else if (warnings.length > 0)
    found.push({
      ...base,
      key: `warns/${id}`,
      kind: 'host-warns',
      what: `has ${words.counted(warnings.length, 'warning')}`,
      why: words.sentence(warnings.at(-1) ?? ''),
      cure: '',
    });
  return found;
}

/** What was stopped, or moved away, while the host is silent. */
function leftThere(warnings: readonly string[]): string {
  const left = warnings.find((each) => each.startsWith(LEFT_BEHIND));
  return left === undefined ? '' : `; ${words.visible(left)}`;
}

function jobsThere(id: string, jobs: readonly JobStatus[]): string {
  const there = jobs.filter(({ allocations }) => allocations.some(({ node }) => node === id));
  if (there.length === 0) return '';
  return there.length === 1
    ? '; how the job there does is not known until it is heard again'
    : `; how the ${there.length} jobs there do is not known until it is heard again`;
}
