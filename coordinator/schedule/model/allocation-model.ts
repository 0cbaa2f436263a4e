/**
 * The fields of an {@link AllocationModel}, in the order in which they lie in memory. A field is
 * added by adding its name: its number is its place in this list.
 */
const FIELDS = [
  // The first report of this life of the container: when it came, ms, and its CPU counter.
  'bornAtMs',
  'bornCpuSeconds',

  // The report last read: when it was received, ms, its counters, and the limit in force then,
  // cores; `limitCores` 0 = no limit.
  'seenAtMs',
  'cpuSeconds',
  'count',
  'totalMs',
  'limitCores',

  // Counters when the newest request ended; `doneCount` 0 = none has ended yet.
  'doneCount',
  'doneCpuSeconds',
  'doneAtMs',

  // W: decayed sums of CPU-seconds and of the requests they were spent on.
  'workSeconds',
  'workCount',
  // W of the latest requests, core-seconds; 0 = not known.
  'recentWork',
  // σ: relative standard deviation of one request's work.
  'noiseRatio',
  // Requests answered between two reports, smoothed; 0 = not known.
  'requestsPerReport',

  // Two-sided CUSUM of the work of a request, in standard deviations, and the sums since either
  // side was last at zero: after a change of work the estimate restarts from these.
  'driftUp',
  'driftDown',
  'upSeconds',
  'upCount',
  'downSeconds',
  'downCount',

  // a: decayed sum of residual latency, s, and its weight, requests.
  'overheadSeconds',
  'overheadWeight',

  // Cores used while the limit did not bind, from work ÷ latency then; 0 = never seen.
  'freeCores',
  'freeWeight',
  // Most cores that requests were seen to use, under any limit; 0 = never seen.
  'seenCores',

  // Decayed sums of latency spent and of time between the ends of requests, s. Their ratio is the
  // mean number of requests under way (Little's law).
  'waitingSeconds',
  'elapsedSeconds',
  // The part of that in which it used all of its quota, s.
  'busySeconds',
  // Decayed sum of each report's distance from a whole number of clients, s.
  'strayingSeconds',
  // Clients of a closed loop; 0 = not known, taken as one.
  'clients',
  // 1 = open arrivals, 0 = a closed loop.
  'isOpen',
  // Mean latency of the report before, s: tells whether a queue grows.
  'lastMeanSeconds',

  // λ: decayed sums of requests and of time, s.
  'arrivedCount',
  'arrivedSeconds',
  // Two-sided CUSUM of arrivals, log-likelihood ratios, and the sums since zero.
  'arrivalsUp',
  'arrivalsDown',
  'moreCount',
  'moreSeconds',
  'fewerCount',
  'fewerSeconds',

  // k = statistic ÷ mean: decayed sum and weight, requests.
  'tailSum',
  'tailWeight',
  // 1 = the limit has changed much, and no report since covers only time after the change.
  'isUnsettled',

  // 1 = chosen to be at its target, and since when it is or is not, ms.
  'isChosen',
  'chosenAtMs',

  // Its limit was found, at this time, ms, and not decided here: it stays until W rests on this
  // number of requests; 0 = it was decided here.
  'inheritedAtMs',
  'inheritedUntil',

  // The limit that was lent to it for its start, cores; 0 = none, or it is over: the requests until
  // a report is all under a smaller one warm it up, and say nothing of what the later ones cost.
  'lentCores',

  // Until when it keeps the place that it got in its turn, ms; 0 = it has none by turn.
  'turnUntilMs',

  // Time that requests wait beside each other: the least that reports show beyond what a queue for
  // CPU explains, s, of a block of reports that has ended and of the one that runs; since
  // when that runs, ms, and its requests.
  'leastWaitBefore',
  'leastWaitNow',
  'leastWaitFromMs',
  'leastWaitCount',
  // The same from means: decayed sum, s, and its weight, requests.
  'meanWaitSeconds',
  'meanWaitWeight',
  // How sure means make it that such waits do not occupy the server, 0..1; 0 = not known, too.
  'besideByMeans',

  // Reports running in which it answered faster than the near edge of its target, and slower than
  // the far one, under this limit or with less reason to. 1 = its limit has fallen since its window
  // began.
  'fasterReports',
  'slowerReports',
  'hasShrunk',

  // 1 = its CPU says nothing of its response times. Reports running that say otherwise.
  'isRefuted',
  'refutingReports',
  // Response time × limit, core-seconds: the work that explains it; 0 = not known.
  'answerWork',
] as const;

/** The name of one field of an {@link AllocationModel}. */
export type FieldName = (typeof FIELDS)[number];

/** Name → place, for a tuple of names. The compiler counts, so a place is a literal type. */
type Places<Names extends readonly string[]> = {
  readonly [I in keyof Names & `${number}` as Names[I] &
    string]: I extends `${infer N extends number}` ? N : never;
};

/**
 * The place of each field, by name: `model[Field.workSeconds]`. `JSON.parse` makes a plain object
 * of constant properties, which the optimiser folds into the number itself; an object grown key by
 * key would become a slow hash table at this size.
 */
export const Field = JSON.parse(
  `{${FIELDS.map((name, place) => `"${name}":${place}`).join(',')}}`,
) as Places<typeof FIELDS>;

type FieldPlace = (typeof Field)[FieldName];

/**
 * What is remembered of one allocation: plain numbers in one array, so that a copy is one block of
 * memory and JSON keeps it. Counters are those of the container's cgroup and of its latency source.
 * 0 stands for "nothing known yet" wherever 0 is no possible value; yes and no are 1 and 0.
 */
export type AllocationModel = { readonly [P in FieldPlace]: number };

/** A copy that `learn` writes to; it is handed out as an `AllocationModel` when it is done. */
export type ModelDraft = { [P in FieldPlace]: number };

/** A copy that may be written to. */
export const copyModel = (model: AllocationModel): ModelDraft =>
  (model as unknown as number[]).slice() as unknown as ModelDraft;

/** Relative standard deviation that a request's work is taken to have before any was seen. */
const INITIAL_NOISE_RATIO = 0.1;

const START = startNumbers();

function startNumbers(): readonly number[] {
  // Starts with fractions, so that the engine lays the array out as doubles from the beginning.
  const numbers = Array.from(FIELDS, () => 0.5).map(() => 0);
  numbers[Field.noiseRatio] = INITIAL_NOISE_RATIO;
  return numbers;
}

/** A model with some fields set and the others as they are before any report. */
export function modelWith(fields: Partial<Record<FieldName, number>>): AllocationModel {
  const numbers = START.slice();
  for (const name in fields) numbers[Field[name as FieldName]] = fields[name as FieldName] ?? 0;
  return numbers as unknown as AllocationModel;
}

/** What is known before the first report: nothing. */
export const EMPTY_MODEL: AllocationModel = modelWith({});
