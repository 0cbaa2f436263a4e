import type { AllocationStatus } from '../../proto/schemas/status.js';
import { allAllocations } from '../../proto/service-lists.js';
import { parseJobName } from '../../shared/ids.js';
import { nameMeant } from '../../shared/nearest.js';
import { err, ok, type Result } from '../../shared/result.js';
import { isAbout } from '../events/event.js';
import { eventsSince } from '../events/since.js';
import type { Session } from '../shell/session.js';
import { entriesOf, type StoryEntry } from './entries.js';
import { jobLines, presentLines, storyLines } from './story.js';

/** What happened to a job, and how it is now. */
export interface JobStory {
  /** Oldest first. */
  readonly entries: readonly StoryEntry[];
  /** false = the event stream stopped answering before all events were read. */
  readonly complete: boolean;
  /** Its allocations; undefined = there is no job of that name. */
  readonly now: readonly AllocationStatus[] | undefined;
  /** What its status says beside. */
  readonly reasons: readonly string[];
}

/** How far back a story goes where nothing else is said, ms. */
export const STORY_MS = 3_600_000;

/** Reads the story of a job from a moment (Unix time, ms) on; a fault where nobody knows it. */
export async function readStory(
  session: Session,
  asked: { readonly name: string; readonly fromMs: number },
): Promise<Result<JobStory>> {
  const [now, past] = await Promise.all([present(session, asked.name), events(session, asked)]);
  if (!now.ok) return now;
  if (!past.ok) return past;
  const { jobs, ...story } = now.value;
  if (story.now === undefined && past.value.entries.length === 0)
    return err([unknownJob(asked.name, jobs)]);
  return ok({ ...past.value, ...story });
}

/** The story as lines for people: what happened, then the present state. */
export function storyTexts(
  { entries, now = [], reasons }: JobStory,
  wallMs: number,
): readonly string[] {
  const present = [...now.flatMap(presentLines), ...jobLines(reasons, now)];
  const gap = entries.length > 0 && present.length > 0 ? [''] : [];
  return [...storyLines(entries, wallMs), ...gap, ...present];
}

interface Present extends Pick<JobStory, 'now' | 'reasons'> {
  /** Names of the jobs that there are, where there is none of that name. */
  readonly jobs: readonly string[];
}

async function present(session: Session, name: string): Promise<Result<Present>> {
  const parsed = parseJobName(name);
  if (!parsed.ok) return err([{ code: 'cli.usage', field: 'name', message: parsed.error }]);
  const status = await session.call('job-status', { name: parsed.value });
  if (status.ok) {
    const { allocations: now, reasons } = status.value.job;
    return ok({ now, reasons, jobs: [] });
  }
  if (!status.error.some(({ code }) => code === 'service.not-found')) return status;
  // An adopted container whose labels name no good target belongs to no job that has a status.
  const listed = await allAllocations(session);
  if (!listed.ok) return listed;
  const adopted = listed.value.filter(({ job }) => job === name);
  const jobs = listed.value.map(({ job }) => job);
  return ok({ now: adopted.length === 0 ? undefined : adopted, reasons: [], jobs });
}

async function events(
  { bus, cluster, subjects }: Session,
  { name, fromMs }: { readonly name: string; readonly fromMs: number },
): Promise<Result<Pick<JobStory, 'entries' | 'complete'>>> {
  const past = await eventsSince(bus, {
    cluster,
    subjects: [subjects.event('job', '*'), subjects.event('allocation', '*')],
    fromMs,
    wanted: (event) => isAbout(event, name),
  });
  if (!past.ok) return past;
  const entries = past.value.events.flatMap(({ known }) =>
    known === undefined ? [] : entriesOf(known),
  );
  return ok({ entries, complete: past.value.complete });
}

const unknownJob = (name: string, jobs: readonly string[]) => ({
  code: 'service.not-found',
  field: 'name',
  message:
    `there is no job ${name}${nameMeant(name, jobs)} and no decision about one: list the jobs ` +
    'with dqoes job ls',
});
