import type { AllocationStatus } from '../../../proto/schemas/status.js';
import { type CpuLimit, guaranteedCores } from '../../../shared/command.js';
import type { Statistic, Target } from '../../../shared/qoe.js';
import { unansweredMs } from '../../../shared/report.js';
import { formatDurationMs } from '../../../shared/units.js';

/** What stands where nothing is known. */
export const NONE = '–';

const spaced = (text: string): string => text.replace(/^([\d.]+)([a-zµ]+)$/, '$1 $2');

/** `12.5 ms`; a dash where it is not known. */
export const msText = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? NONE : ms === 0 ? '0 ms' : spaced(formatDurationMs(ms));

/** What it takes to answer now; of one that has been silent for long, for how long. */
export function nowText(status: AllocationStatus): string {
  const silentMs = unansweredMs(status);
  return silentMs === null
    ? msText(status.latencyMs)
    : `${NONE} (no answer for ${ageText(silentMs)})`;
}

/** `0.25 CPU`. */
export const coresText = (cores: number | null | undefined): string =>
  cores === null || cores === undefined ? NONE : `${numberText(cores)} CPU`;

/**
 * At most three significant digits, two places: a table is compared by the eye. What is little is
 * not written as nothing.
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return NONE;
  if (value > 0 && value < 0.005) return '<0.01';
  const places = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(places)));
}

/** `12 %`; near nothing and near all `0.4 %` and `99.6 %`: they are not rounded to either. */
export function percentText(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined) return NONE;
  const percent = ratio * 100;
  if (percent > 0 && percent < 0.95) return `${Math.max(0.1, Math.round(percent * 10) / 10)} %`;
  if (percent > 99 && percent < 100) return `${Math.min(99.9, Math.round(percent * 10) / 10)} %`;
  return `${Math.round(percent)} %`;
}

/** Time that has passed, for people: `40 s`, `3 min`, `2 h`. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** `at most 250 ms (p95)`, `12 ms ± 10 % (mean)`. */
export function targetText(target: Target | null): string {
  if (target === null) return 'no target';
  const { latencyMs, statistic, toleranceRatio, mode } = target;
  const value = msText(latencyMs);
  return mode === 'ceiling'
    ? `at most ${value} (${statistic})`
    : `${value} ± ${percentText(toleranceRatio)} (${statistic})`;
}

/** The edges of what counts as at target; a ceiling has no lower one. */
export function bandOf({ latencyMs, toleranceRatio, mode }: Target): {
  readonly fromMs: number;
  readonly toMs: number;
} {
  const fromMs = mode === 'ceiling' ? 0 : latencyMs * (1 - toleranceRatio);
  return { fromMs, toMs: latencyMs * (1 + toleranceRatio) };
}

/** CPU that an allocation is promised: its quota or guarantee; null = no limit of ours. */
export const promisedCores = (limit: CpuLimit | null): number | null =>
  limit === null || (limit.cpuCores === null && limit.guaranteeCores === undefined)
    ? null
    : guaranteedCores(limit);

/** `0.5 CPU`, or `0.5 CPU guaranteed` where idle CPU may be used beside it. */
export function limitText(limit: CpuLimit | null): string {
  const cores = promisedCores(limit);
  if (limit === null || cores === null) return 'no limit';
  return limit.cpuCores === null ? `${coresText(cores)} guaranteed` : coresText(cores);
}

/** The same after the name of what has it: `limit 0.5 CPU`, `0.5 CPU guaranteed`, `no limit`. */
export const limitPhrase = (limit: CpuLimit | null): string =>
  limit === null || limit.cpuCores === null ? limitText(limit) : `limit ${limitText(limit)}`;

/** Name for people: containers that dqoes did not start keep their own. */
export const allocationName = ({ id, container }: AllocationStatus): string =>
  container?.origin === 'label' ? visible(container.name) : id;

/** `1 job`, `3 jobs`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** What a statistic is called in a sentence. */
export const statisticText = (statistic: Statistic): string =>
  statistic === 'mean' ? 'on average' : `at ${statistic}`;

/** Signs that are not seen and change how others are: control, direction, no width. */
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A text of a stranger with what cannot be seen in it made visible, as `<U+202E>`. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (sign) => {
    const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `<U+${code}>`;
  });

/** Ends a sentence that may have its end already. Its beginning may be a name: it stays. */
export const sentence = (text: string): string => {
  const trimmed = visible(text.trim());
  return trimmed === '' || /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
};
