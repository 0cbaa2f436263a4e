import { readFileSync } from 'node:fs';
import { badConfig, type Given, nonEmpty, readTable, row } from '../shared/config-table.js';
import { readYaml } from '../shared/config-yaml.js';
import type { Fault } from '../shared/result.js';
import { parseBytes, parseCpuCores } from '../shared/units.js';
import { count, numberUpTo, port } from './config-checks.js';
import { DEFAULT_BOUNDS, type PolicyBounds } from './enforce/policy-bounds.js';

const megahertz = numberUpTo(100_000, 'MHz');
const watts = numberUpTo(100_000, 'W');

/** The settings of `policy.yaml`, by dotted key. */
const POLICY_KEYS = {
  'cpu.min': row(
    parseCpuCores,
    DEFAULT_BOUNDS.minCpuCores,
    'smallest CPU limit of one container, cores',
  ),
  'cpu.max': row(
    parseCpuCores,
    DEFAULT_BOUNDS.maxCpuCores,
    'largest CPU limit of one container, cores',
  ),
  'memory.max': row(
    parseBytes,
    DEFAULT_BOUNDS.maxMemoryBytes,
    'largest memory limit of one container',
  ),
  'memory.default': row(
    parseBytes,
    DEFAULT_BOUNDS.defaultMemoryBytes,
    'memory of a job that names none',
  ),
  'host-ports.first': row(port, DEFAULT_BOUNDS.hostPorts.from, 'first host port a job may ask for'),
  'host-ports.last': row(port, DEFAULT_BOUNDS.hostPorts.to, 'last host port a job may ask for'),
  'gpu.clock.min': row(megahertz, 0, 'never limit the clock of a GPU below, MHz'),
  'gpu.clock.max': row(
    megahertz,
    DEFAULT_BOUNDS.gpu.clockMhz.max,
    'never let the clock of a GPU be set above, MHz',
  ),
  'gpu.power.min': row(watts, 0, 'never limit the power of a GPU below, W'),
  'gpu.power.max': row(
    watts,
    DEFAULT_BOUNDS.gpu.powerWatts.max,
    'never let the power limit of a GPU be set above, W',
  ),
  pids: row(count, DEFAULT_BOUNDS.pidsLimit, 'processes and threads of one container'),
  images: row<string | undefined>(
    nonEmpty,
    undefined,
    'images that may run, separated by blanks; * matches within a path part',
  ),
};

/**
 * Reads the host's own bounds; '' = there is no policy file. What is wrong with it is added to
 * `faults`.
 */
export function boundsOf(file: string, faults: Fault[]): PolicyBounds {
  if (file === '') return DEFAULT_BOUNDS;
  const values = readTable(POLICY_KEYS, readFlat(file, faults), faults);
  if (values['cpu.min'] > values['cpu.max']) faults.push(badConfig('cpu.min', 'is above cpu.max'));
  if (values['host-ports.first'] > values['host-ports.last'])
    faults.push(badConfig('host-ports.first', 'is above host-ports.last'));
  for (const knob of ['gpu.clock', 'gpu.power'] as const)
    if (values[`${knob}.min`] > values[`${knob}.max`])
      faults.push(badConfig(`${knob}.min`, `is above ${knob}.max`));
  return Object.freeze({
    minCpuCores: Math.max(DEFAULT_BOUNDS.minCpuCores, values['cpu.min']),
    maxCpuCores: values['cpu.max'],
    maxMemoryBytes: values['memory.max'],
    defaultMemoryBytes: Math.min(values['memory.default'], values['memory.max']),
    hostPorts: { from: values['host-ports.first'], to: values['host-ports.last'] },
    pidsLimit: values.pids,
    gpu: {
      clockMhz: { min: values['gpu.clock.min'], max: values['gpu.clock.max'] },
      powerWatts: { min: values['gpu.power.min'], max: values['gpu.power.max'] },
    },
    ...(values.images === undefined
      ? {}
      : { images: values.images.split(/[\s,]+/).filter((image) => image !== '') }),
  });
}

/** The settings of one file by dotted key, as text. */
export const readFlat = (file: string, faults: Fault[]): Map<string, Given> =>
  readYaml(file, (path) => readFileSync(path, 'utf8'), faults);
