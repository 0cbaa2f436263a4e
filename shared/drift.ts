import type { ContainerDrift, DriftSetting } from './report.js';

const WORDS: Readonly<Record<DriftSetting, string>> = {
  limit: 'limit',
  period: 'period',
  burst: 'burst',
  weight: 'CPU weight',
};

/** What a setting is called in a sentence. */
export const driftSettingText = (setting: DriftSetting): string => WORDS[setting];

/**
 * What others changed of a container, for people: the last change with both values, how many there
 * were, and when what is desired was in force again. `timeOf`: a moment (Unix time, ms) in words.
 */
export function driftText(
  { count, setting, from, to, foundAtMs, rewrittenAtMs }: ContainerDrift,
  timeOf: (ms: number) => string,
): string {
  const before = count === 1 ? '' : `, the last of ${count} changes since its agent started`;
  const now =
    rewrittenAtMs === null ? 'not written again yet' : `written again at ${timeOf(rewrittenAtMs)}`;
  return (
    `others changed its ${driftSettingText(setting)} from ${from} to ${to} ` +
    `at ${timeOf(foundAtMs)}${before}; ${now}`
  );
}
