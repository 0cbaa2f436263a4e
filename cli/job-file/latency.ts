import {
  DEFAULT_LOG_PATTERN,
  LATENCY_SOURCES,
  LATENCY_UNITS,
  PROBE_METHODS,
} from '../../shared/job.js';
import {
  FIELDS_OF,
  parseBody,
  parseMatchText,
  parseMetricName,
  parsePath,
  parsePort,
  parsePresetName,
  SOURCE_FIELDS,
  type SourceFields,
  sourceTrouble,
} from '../../shared/metrics/source.js';
import type { RuleFault } from '../../shared/schema/types.js';
import { defaulted, mapping, oneOf, optional, scalar } from '../../shared/schema/words.js';
import { logPattern } from './values.js';

const preset = scalar(parsePresetName, { type: 'string' }, 'name');
const metric = scalar(parseMetricName, { type: 'string' }, 'name, or `sum/count`');
const port = scalar(parsePort, { type: 'integer', minimum: 1, maximum: 65_535 }, '1 to 65535');
const path = scalar(parsePath, { type: 'string', pattern: '^/' }, 'path');
const match = scalar(parseMatchText, { type: 'string' }, '`label="value"`, …');
const body = scalar(parseBody, { type: 'string', maxLength: 4096 }, 'text');

/** A key that the source does not have, or keys that do not go together. */
function sourceRule(fields: SourceFields): RuleFault | undefined {
  const { source } = fields;
  const unused = SOURCE_FIELDS.find(
    (field) => fields[field] !== undefined && !FIELDS_OF[source].includes(field),
  );
  if (unused === undefined) return sourceTrouble(fields);
  const sources = LATENCY_SOURCES.filter((each) => FIELDS_OF[each].includes(unused)).join(' or ');
  return { field: unused, message: `belongs to source: ${sources}, not to ${source}; remove it` };
}

/** Where the response time of a job is read. */
export const latency = mapping(
  {
    source: defaulted(
      oneOf(LATENCY_SOURCES),
      'log',
      "log lines, the server's own metrics endpoint, observations sent to the agent, or requests " +
        "of the agent's own: [latency.md](latency.md)",
    ),
    pattern: optional(
      logPattern,
      'where a log line holds the time: the group `value`; only with `source: log`',
      `\`${DEFAULT_LOG_PATTERN}\``,
    ),
    unit: optional(
      oneOf(LATENCY_UNITS),
      'unit of that number; with `source: prometheus` that of `metric`, where its name does not ' +
        'end in it',
      '`ms`',
    ),
    preset: optional(
      preset,
      'the server, with `source: prometheus`: `vllm`, `triton`, …',
      'as the metrics say',
    ),
    metric: optional(
      metric,
      'instead of a preset; with `source: push` the OpenTelemetry histogram that is meant',
      "the preset's",
    ),
    port: optional(
      port,
      'port inside the container; with `prometheus` and `probe`',
      "the preset's, or the only one exposed",
    ),
    path: optional(
      path,
      'path of the metrics endpoint, or of the probe',
      "the preset's, or `/metrics`; `/`",
    ),
    match: optional(
      match,
      'which model of a server counts; only with `source: prometheus`',
      'all label sets',
    ),
    method: optional(oneOf(PROBE_METHODS), 'of a probe', '`GET`, `POST` with a body'),
    body: optional(body, 'JSON that a probe sends, at most 4096 characters'),
  },
  { rule: sourceRule },
);
