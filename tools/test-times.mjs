// Says where the time of `npm test` went: what to look at when a run takes long.
import { cpus } from 'node:os';
import { basename } from 'node:path';

const SHOWN_FILES = 12;
const seconds = (ms) => `${(ms / 1000).toFixed(0)} s`;

/** Time of all cores since the machine started, and how much of it they were idle, ms. */
export function coreTimes() {
  const cores = cpus().map(({ times }) => times);
  const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);
  return {
    allMs: sumOf(cores.flatMap((times) => Object.values(times))),
    idleMs: sumOf(cores.map(({ idle }) => idle)),
  };
}

/**
 * How much of the machine was not used between each two of these moments; `after` is the title of
 * what had just ended.
 */
export function idleText(moments) {
  const shares = moments.slice(1).map(({ after, allMs, idleMs }, at) => {
    const share = (idleMs - moments[at].idleMs) / Math.max(1, allMs - moments[at].allMs);
    return `${after} ${(100 * share).toFixed(0)} %`;
  });
  return `idle: ${shares.join('; ')}`;
}

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
