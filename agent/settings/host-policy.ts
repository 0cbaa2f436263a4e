import { err, ok } from '../../shared/result.js';
import { setting, settingElse, value } from '../../shared/schema/settings.js';
import { cores, size, TEXT_SCHEMA } from '../../shared/schema/units.js';
import { DEFAULT_BOUNDS } from '../enforce/policy-bounds.js';
import { count, numberUpTo, port } from './values.js';

const megahertz = numberUpTo(100_000, 'MHz');
const watts = numberUpTo(100_000, 'W');
const images = value<string | undefined>(
  (text) => (text === '' ? err('must not be empty') : ok(text)),
  { ...TEXT_SCHEMA, type: ['string', 'array'], items: { type: 'string' } },
);

/** The settings of the host policy (`policy.yaml`), by dotted key. */
export const HOST_POLICY_SETTINGS = {
  'cpu.min': setting(cores, '0.01', 'least CPU limit of one container, cores'),
  'cpu.max': settingElse(cores, DEFAULT_BOUNDS.maxCpuCores, 'most CPU of one container, cores'),
  'memory.max': settingElse(size, DEFAULT_BOUNDS.maxMemoryBytes, 'most memory of one container'),
  'memory.default': setting(size, '2GiB', 'memory limit of a job that names none'),
  'host-ports.first': setting(port, '1024', 'first host port a job may ask for'),
  'host-ports.last': setting(port, '65535', 'last host port a job may ask for'),
  'gpu.clock.min': settingElse(megahertz, 0, 'the clock of a GPU is never limited below, MHz'),
  'gpu.clock.max': settingElse(
    megahertz,
    DEFAULT_BOUNDS.gpu.clockMhz.max,
    'the clock of a GPU is never set above, MHz',
  ),
  'gpu.power.min': settingElse(watts, 0, 'the power of a GPU is never limited below, W'),
  'gpu.power.max': settingElse(
    watts,
    DEFAULT_BOUNDS.gpu.powerWatts.max,
    'the power limit of a GPU is never set above, W',
  ),
  pids: setting(count, '1024', 'most processes and threads of one container'),
  images: settingElse<string | undefined>(
    images,
    undefined,
    'list of images that may run; `*` matches within a path part, `**` anything',
    'every image',
  ),
};
