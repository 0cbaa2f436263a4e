import { rmSync } from 'node:fs';
import { loadCoordinatorConfig } from '../../coordinator/config.js';
import { lineText } from '../../lab/recording/lines.js';
import {
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type RecordingHeader,
} from '../../lab/recording/types.js';
import { allJobs } from '../../proto/service-lists.js';
import type { Fault } from '../../shared/result.js';
import { formatBytes, formatDurationMs } from '../../shared/units.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import type { ClusterFlags } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { LineSink } from './record-lines.js';
import { RecordingWriter } from './recording-writer.js';

/** The flags of `dqoes lab record`. */
export interface LabRecordFlags extends ClusterFlags {
  readonly out: string;
  /** ms */
  readonly for?: number;
  readonly config?: string;
}

/**
 * Interval between two looks: each asks for the policy and flushes the file; some print progress.
 */
const POLL_MS = 5000;
const LOOKS_PER_MESSAGE = 6;

/**
 * `dqoes lab record`: exit code 0 recorded, 1 nothing came or the file could not be written, 2 bad
 * usage.
 */
export async function runLabRecord(app: App, flags: LabRecordFlags): Promise<ExitCode> {
  const config =
    flags.config === undefined ? undefined : loadCoordinatorConfig({ file: flags.config });
  if (config?.ok === false) return refuse(app, config.error, flags.config);
  const params = config?.value.params ?? null;
  const writer = RecordingWriter.open(flags.out);
  if (!writer.ok) return refuse(app, [notWritten(flags.out, writer.error)]);
  const request = { flags, params, writer: writer.value };
  const code = await withSession(app, flags, (session) => record(app, session, request));
  await writer.value.close();
  // It was never connected: an empty file would be in the way of the next try.
  if (writer.value.written === 0) rmSync(flags.out, { force: true });
  return code;
}

const notWritten = (path: string, why: string): Fault => ({
  code: 'cli.usage',
  field: '--out',
  message: `--out ${path}: ${why}`,
});

interface RecordRequest {
  readonly writer: RecordingWriter;
  readonly flags: LabRecordFlags;
  readonly params: RecordingHeader['params'];
}

async function record(
  app: App,
  session: Session,
  { flags, params, writer }: RecordRequest,
): Promise<ExitCode> {
  const policy = await session.call('policy-get', {});
  if (!policy.ok)
    app.output.message(
      'The coordinator does not answer: recording without its policy and its decisions so far.',
    );
  const startMs = app.clock.now();
  const header: RecordingHeader = {
    kind: 'header',
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    cluster: session.cluster,
    startedAt: new Date(app.clock.wall()).toISOString(),
    policy: policy.ok ? policy.value.policy : null,
    params,
    recorder: app.version,
  };
  writer.line(lineText(header));
  const nowMs = (): number => Math.round((app.clock.now() - startMs) * 1000) / 1000;
  const sink = new LineSink({
    subjects: session.subjects,
    nowMs,
    write: (line) => writer.line(line),
  });
  if (policy.ok) sink.policyIs(policy.value.policy);
  const { bus, subjects } = session;
  const subscriptions = [
    bus.subscribe(subjects.allTelemetry, (message) => sink.report(message)),
    bus.subscribe(subjects.allCommands, (message) => sink.command(message)),
    bus.subscribe(subjects.allEvents, (message) => sink.event(message)),
  ];
  const jobs = policy.ok ? await allJobs(session) : policy;
  if (jobs.ok) sink.baseline(jobs.value);
  app.output.message(
    `Recording into ${flags.out}${flags.for === undefined ? '; Ctrl-C stops' : ''}.`,
  );
  await untilEnd(app, session, {
    writer,
    sink,
    endMs: startMs + (flags.for ?? Number.POSITIVE_INFINITY),
  });
  for (const subscription of subscriptions) subscription.unsubscribe();
  await writer.close();
  if (session.bus.state === 'closed') app.output.problem('The connection to NATS was closed.');
  return conclude(app, { writer, sink, flags, elapsedMs: nowMs() });
}

interface Going {
  readonly writer: RecordingWriter;
  readonly sink: LineSink;
  readonly endMs: number;
}

async function untilEnd(app: App, session: Session, { writer, sink, endMs }: Going): Promise<void> {
  for (let look = 1; ; look += 1) {
    const leftMs = endMs - app.clock.now();
    if (
      app.signal.aborted ||
      leftMs <= 0 ||
      writer.problem !== undefined ||
      session.bus.state === 'closed'
    )
      return;
    await app.clock.sleep(Math.min(POLL_MS, leftMs), app.signal);
    if (app.signal.aborted) return;
    writer.flush();
    // Not awaited: a missing coordinator must not delay the end.
    void session.call('policy-get', {}).then((policy) => {
      if (policy.ok) sink.policyIs(policy.value.policy);
    });
    if (look % LOOKS_PER_MESSAGE === 0) app.output.message(countText(writer, sink));
  }
}

function countText(writer: RecordingWriter, sink: LineSink): string {
  const { reports, nodes, desired, events } = sink.counts;
  const parts = [
    `${counted(reports, 'report')} of ${counted(nodes, 'node')}`,
    counted(desired, 'desired state'),
    counted(events, 'event'),
    `${formatBytes(writer.written)} of text`,
  ];
  return parts.join(', ');
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

interface Ended {
  readonly writer: RecordingWriter;
  readonly sink: LineSink;
  readonly flags: LabRecordFlags;
  readonly elapsedMs: number;
}

function conclude(app: App, { writer, sink, flags, elapsedMs }: Ended): ExitCode {
  const { reports, rejected } = sink.counts;
  app.output.message(`Recorded ${formatDurationMs(elapsedMs)}: ${countText(writer, sink)}.`);
  if (rejected > 0) app.output.problem(`${rejected} messages could not be read and are left out.`);
  if (writer.dropped > 0)
    app.output.problem(`${writer.dropped} lines were dropped: the disk was too slow.`);
  if (writer.problem !== undefined) {
    app.output.problem(`${flags.out} cannot be written (${writer.problem})`);
    return 1;
  }
  if (reports > 0) return 0;
  app.output.problem(
    'No report arrived: is an agent of this cluster running, and is --cluster right?',
  );
  return 1;
}
