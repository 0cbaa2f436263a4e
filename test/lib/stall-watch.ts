/**
 * Loaded into a process with `--import`: tells its parent twice a second, over the IPC channel that
 * the parent offers, the longest stall of the event loop until then, ms.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;
const TELL_MS = 500;

const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
histogram.enable();
setInterval(
  () => process.send?.({ longestStallMs: histogram.max / 1e6 - RESOLUTION_MS }),
  TELL_MS,
).unref();
process.channel?.unref();
