import { err, type Fault, ok, type Result } from '../shared/result.js';
import { readerOf, readWhole } from './codec/check.js';
import { decodeJson, encodeJson } from './codec/json.js';
import { EVENT_MAX_BYTES } from './codec/limits.js';
import { cloudEvent, type DqoesEvent, type EventType, eventData } from './schemas/event.js';
import type { EventEntity, Subjects } from './subjects.js';

const frameReader = readerOf(cloudEvent);
const dataReader = readerOf(eventData);

/** Where an event is published: `dqoes.job.class-changed` → `….evt.job.class-changed`. */
export function eventSubject(subjects: Subjects, type: EventType): string {
  const [, entity = '', what = ''] = type.split('.');
  return subjects.event(entity as EventEntity, what);
}

/** What the event is about: the job, the node or the coordinator. */
export function eventAbout(event: DqoesEvent): string {
  if ('job' in event.data) return event.data.job;
  return 'node' in event.data ? event.data.node : event.data.coordinator;
}

/** CloudEvents 1.0 in JSON, structured mode (https://github.com/cloudevents/spec). */
export const encodeEvent = (event: DqoesEvent): Uint8Array =>
  encodeJson({
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    subject: eventAbout(event),
    time: new Date(event.timeMs).toISOString(),
    datacontenttype: 'application/json',
    data: event.data,
  });

/** Never throws. A type this version does not know is a `wire.schema` fault of the field `type`. */
export function decodeEvent(bytes: Uint8Array): Result<DqoesEvent, Fault> {
  const frame = decodeJson({ reader: frameReader, maxBytes: EVENT_MAX_BYTES }, bytes);
  if (!frame.ok) return frame;
  const { type, id, source, time, data } = frame.value;
  const checked = readWhole(dataReader, { [type]: data });
  if (!checked.ok) return err(checked.error);
  return ok({
    type,
    id,
    source,
    timeMs: Date.parse(time),
    data: checked.value[type],
  } as DqoesEvent);
}
