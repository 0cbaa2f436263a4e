import type { GpuRange } from '../../../shared/gpu.js';
import type { GpuProcess, GpuSample } from '../../ports/gpu.js';
import { known, knownNumber } from './text.js';

const MIB = 1024 ** 2;

/**
 * Fields of `--query-gpu` in the order asked for. The name comes last: it is the only one that
 * could hold a comma. One that a driver does not know is asked for by its older name or left out
 * (`NvidiaSmi`), and then not known.
 */
export const GPU_FIELDS = [
  'index',
  'uuid',
  'memory.total',
  'memory.used',
  'utilization.gpu',
  'clocks.sm',
  'clocks.max.sm',
  'power.draw',
  'enforced.power.limit',
  'power.default_limit',
  'power.min_limit',
  'power.max_limit',
  'temperature.gpu',
  'mig.mode.current',
  'clocks_event_reasons.active',
  'name',
] as const;
/** Names before driver 535. */
export const OLDER_NAMES: Readonly<Record<string, GpuField>> = {
  'clocks_event_reasons.active': 'clocks_throttle_reasons.active',
};
/** A field of `--query-gpu`. */
export type GpuField = (typeof GPU_FIELDS)[number] | 'clocks_throttle_reasons.active';

/** One line of `--query-gpu=… --format=csv,noheader,nounits`; null = it is no such line. */
export function parseGpuLine(
  line: string,
  fields: readonly GpuField[] = GPU_FIELDS,
): GpuSample | null {
  const parts = line.split(',').map((part) => part.trim());
  if (parts.length < fields.length) return null;
  const last = fields.length - 1;
  const texts = [...parts.slice(0, last), parts.slice(last).join(', ')];
  const text = (field: GpuField): string => texts[fields.indexOf(field)] ?? '';
  const number = (field: GpuField): number | null => knownNumber(text(field));
  const [id, index] = [known(text('uuid')), number('index')];
  if (id === null || !isGpuId(id) || index === null || !Number.isInteger(index)) return null;
  const percent = number('utilization.gpu');
  return {
    id,
    index,
    name: known(text('name')) ?? '',
    memoryTotalBytes: times(number('memory.total'), MIB),
    memoryUsedBytes: times(number('memory.used'), MIB),
    utilisationRatio: percent === null || percent > 100 ? null : percent / 100,
    clockMhz: number('clocks.sm'),
    maxClockMhz: number('clocks.max.sm'),
    powerWatts: number('power.draw'),
    powerLimitWatts: number('enforced.power.limit'),
    defaultPowerWatts: number('power.default_limit'),
    powerRange: rangeOf(number('power.min_limit'), number('power.max_limit')),
    temperatureCelsius: number('temperature.gpu'),
    isMig: migOf(known(text('mig.mode.current'))),
    isThrottled: heldDown(
      known(text('clocks_event_reasons.active') || text('clocks_throttle_reasons.active')),
    ),
  };
}

/** Whether a text is the UUID of a GPU. */
export const isGpuId = (text: string): boolean => /^GPU-[0-9A-Za-z-]{1,120}$/.test(text);

const times = (value: number | null, factor: number): number | null =>
  value === null ? null : value * factor;

const rangeOf = (min: number | null, max: number | null): GpuRange | null =>
  min === null || max === null || max < min ? null : { min, max };

/**
 * Bits of the reasons that mean power or heat, not a limit that was asked for (NVML: software power
 * cap, slowdowns, power brake).
 */
const POWER_OR_HEAT = 0x04 | 0x08 | 0x20 | 0x40 | 0x80;

function heldDown(reasons: string | null): boolean | null {
  if (reasons === null || !/^0x[0-9a-fA-F]{1,16}$/.test(reasons)) return null;
  return (Number.parseInt(reasons.slice(2).slice(-6), 16) & POWER_OR_HEAT) !== 0;
}

const migOf = (mode: string | null): boolean | null =>
  mode === 'Enabled' ? true : mode === 'Disabled' ? false : null;

/** Fields of `--query-compute-apps` in the order asked for. */
export const PROCESS_FIELDS = ['gpu_uuid', 'pid', 'process_name', 'used_gpu_memory'] as const;

/**
 * One line of `--query-compute-apps`; null = it is no such line. A process name may hold commas: id
 * and pid are read from the left, memory from the right.
 */
export function parseProcessLine(line: string): GpuProcess | null {
  const parts = line.split(',').map((part) => part.trim());
  if (parts.length < PROCESS_FIELDS.length) return null;
  const [gpu = '', pid = ''] = parts;
  if (!/^(?:GPU|MIG)-[0-9A-Za-z/-]+$/.test(gpu) || !/^[1-9]\d{0,9}$/.test(pid)) return null;
  const memoryBytes = times(knownNumber(parts.at(-1) ?? ''), MIB);
  return { gpu, pid: Number(pid), name: parts.slice(2, -1).join(', '), memoryBytes };
}

/** Lines of `--query-supported-clocks=graphics`, ascending, each once. */
export function parseClocks(output: string): readonly number[] {
  const clocks = output.split('\n').map((line) => knownNumber(line));
  return [...new Set(clocks.filter((clock) => clock !== null && clock > 0))].sort(
    (a, b) => (a ?? 0) - (b ?? 0),
  ) as number[];
}

/** The highest clock that nvidia-smi says it has set, MHz; null = it does not say. */
export function confirmedClock(output: string): number | null {
  const match = /GPU clocks set to "\(gpuClkMin (\d+), gpuClkMax (\d+)\)"/.exec(output);
  return match === null ? null : Number(match[2]);
}

/** A field that this driver does not know; null = the text is about something else. */
export function unknownField(output: string): string | null {
  return /Field "([^"]+)" is not a valid field to query/.exec(output)?.[1] ?? null;
}
