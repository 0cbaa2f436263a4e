/** What one container of the bench computes. */
export interface Work {
  readonly id: string;
  /** A model of the sample image, and its inferences per request. */
  readonly model: string;
  readonly batch: number;
}
/** A service whose clients come when they come. */
export interface Service extends Work {
  /** Its share of the load: arrivals per second of all services are scaled by one factor. */
  readonly baseRate: number;
}

export const SERVICES: readonly Service[] = [
  { id: 'ocr-det', model: 'ocr-det', batch: 1, baseRate: 6 },
  { id: 'ocr-rec', model: 'ocr-rec', batch: 1, baseRate: 8 },
  { id: 'vad', model: 'vad', batch: 1, baseRate: 8 },
  { id: 'mobilenet-v2', model: 'mobilenet-v2', batch: 1, baseRate: 10 },
  { id: 'resnet-50', model: 'resnet-50', batch: 1, baseRate: 4 },
];

/** Closed loops that take a core each when nothing bounds them. */
export const NEIGHBOURS: readonly Work[] = [
  { id: 'near-rec', model: 'ocr-rec', batch: 4 },
  { id: 'near-det', model: 'ocr-det', batch: 4 },
];

/** What was measured of the machine before the runs; the same for all runs of one file. */
export interface Calibration {
  /** CPU that the agent gives out, cores. */
  readonly allocatableCores: number;
  /** CPU of one request while all services run at their base rates, s; by id. */
  readonly workSeconds: Readonly<Record<string, number>>;
  /** Median response time alone on the idle host, ms; by id, neighbours too. */
  readonly soloMs: Readonly<Record<string, number>>;
  /**
   * What each is promised, ms: services about four times, neighbours three times their solo time.
   */
  readonly targetMs: Readonly<Record<string, number>>;
}

const SERVICE_FACTOR = 4;
const NEIGHBOUR_FACTOR = 3;

/**
 * A figure a person would write on a label: to 5 ms below 100, to 10 ms below 1000, else to 100 ms.
 */
export function roundTarget(ms: number): number {
  const step = ms < 100 ? 5 : ms < 1000 ? 10 : 100;
  return Math.max(step, Math.round(ms / step) * step);
}

export function targetsFor(
  soloMs: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const of = ({ id }: Work, factor: number) =>
    [id, roundTarget(factor * (soloMs[id] ?? 0))] as const;
  return Object.fromEntries([
    ...SERVICES.map((service) => of(service, SERVICE_FACTOR)),
    ...NEIGHBOURS.map((neighbour) => of(neighbour, NEIGHBOUR_FACTOR)),
  ]);
}

/**
 * Arrivals per second of each service but `leftOut`, so that all together use `loadRatio` of the
 * CPU there is; by id.
 */
export function ratesFor(
  loadRatio: number,
  { allocatableCores, workSeconds }: Pick<Calibration, 'allocatableCores' | 'workSeconds'>,
  leftOut?: string,
): Readonly<Record<string, number>> {
  const those = SERVICES.filter(({ id }) => id !== leftOut);
  const baseCores = those.reduce(
    (sum, { id, baseRate }) => sum + baseRate * (workSeconds[id] ?? 0),
    0,
  );
  const factor = (loadRatio * allocatableCores) / baseCores;
  return Object.fromEntries(those.map(({ id, baseRate }) => [id, rounded(baseRate * factor)]));
}

const rounded = (rate: number): number => Math.max(0.001, Math.round(rate * 1000) / 1000);
