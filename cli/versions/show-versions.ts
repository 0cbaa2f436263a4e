import { allNodes } from '../../proto/service-lists.js';
import { ok, type Result } from '../../shared/result.js';
import { versionWith } from '../../shared/version.js';
import type { ExitCode } from '../output/faults.js';
import { NAME_FIT } from '../output/fit.js';
import { NO_VALUE } from '../output/format.js';
import type { Column } from '../output/table.js';
import type { App } from '../shell/app.js';
import type { ShowFlags } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { type ListView, showListing } from '../shell/show.js';
import { type ClusterPart, partsOf, type SkewFinding, skewFinding } from './parts.js';

const COLUMNS: readonly Column<ClusterPart>[] = [
  { title: 'PROGRAM', cell: ({ program }) => program },
  { title: 'NAME', ...NAME_FIT, cell: ({ name }) => (name === '' ? NO_VALUE : name) },
  { title: 'VERSION', cell: ({ version }) => version ?? 'not said' },
  { title: 'BUILD', optional: true, cell: ({ build }) => build ?? NO_VALUE },
  { title: 'STATE', cell: ({ state }) => (state === '' ? NO_VALUE : state) },
];

/** What this program says of itself: its version, with its build where that is known. */
export const ownVersion = ({ version, build = '' }: App): string => versionWith(version, build);

/** What `dqoes version` knows: every part with its version, and how they get on. */
export interface Versions {
  readonly parts: readonly ClusterPart[];
  readonly skew: SkewFinding;
}

/** Asks a cluster for the versions of its parts. */
export async function readVersions(
  session: Pick<Session, 'call' | 'natsVersion'>,
  cli: string,
): Promise<Result<Versions>> {
  const policy = await session.call('policy-get', {});
  if (!policy.ok) return policy;
  const listed = await allNodes(session);
  if (!listed.ok) return listed;
  const { programs, nowMs } = policy.value;
  const parts = partsOf({
    cli,
    natsServer: session.natsVersion,
    programs: nowMs === undefined ? undefined : programs,
    nodes: listed.value,
  });
  return ok({ parts, skew: skewFinding(parts) });
}

/**
 * `dqoes version`: prints every part of the cluster with its version. Where there is no cluster,
 * its own version and why, with the exit code of that.
 */
export async function runVersion(app: App, flags: ShowFlags): Promise<ExitCode> {
  let hasShown = false;
  const code = await withSession(app, flags, async (session) => {
    const found = await readVersions(session, ownVersion(app));
    if (!found.ok) return refuse(app, found.error);
    hasShown = true;
    const shown = await showListing(app, flags, async () => ok(listOf(found.value)));
    const { text, cure } = found.value.skew;
    if (text !== '') app.output.problem(`${text}: ${cure}.`);
    return shown;
  });
  if (!hasShown) {
    const { version, build } = app;
    const own = build === undefined || build === '' ? {} : { build };
    const parts: readonly ClusterPart[] = [
      { program: 'cli', name: '', version, ...own, state: '' },
    ];
    const alone = listOf({ parts, skew: skewFinding(parts) });
    await showListing(app, flags, async () => ok(alone));
  }
  return code;
}

const listOf = ({ parts, skew }: Versions): ListView<ClusterPart> => ({
  columns: COLUMNS,
  rows: parts,
  answer: { parts, skew },
  nameOf: ({ program, name, version }) => [program, name, version ?? ''].filter(Boolean).join(' '),
  whenEmpty: '',
});
