import type { GpuProcess, GpuSample } from '../../ports/gpu.js';
import { known } from './text.js';

const BYTES: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** Larger numbers are no values of a GPU; the wire takes no more. */
const MOST = 1e12;

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * One record per GPU of any `amd-smi … --json`: a list, or since ROCm 7 an object with `gpu_data`.
 * Empty where it is neither.
 */
export function recordsOf(text: string): readonly Tree[] {
  let parsed: unknown;
  try {
    // A watch line may stand before the JSON.
    parsed = JSON.parse(text.slice(Math.max(0, text.search(/[[{]/))));
  } catch {
    return [];
  }
  const list = isTree(parsed) ? (parsed.gpu_data ?? parsed.gpu) : parsed;
  return Array.isArray(list) ? list.filter(isTree) : [];
}

function leaf(tree: Tree, path: readonly string[]): unknown {
  let at: unknown = tree;
  for (const key of path) at = isTree(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at;
}

/**
 * A number with its unit; leaves are numbers, texts or `{value, unit}`; null = the tool does not
 * tell.
 */
function measure(
  tree: Tree,
  ...path: readonly string[]
): { readonly value: number; readonly unit: string } | null {
  const found = leaf(tree, path);
  const [value, unit] = isTree(found) ? [found.value, found.unit] : [found, ''];
  const number = typeof value === 'string' ? Number(known(value) ?? Number.NaN) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0 || number > MOST)
    return null;
  return { value: number, unit: typeof unit === 'string' ? unit : '' };
}

const numberAt = (tree: Tree, ...path: readonly string[]): number | null =>
  measure(tree, ...path)?.value ?? null;

function bytesAt(tree: Tree, ...path: readonly string[]): number | null {
  const found = measure(tree, ...path);
  const factor = found === null ? undefined : BYTES[found.unit === '' ? 'MB' : found.unit];
  return found === null || factor === undefined ? null : Math.round(found.value * factor);
}

function textAt(tree: Tree, ...path: readonly string[]): string | null {
  const found = leaf(tree, path);
  return typeof found === 'string' ? known(found) : null;
}

/** What of a GPU does not change, by index: id and name. */
export interface AmdIdentity {
  readonly id: string;
  readonly name: string;
}

/** Ids and names of all GPUs by index, from `amd-smi list --json` and `amd-smi static --json`. */
export function identitiesOf(list: string, fixed: string): ReadonlyMap<number, AmdIdentity> {
  const names = new Map<number, string>();
  for (const record of recordsOf(fixed)) {
    const index = numberAt(record, 'gpu');
    if (index !== null) names.set(index, textAt(record, 'asic', 'market_name') ?? '');
  }
  const found = new Map<number, AmdIdentity>();
  for (const record of recordsOf(list)) {
    const index = numberAt(record, 'gpu');
    const id = textAt(record, 'uuid') ?? textAt(record, 'bdf');
    if (index !== null && id !== null && /^[A-Za-z0-9._:/-]{1,128}$/.test(id))
      found.set(index, { id, name: names.get(index) ?? '' });
  }
  return found;
}

/** Samples of `amd-smi metric --json`; GPUs without an identity are left out. */
export function samplesOf(
  text: string,
  identities: ReadonlyMap<number, AmdIdentity>,
): readonly GpuSample[] {
  return recordsOf(text).flatMap((record) => {
    const index = numberAt(record, 'gpu');
    const identity = index === null ? undefined : identities.get(index);
    return index === null || identity === undefined ? [] : [sampleOf(record, index, identity)];
  });
}

function sampleOf(record: Tree, index: number, { id, name }: AmdIdentity): GpuSample {
  const percent = numberAt(record, 'usage', 'gfx_activity');
  return {
    id,
    index,
    name,
    memoryTotalBytes: bytesAt(record, 'mem_usage', 'total_vram'),
    memoryUsedBytes: bytesAt(record, 'mem_usage', 'used_vram'),
    utilisationRatio: percent === null || percent > 100 ? null : percent / 100,
    clockMhz: numberAt(record, 'clock', 'gfx_0', 'clk'),
    maxClockMhz: numberAt(record, 'clock', 'gfx_0', 'max_clk'),
    powerWatts: numberAt(record, 'power', 'socket_power'),
    powerLimitWatts: null,
    defaultPowerWatts: null,
    powerRange: null,
    temperatureCelsius:
      numberAt(record, 'temperature', 'hotspot') ?? numberAt(record, 'temperature', 'edge'),
    isMig: null,
    isThrottled: null,
  };
}

/** Processes of `amd-smi process --json`. */
export function amdProcesses(
  text: string,
  identities: ReadonlyMap<number, AmdIdentity>,
): readonly GpuProcess[] {
  return recordsOf(text).flatMap((record) => {
    const identity = identities.get(numberAt(record, 'gpu') ?? -1);
    const list = record.process_list;
    if (identity === undefined || !Array.isArray(list)) return [];
    return list.flatMap((entry: unknown): GpuProcess[] => {
      const info = isTree(entry) ? (isTree(entry.process_info) ? entry.process_info : entry) : null;
      const pid = info === null ? null : numberAt(info, 'pid');
      if (info === null || pid === null || !Number.isInteger(pid) || pid === 0) return [];
      const memoryBytes = bytesAt(info, 'memory_usage', 'vram_mem') ?? bytesAt(info, 'mem_usage');
      return [{ gpu: identity.id, pid, name: textAt(info, 'name') ?? '', memoryBytes }];
    });
  });
}
