import type { GpuCapability, GpuReport } from '../../shared/gpu.js';
import { formatBytes } from '../../shared/units.js';
import { NO_VALUE, ratioText } from './format.js';
import type { Column } from './table.js';

const REACH_WORDS = { live: 'live', start: 'at start', none: 'no' } as const;

/** When a setting of the GPU takes effect, in a word or two. */
export const reachText = ({ reach }: GpuCapability): string => REACH_WORDS[reach];

/** Model name of a GPU; its vendor where the name is not known. */
export const gpuNameText = ({ name, vendor }: GpuReport): string => (name === '' ? vendor : name);

/** `12GiB/40GiB`: used, of all memory. */
export const gpuMemoryText = ({ memoryUsedBytes, memoryTotalBytes }: GpuReport): string =>
  `${bytes(memoryUsedBytes)}/${bytes(memoryTotalBytes)}`;

const bytes = (value: number | null): string => (value === null ? NO_VALUE : formatBytes(value));
const whole = (value: number | null, unit: string): string =>
  value === null ? NO_VALUE : `${Math.round(value)}${unit}`;

/** `930MHz ≤945`: the clock now, and the highest that dqoes allows. */
function clockText({ clockMhz, applied }: GpuReport): string {
  const limit = applied?.clockMhz ?? null;
  return limit === null ? whole(clockMhz, 'MHz') : `${whole(clockMhz, 'MHz')} ≤${limit}`;
}

const energyText = (joules: number | null): string =>
  joules === null ? NO_VALUE : `${(joules / 3600).toPrecision(3)}Wh`;

/** Why settings are not possible, and why the GPU was not measured. */
function reasonText({ isKnown, reason, ladder }: GpuReport): string {
  const shut = Object.entries(ladder).flatMap(([knob, each]: [string, GpuCapability]) =>
    each.reach === 'none' && each.reason !== '' ? [`${knob}: ${each.reason}`] : [],
  );
  return [isKnown ? reason : `not known: ${reason}`, ...shut]
    .filter((text) => text !== '')
    .join('; ');
}

/** The GPUs in `dqoes node status`: one line each. */
export const GPU_COLUMNS: readonly Column<GpuReport>[] = [
  { title: 'GPU', cell: ({ index }) => String(index) },
  { title: 'NAME', cell: gpuNameText },
  {
    title: 'STATE',
    cell: ({ isKnown }) =>
      isKnown ? { text: 'known', tone: 'good' } : { text: 'unknown', tone: 'bad' },
  },
  { title: 'USE', align: 'right', cell: ({ utilisationRatio }) => ratioText(utilisationRatio) },
  { title: 'MEMORY', align: 'right', cell: gpuMemoryText },
  { title: 'CLOCK', align: 'right', cell: clockText },
  { title: 'POWER', align: 'right', cell: ({ powerWatts }) => whole(powerWatts, 'W') },
  { title: 'ENERGY', align: 'right', cell: ({ energyJoules }) => energyText(energyJoules) },
  { title: 'SAVED', align: 'right', cell: ({ savedJoules }) => energyText(savedJoules) },
  { title: 'SET CLOCK', cell: ({ ladder }) => reachText(ladder.clock) },
  { title: 'SET POWER', cell: ({ ladder }) => reachText(ladder.power) },
  { title: 'SHARES', cell: ({ ladder }) => reachText(ladder.share) },
  { title: 'ID', wide: true, cell: ({ id }) => id },
  { title: 'REASON', cell: reasonText },
];
