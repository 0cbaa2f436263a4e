/** The fields of a tally as numbers, in the order in which they are kept; new ones come last. */
export const TALLY_FIELDS = [
  // As last reported; they only grow. Not known = no report of this life has said it yet.
  'totalCount',
  'totalMs',
  'usedSeconds',
  // From here on: since the minute began.
  'requests',
  'requestMs',
  // Not known = no response time was reported.
  'worstMs',
  'seconds',
  'observedSeconds',
  'atTargetSeconds',
  'notSlowerSeconds',
  'reservedCpuSeconds',
  'usedCpuSeconds',
  // Seconds for which throttling was known, and its share of them.
  'cpuSeconds',
  'throttledSeconds',
  // Of its GPUs, and its part of the processors'.
  'energyJoules',
  // Not known = its job is not.
  'memoryGibSeconds',
  'gpuSeconds',
  // The credit that its job asks for, as it was last known; not known = none.
  'creditCostRatio',
  'creditBelowRatio',
] as const;

/** The name of one field of a tally. */
export type TallyField = (typeof TALLY_FIELDS)[number];

type Places<Names extends readonly string[]> = {
  readonly [I in keyof Names & `${number}` as Names[I] &
    string]: I extends `${infer N extends number}` ? N : never;
};
/** The place of each field among the numbers of a tally: as `Field` of an allocation's model. */
export const At = JSON.parse(
  `{${TALLY_FIELDS.map((name, place) => `"${name}":${place}`).join(',')}}`,
) as Places<typeof TALLY_FIELDS>;

/**
 * Plain numbers in one array, NaN = not known: there is a tally of each allocation, every report
 * writes to it, and a number in an object of its own would be made again each time.
 */
export type Counted = { [P in (typeof At)[TallyField]]: number };

/** In the place of what is not known. */
export const UNKNOWN = Number.NaN;
/** The others begin with 0. */
const BEGIN_UNKNOWN: ReadonlySet<TallyField> = new Set<TallyField>([
  'totalCount',
  'totalMs',
  'usedSeconds',
  'worstMs',
  'energyJoules',
  'memoryGibSeconds',
  'gpuSeconds',
  'creditCostRatio',
  'creditBelowRatio',
]);
/** Whether the field may not be known. */
export const mayBeUnknown = (field: TallyField): boolean => BEGIN_UNKNOWN.has(field);

// The first is no whole number, so that the engine lays the array out as doubles.
const NOTHING: readonly number[] = TALLY_FIELDS.map((field) => (mayBeUnknown(field) ? UNKNOWN : 0));
/** The same numbers in the order of their fields. */
export const numbersOf = (counted: Counted): number[] => counted as unknown as number[];

/** Numbers of their own, with nothing counted and no counter known. */
export const nothingCounted = (): Counted => NOTHING.slice() as unknown as Counted;
/** A copy that may be written to. */
export const copyCounted = (counted: Counted): Counted =>
  numbersOf(counted).slice() as unknown as Counted;

/** What the fields say from one place to before another, in their order; null = it is not known. */
export const valuesBetween = (
  counted: Counted,
  from: number,
  to: number = TALLY_FIELDS.length,
): readonly (number | null)[] =>
  numbersOf(counted)
    .slice(from, to)
    .map((value) => (Number.isNaN(value) ? null : value));
