import type { AllocationStatus } from '../../proto/schemas/status.js';
import { allAllocations } from '../../proto/service-lists.js';
import { eventsOf, StreamReader } from '../../proto/stream-reader.js';
import { parseJobName } from '../../shared/ids.js';
import { nameMeant } from '../../shared/nearest.js';
import { err, ok, type Result } from '../../shared/result.js';
import { isAbout, readEvent } from '../events/event.js';
import { eachSince, type Reading, type ReadingEnd } from '../events/since.js';
import { orAborted } from '../shell/aborted.js';
import type { Session } from '../shell/session.js';
import { entriesOf, type StoryEntry } from './entries.js';
import { jobLines, presentLines, storyLines } from './story.js';

/** How a job is now. */
export interface JobNow {
  /** Its allocations; undefined = there is no job of that name. */
  readonly now: readonly AllocationStatus[] | undefined;
  /** What its status says beside. */
  readonly reasons: readonly string[];
}
/** What happened to a job, and how it is now. */
export interface JobStory extends JobNow {
  /** Oldest first. */
  readonly entries: readonly StoryEntry[];
  /** false = the event stream stopped answering before all events were read. */
  readonly complete: boolean;
}

/** How far back a story goes where nothing else is said, ms. */
export const STORY_MS = 3_600_000;

/** Whose story is asked for, from a moment (Unix time, ms) on. */
export interface StoryQuestion {
  readonly name: string;
  readonly fromMs: number;
}
/** Who gets the story of a job. */
export interface StoryReader extends Reading {
  /** How it is now; called once, before all entries. */
  readonly onNow?: (now: JobNow) => void;
  /** Gets the entries one by one, oldest first. */
  readonly onEntry: (entry: StoryEntry) => void;
}

/** Reads the story of a job; a fault where nobody knows it. */
export async function readStory(session: Session, asked: StoryQuestion): Promise<Result<JobStory>> {
  const entries: StoryEntry[] = [];
  let present: JobNow = { now: undefined, reasons: [] };
  const read = await tellStory(session, asked, {
    signal: new AbortController().signal,
    onNow: (now) => {
      present = now;
    },
    onEntry: (entry) => entries.push(entry),
  });
  if (!read.ok) return read;
  return ok({ ...present, entries, complete: read.value === 'whole' });
}

/**
 * Hands on the story of a job as it is read: few entries are held. A fault where nobody knows the
 * job, or where nothing can be read.
 */
export async function tellStory(
  session: Session,
  { name, fromMs }: StoryQuestion,
  { onNow = () => {}, onEntry, ...reading }: StoryReader,
): Promise<Result<ReadingEnd>> {
  const known = await orAborted(present(session, name), reading.signal);
  if (known === undefined) return ok('ended');
  if (!known.ok) return known;
  const { jobs, ...now } = known.value;
  onNow(now);
  let isQuiet = true;
  const { bus, cluster, subjects } = session;
  const read = await eachSince(
    new StreamReader(bus, eventsOf(cluster)),
    {
      subjects: [subjects.event('job', '*'), subjects.event('allocation', '*')],
      fromMs,
      take: ({ data }) => {
        const event = readEvent(data);
        if (event?.known === undefined || !isAbout(event, name)) return;
        for (const entry of entriesOf(event.known)) {
          isQuiet = false;
          onEntry(entry);
        }
      },
    },
    reading,
  );
  if (!read.ok) return read;
  const { end } = read.value;
  const isUnknown = now.now === undefined && isQuiet && end === 'whole';
  return isUnknown ? err([unknownJob(name, jobs)]) : ok(end);
}

/** The story as lines for people: what happened, then the present state. */
export function storyTexts({ entries, ...present }: JobStory, wallMs: number): readonly string[] {
  const lines = storyLines(entries, wallMs);
  return [...lines, ...presentTexts(present, lines.length > 0)];
}

/** The present state as lines for people. `hasStory`: lines of it stand before, with a gap. */
export function presentTexts({ now = [], reasons }: JobNow, hasStory: boolean): readonly string[] {
  const present = [...now.flatMap(presentLines), ...jobLines(reasons, now)];
  return hasStory && present.length > 0 ? ['', ...present] : present;
}

interface Present extends JobNow {
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

const unknownJob = (name: string, jobs: readonly string[]) => ({
  code: 'service.not-found',
  field: 'name',
  message:
    `there is no job ${name}${nameMeant(name, jobs)} and no decision about one: list the jobs ` +
    'with dqoes job ls',
});
