// Whether an agent and a coordinator grow while nothing changes: both in this process, on fakes of
// their ports, for a day of simulated time with the same containers. Looks at several points at
// what is held after everything else was collected: bytes of the heap, entries of maps and sets.
// Usage: npm run bench:rest -- [--hours 24] [--points 12] [--json FILE] [--leak]. Exit code 1 where
// either grows after the first third of the time, in which windows and models fill. --leak: one
// entry a second is kept, to see that the bench finds it.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { RestingCluster } from './lib/resting-cluster.js';
import { type Retained, retained } from './lib/retained.js';

/** More than that is growth, whatever the time: code that is compiled comes and goes. */
const SLACK_BYTES = 400_000;
const SLACK_ENTRIES = 20;
/** Part of the points that are left out. */
const WARM_RATIO = 1 / 3;

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '24' },
    points: { type: 'string', default: '12' },
    json: { type: 'string' },
    leak: { type: 'boolean', default: false },
  },
});
const hours = numberOf('hours', values.hours);
const points = numberOf('points', values.points);
process.exit(await rest());

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  console.error(`--${name} is ${JSON.stringify(text)}: give a number above 0`);
  process.exit(2);
}

interface Point extends Retained {
  readonly hours: number;
}

async function rest(): Promise<number> {
  const cluster = await RestingCluster.start();
  const leaked = new Map<number, string>();
  const found: Point[] = [];
  const seconds = Math.round(hours * 3600);
  for (let second = 1; second <= seconds; second += 1) {
    await cluster.second();
    if (values.leak) leaked.set(second, `second ${second}`);
    if (second % Math.round(seconds / points) !== 0) continue;
    const point = { hours: second / 3600, ...(await retained()) };
    found.push(point);
    const { heapBytes, entries } = point;
    console.log(
      `${point.hours.toFixed(2)} h  ${(heapBytes / 1e6).toFixed(3)} MB  ${entries} entries`,
    );
  }
  const states = cluster.jobs().map(({ state }) => state);
  await cluster.stop();
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ points: found, states })}\n`);
  const idle = states.filter((state) => state !== 'running');
  if (idle.length > 0 || states.length === 0) {
    console.error(`not at rest: ${states.length} jobs, of which ${idle.join(', ')}`);
    return 1;
  }
  const grown = growthOf(found);
  console.log(
    `${states.length} jobs; from the first third on: ${(grown.heapBytes / 1e3).toFixed(0)} kB ` +
      `(at most ${SLACK_BYTES / 1e3}), ${grown.entries} entries (at most ${SLACK_ENTRIES})`,
  );
  return grown.heapBytes > SLACK_BYTES || grown.entries > SLACK_ENTRIES ? 1 : 0;
}

/** From the least of the first half of what counts to the least of the second. */
function growthOf(found: readonly Point[]): Retained {
  const counted = found.slice(Math.floor(found.length * WARM_RATIO));
  const half = Math.floor(counted.length / 2);
  const least = (part: readonly Point[], of: keyof Retained): number =>
    Math.min(...part.map((point) => point[of]));
  const grown = (of: keyof Retained): number =>
    least(counted.slice(half), of) - least(counted.slice(0, half), of);
  return { heapBytes: grown('heapBytes'), entries: grown('entries') };
}
