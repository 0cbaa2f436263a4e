import type { AllocationMinute } from '../../../proto/schemas/view.js';
import type { StoreProvider } from '../../../proto/store.js';
import { subjectsOf } from '../../../proto/subjects.js';
import { encodeMinute } from '../../../proto/view.js';
import type { JobName, NodeId } from '../../../shared/ids.js';
import { seededRandom } from '../../../shared/random.js';
import { PER_NODE } from './fleet.js';

const MINUTES = 1440;
/** Records that wait for the stream at a time. */
const AT_ONCE = 256;

/** Stores the minutes of the last day of `nodes` nodes; returns the number of records. */
export async function storeDay(
  stores: StoreProvider,
  cluster: string,
  nodes: number,
): Promise<number> {
  const opened = await stores.openHistory(cluster);
  if (!opened.ok) throw new Error(opened.error);
  const subjects = subjectsOf(cluster);
  const random = seededRandom(3);
  const last = Math.floor(Date.now() / 60_000) - 1;
  let waiting: Promise<unknown>[] = [];
  for (let minute = last - MINUTES + 1; minute <= last; minute += 1)
    for (let index = 0; index < nodes; index += 1) {
      const node = `node-${String(index).padStart(5, '0')}` as NodeId;
      const allocations = Array.from({ length: PER_NODE }, (_, at) =>
        minuteOf(index * PER_NODE + at, random),
      );
      const bytes = encodeMinute({ schema: 1, node, minute, epoch: 1, seconds: 60, allocations });
      waiting.push(opened.value.append(subjects.minute(node), `${node}.${minute}.1`, bytes));
      if (waiting.length < AT_ONCE) continue;
      await Promise.all(waiting);
      waiting = [];
    }
  await Promise.all(waiting);
  return MINUTES * nodes;
}

const minuteOf = (job: number, random: () => number): AllocationMinute => ({
  id: `job-${job}-1` as AllocationMinute['id'],
  job: `job-${job}` as JobName,
  requests: Math.floor(600 * random()),
  meanMs: 100 * random(),
  worstMs: 100 + 100 * random(),
  seconds: 60,
  observedSeconds: 60,
  atTargetSeconds: Math.floor(60 * random()),
  notSlowerSeconds: 60,
  reservedCpuSeconds: 20,
  usedCpuSeconds: 20 * random(),
  throttledRatio: random(),
  energyJoules: null,
});
