import {
  DEFAULT_LOG_PATTERN,
  LATENCY_UNITS,
  type LatencySourceSpec,
  type LatencyUnit,
  type ProbeMethod,
} from '../job.js';
import { nearestOf } from '../nearest.js';
import { err, ok, type Result } from '../result.js';
import { textTrouble } from '../text.js';
import { parseMatch } from './match.js';
import { findPreset, PRESET_NAMES } from './presets.js';

/**
 * Everything that a job file or labels may say of a latency source, each already checked by itself.
 */
export interface SourceFields {
  readonly source: LatencySourceSpec['source'];
  readonly pattern?: string | undefined;
  readonly unit?: LatencyUnit | undefined;
  readonly preset?: string | undefined;
  readonly metric?: string | undefined;
  readonly port?: number | undefined;
  readonly path?: string | undefined;
  readonly match?: string | undefined;
  readonly method?: ProbeMethod | undefined;
  readonly body?: string | undefined;
}
export type SourceField = Exclude<keyof SourceFields, 'source'>;

/** Which keys mean something to a source. */
export const FIELDS_OF: Readonly<Record<LatencySourceSpec['source'], readonly SourceField[]>> = {
  log: ['pattern', 'unit'],
  prometheus: ['preset', 'metric', 'unit', 'port', 'path', 'match'],
  push: ['metric'],
  probe: ['port', 'path', 'method', 'body'],
};
export const SOURCE_FIELDS: readonly SourceField[] = [...new Set(Object.values(FIELDS_OF).flat())];

/** Larger bodies of a probe are refused, characters. */
const MAX_BODY_LENGTH = 4096;
const MAX_PATH_LENGTH = 512;
const METRIC_NAME = /^[A-Za-z_:][A-Za-z0-9_:.]{0,199}$/;
const shown = (text: string): string => JSON.stringify(text.slice(0, 60));

/** The name of a preset, in any spelling that `findPreset` knows. */
export function parsePresetName(text: string): Result<string, string> {
  const found = findPreset(text);
  if (found !== undefined) return ok(found);
  const near = nearestOf(text, PRESET_NAMES);
  return err(
    `${shown(text)} is no preset: ` +
      `${near === undefined ? `use one of ${PRESET_NAMES.join(', ')}` : `did you mean ${near}?`}`,
  );
}

/** A metric's name, or two counters as `sum/count`. */
export function parseMetricName(text: string): Result<string, string> {
  const names = text.split('/').map((name) => name.trim());
  if (names.length <= 2 && names.every((name) => METRIC_NAME.test(name)))
    return ok(names.join('/'));
  return err(
    `${shown(text)} is not a metric: write its name as on the page, or two counters as sum/count`,
  );
}

/** A port inside a container. */
export function parsePort(text: string): Result<number, string> {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535
    ? ok(port)
    : err(`${shown(text)} is not a port: write a number from 1 to 65535`);
}

/**
 * The path of a request, with a query where it has one; nothing that could lead to another host.
 */
export function parsePath(text: string): Result<string, string> {
  if (text.length <= MAX_PATH_LENGTH && /^\/(?!\/)[\x21-\x7e]*$/.test(text)) return ok(text);
  return err(`${shown(text)} is not a path: write it from the slash, such as /metrics`);
}

/** Label sets such as `model="face"`, checked and trimmed. */
export function parseMatchText(text: string): Result<string, string> {
  const parsed = parseMatch(text);
  return parsed.ok ? ok(text.trim()) : parsed;
}

/** The body of a probe. */
export function parseBody(text: string): Result<string, string> {
  const trouble = textTrouble(text, MAX_BODY_LENGTH);
  return trouble === '' ? ok(text) : err(trouble);
}

/** A metric says its unit by how its name ends. */
export function unitIn(name: string): LatencyUnit | undefined {
  const plain =
    name
      .split('/')[0]
      ?.trim()
      .replace(/_total$/, '') ?? '';
  if (/[_.](?:us|microseconds|usec)$/.test(plain)) return 'us';
  if (/[_.](?:ms|milliseconds|msec)$/.test(plain)) return 'ms';
  return /[_.](?:s|seconds|sec)$/.test(plain) ? 's' : undefined;
}

/** What is wrong with keys that are right by themselves; undefined = nothing. */
export function sourceTrouble(
  fields: SourceFields,
): { readonly field: SourceField; readonly message: string } | undefined {
  if (fields.source !== 'prometheus') {
    const hasBodyInGet =
      fields.source === 'probe' && fields.body !== undefined && fields.method === 'GET';
    return hasBodyInGet
      ? { field: 'method', message: 'a request with a body is a POST: write POST, or remove it' }
      : undefined;
  }
  const { preset, metric, unit } = fields;
  if (preset !== undefined && metric !== undefined)
    return {
      field: 'metric',
      message: `the preset ${preset} has its own metric: remove one of the two`,
    };
  if (metric === undefined && unit !== undefined)
    return { field: 'unit', message: 'a preset has its own unit: remove it, or name the metric' };
  if (metric !== undefined && unit === undefined && unitIn(metric) === undefined)
    return {
      field: 'metric',
      message: `${metric} does not say its unit: set the unit, one of ${LATENCY_UNITS.join(', ')}`,
    };
  return undefined;
}

/** The source as the agent takes it; keys that mean nothing to it are left out. */
export function sourceOf(fields: SourceFields): LatencySourceSpec {
  const { source, pattern, unit } = fields;
  if (source === 'log')
    return { source, pattern: pattern ?? DEFAULT_LOG_PATTERN, unit: unit ?? 'ms' };
  const given = FIELDS_OF[source].flatMap((field) =>
    fields[field] === undefined ? [] : [[field, fields[field]]],
  );
  return { source, ...Object.fromEntries(given) } as LatencySourceSpec;
}
