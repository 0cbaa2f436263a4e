// Says where the time of `npm test` went: what to look at when a run takes long.
import { basename } from 'node:path';

const SHOWN_FILES = 12;
const seconds = (ms) => `${(ms / 1000).toFixed(0)} s`;

/**
 * Two lines: each part with its time, in the order in which they ended, and the slowest files.
 * `parts`: title and time of each; `files`: path, title of the part and time of each test file, ms.
 */
export function timesText(parts, files) {
  const slowest = [...files].sort((a, b) => b.ms - a.ms).slice(0, SHOWN_FILES);
  const named = ({ path, stage, ms }) =>
    `${stage}/${basename(path).replace(/\.test\.js$/, '')} ${seconds(ms)}`;
  return [
    `times: ${parts.map(({ title, ms }) => `${title} ${seconds(ms)}`).join('; ')}`,
    ...(slowest.length === 0 ? [] : [`slowest files: ${slowest.map(named).join(', ')}`]),
  ].join('\n');
}
