import { DEFAULT_LOG_PATTERN, type LatencyUnit } from '../../shared/job.js';
import { summarise } from '../../shared/samples.js';
import { readLine } from '../observe/log-line.js';

/** A way in which servers write response times. */
export interface LogForm {
  readonly name: string;
  readonly pattern: string;
  readonly unit: LatencyUnit;
}

/** Tried in this order. */
export const LOG_FORMS: readonly LogForm[] = [
  { name: 'JSON lines with "ms"', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
  {
    name: 'JSON lines with "duration_ms"',
    pattern: '"(?:duration|latency|elapsed)_?[mM]s":\\s*(?<value>[0-9.]+)',
    unit: 'ms',
  },
  {
    name: 'access log of Gin (Ollama, LocalAI)',
    pattern: '\\[GIN\\][^|]*\\| 200 \\|\\s*(?<value>[0-9a-zµ.]+)\\s*\\|[^|]*\\| POST',
    unit: 'ms',
  },
  {
    name: 'key=value with a duration',
    pattern: '\\b(?:duration|latency|elapsed|took)=(?<value>[0-9.]+(?:us|µs|ms|s))\\b',
    unit: 'ms',
  },
];

/** A form of log line that holds response times. */
export interface LogFinding {
  readonly form: LogForm;
  readonly lines: number;
  readonly requests: number;
  readonly meanMs: number;
}

/** Finds the first known form of log line with response times; null = none. */
export function findInLog(lines: readonly string[]): LogFinding | null {
  for (const form of LOG_FORMS) {
    const found = readForm(lines, form, new RegExp(form.pattern));
    if (found !== null) return found;
  }
  return null;
}

/** Reads lines by one form, as the agent does; null = no line holds a response time. */
export function readForm(
  lines: readonly string[],
  form: LogForm,
  pattern: RegExp,
): LogFinding | null {
  const times = lines.flatMap((line) => {
    const reading = readLine(line, pattern, form.unit);
    return reading.kind === 'observation' ? [reading.observation.latencyMs] : [];
  });
  const summary = summarise(times);
  if (summary === undefined) return null;
  return { form, lines: lines.length, requests: summary.count, meanMs: summary.meanMs };
}
