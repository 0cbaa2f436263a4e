import type { ProgramReport } from '../../proto/schemas/service.js';
import type { NodeStatus } from '../../proto/schemas/status.js';
import { firstNames } from '../../shared/text.js';
import { isOlder, partedVersion, type Skew, skewOf } from '../../shared/version.js';

/** A part of a cluster and its version. */
export interface ClusterPart {
  readonly program: 'cli' | 'nats-server' | 'coordinator' | 'agent' | 'console';
  /** '' = there is only one. */
  readonly name: string;
  /** null = it does not say it. */
  readonly version: string | null;
  /** Which build of the version; absent = it does not say it. */
  readonly build?: string;
  /** `leads`, `stands by`, or the liveness of a node; '' = nothing to say. */
  readonly state: string;
}

/** What the parts of a cluster answer. */
export interface ClusterAnswers {
  /** With its build where that is known. */
  readonly cli: string;
  /** '' = it does not say it. */
  readonly natsServer: string;
  /** Absent = a coordinator of 0.1.0, which says nothing of itself. */
  readonly programs?: readonly ProgramReport[] | undefined;
  readonly nodes: readonly Pick<NodeStatus, 'id' | 'agentVersion' | 'liveness'>[];
}

const ROLES = { leads: 'leads', 'stands-by': 'stands by' } as const;

/** The parts of a cluster: this program, NATS, coordinators, agents, consoles. */
export function partsOf({
  cli,
  natsServer,
  programs = [{ program: 'coordinator', name: '', version: '', role: 'leads', ageMs: 0 }],
  nodes,
}: ClusterAnswers): readonly ClusterPart[] {
  const of = (wanted: ProgramReport['program']): readonly ClusterPart[] =>
    programs
      .filter(({ program }) => program === wanted)
      .map(({ program, name, version, role }) => {
        const state = role === undefined ? '' : ROLES[role];
        return { program, name, ...said(version), state };
      });
  return [
    { program: 'cli', name: '', ...said(cli), state: '' },
    { program: 'nats-server', name: '', ...said(natsServer), state: '' },
    ...of('coordinator'),
    ...nodes.map(({ id, agentVersion, liveness }): ClusterPart => {
      return { program: 'agent', name: id, ...said(agentVersion), state: liveness };
    }),
    ...of('console'),
  ];
}

function said(text: string): Pick<ClusterPart, 'version' | 'build'> {
  const { version, build } = partedVersion(text);
  return { version: version === '' ? null : version, ...(build === '' ? {} : { build }) };
}

/** How the versions of the parts of dqoes get on, in words. */
export interface SkewFinding {
  readonly skew: Skew;
  /** One sentence; '' = nothing to say. */
  readonly text: string;
  /** What to do; '' = nothing. */
  readonly cure: string;
}

/**
 * Compares the parts of dqoes; NATS has versions of its own. Nodes that are down do not count: they
 * start with what is installed then.
 */
export function skewFinding(parts: readonly ClusterPart[]): SkewFinding {
  const ours = parts.filter(({ program, state }) => program !== 'nats-server' && state !== 'down');
  const known = ours.flatMap((part) => (part.version === null ? [] : [part.version]));
  const skew = skewOf(known);
  if (skew === 'none') return { skew, ...buildFinding(ours) };
  const newest = known.reduce((a, b) => (isOlder(a, b) ? b : a));
  const behind = ours.filter(({ version }) => version !== null && version !== newest);
  const text = `${listed(behind.map(nameOf))} not of ${newest}`;
  if (skew === 'mixed') return { skew, text, cure: `upgrade to ${newest} when it suits` };
  if (skew === 'unknown') return { skew, text, cure: 'see which build that is' };
  return {
    skew,
    text: `${text}, and more than one release apart`,
    cure: `upgrade to ${newest} now, release by release: nobody has tried these together`,
  };
}

/** All are of one version: who is of another build of it than this program, as far as they say. */
function buildFinding(parts: readonly ClusterPart[]): Pick<SkewFinding, 'text' | 'cure'> {
  const own = parts.find(({ program }) => program === 'cli')?.build;
  const others = parts.filter(({ build }) => build !== undefined && build !== own);
  if (own === undefined || others.length === 0) return { text: '', cure: '' };
  const names = others.map(({ build = '', ...part }) => `${titleOf(part)} (build ${build})`);
  return { text: `${listed(names)} not of build ${own}`, cure: 'upgrade the older when it suits' };
}

const listed = (names: readonly string[]): string => firstNames(names, 3);

const titleOf = ({ program, name }: Pick<ClusterPart, 'program' | 'name'>): string =>
  name === '' ? program : `${program} ${name}`;
const nameOf = (part: ClusterPart): string => `${titleOf(part)} (${part.version})`;
