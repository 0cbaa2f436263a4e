/** One function on a stack, as the inspector names it. */
export interface StackFrame {
  readonly url: string;
  readonly functionName: string;
}

/** Apart from the coordinator: what the benchmark does itself. */
export const BENCH_PART = 'benchmark';

/**
 * The first frame from the innermost outwards that one of these fits says which part of the
 * coordinator a stack belongs to. What serves several parts fits none.
 */
const PARTS: readonly (readonly [part: string, fits: RegExp])[] = [
  ['decode', /\/(proto\/(telemetry|report-reader|ack)|coordinator\/ingest\/)/],
  ['encode', /\/(proto\/command|coordinator\/dispatch\/(next-desired|desired-secrets|dispatcher))/],
  ['encode', /\/coordinator\/dispatch\/nudge/],
  ['events', /\/(proto\/event|coordinator\/state\/(derive-events|[a-z]+-events))/],
  ['events', /\/coordinator\/dispatch\/(event-publisher|append-queue)/],
  ['snapshot', /\/coordinator\/state\/((allocation-|job-|gpu-|node-)?snapshot)/],
  ['fold', /\/coordinator\/state\/(reduce|heard|unreachable|conditions|state-machine|sent-time)/],
  ['fold', /\/coordinator\/state\/(host-refusals|liveness|superseding-epoch)/],
  ['learn', /\/coordinator\/schedule\/policies\/adaptive\/(learn\/|members|common-noise)/],
  ['decide', /\/coordinator\/schedule\/(policies|model|limits|gpu|node-limits)/],
  ['place', /\/coordinator\/schedule\//],
  ['minutes', /\/(coordinator\/view\/|coordinator\/dispatch\/minute-writer)/],
  ['views', /\/coordinator\/dispatch\/view-publisher/],
  ['store', /\/coordinator\/store\/(registrar|profile-writer)/],
  ['memory bus', /\/proto\/memory\//],
];

/** To which part a stack belongs, innermost frame first. */
export function partOf(stack: readonly StackFrame[]): string {
  if (stack[0]?.functionName === '(garbage collector)') return 'garbage';
  if (stack.some(isBench)) return BENCH_PART;
  for (const { url } of stack) for (const [part, fits] of PARTS) if (fits.test(url)) return part;
  return 'other';
}

const isBench = ({ url, functionName }: StackFrame): boolean =>
  (url.includes('/test/bench/lib/cpu-meter') && BENCH_WORK.has(functionName)) ||
  url.includes('/test/bench/hear') ||
  functionName === '(idle)' ||
  functionName === '(program)';
const BENCH_WORK: ReadonlySet<string> = new Set(['#reportsOf', '#obey']);

/** The innermost function of a stack, with its file. */
export function functionOf(stack: readonly StackFrame[]): string {
  if (stack.some(isBench)) return BENCH_PART;
  const found = stack.find(({ url }) => url.startsWith('file:')) ?? stack[0];
  const file = found?.url.replace(/^.*\/(dist|node_modules)\//, '') ?? '';
  return `${file} ${found?.functionName ?? ''}`;
}

/** Sums by part. */
export class PartSums {
  readonly #sums = new Map<string, number>();

  add(part: string, amount: number): void {
    this.#sums.set(part, (this.#sums.get(part) ?? 0) + amount);
  }

  of(part: string): number {
    return this.#sums.get(part) ?? 0;
  }

  /** Of all parts of the coordinator. */
  get total(): number {
    let total = 0;
    for (const [part, amount] of this.#sums) if (part !== BENCH_PART) total += amount;
    return total;
  }

  /** Parts of the coordinator, largest first. */
  get parts(): readonly string[] {
    return [...this.#sums]
      .filter(([part]) => part !== BENCH_PART)
      .sort(([, a], [, b]) => b - a)
      .map(([part]) => part);
  }
}
