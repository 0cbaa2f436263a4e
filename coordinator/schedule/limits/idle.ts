/** Less CPU is no work on a request, cores. */
export const IDLE_CORES = 0.05;
/** What one that nobody asks keeps of an equal share of its node, for the first request. */
export const IDLE_KEPT_RATIO = 0.25;
