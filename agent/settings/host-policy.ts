import { MAX_WEIGHT } from '../../shared/job.js';
import { err, ok } from '../../shared/result.js';
import { setting, settingElse, value, wordOf } from '../../shared/schema/settings.js';
import { cores, numberWithin, size, TEXT_SCHEMA } from '../../shared/schema/units.js';
import { DEFAULT_BOUNDS } from '../enforce/policy-bounds.js';
import { count, flag, numberUpTo, port } from './values.js';

const megahertz = numberUpTo(100_000, 'MHz');
const watts = numberUpTo(100_000, 'W');
const LIST_SCHEMA = { ...TEXT_SCHEMA, type: ['string', 'array'], items: { type: 'string' } };
const list = value<string | undefined>(
  (text) => (text === '' ? err('must not be empty') : ok(text)),
  LIST_SCHEMA,
);
const weight = numberWithin({
  min: 0.001,
  max: MAX_WEIGHT,
  whole: false,
  cure: `a weight: write a number from 0.001 to ${MAX_WEIGHT}`,
});
const adopt = wordOf(['labels', 'never'], 'is neither labels nor never');
const share = wordOf(['allow', 'refuse'], 'is neither allow nor refuse');

/** The settings of the host policy (`policy.yaml`), by dotted key. */
export const HOST_POLICY_SETTINGS = {
  adopt: setting(
    adopt,
    'labels',
    'containers that dqoes did not start: controlled where their `labels` say so, or `never`',
  ),
  'weight.max': setting(
    weight,
    String(MAX_WEIGHT),
    'largest weight: a job above it is refused, a label above it is lowered to it',
  ),
  jobs: setting(flag, 'true', '`false`: no job is started here'),
  'containers.max': settingElse(
    count,
    DEFAULT_BOUNDS.maxContainers,
    'most containers of jobs at a time; further ones wait',
  ),
  'cpu.min': setting(cores, '0.01', 'least CPU limit of one container, cores'),
  'cpu.max': settingElse(cores, DEFAULT_BOUNDS.maxCpuCores, 'most CPU of one container, cores'),
  'cpu.guaranteed.max': settingElse(
    cores,
    DEFAULT_BOUNDS.maxGuaranteedCores,
    'most CPU that one container is guaranteed, cores',
  ),
  'memory.max': settingElse(size, DEFAULT_BOUNDS.maxMemoryBytes, 'most memory of one container'),
  'memory.default': setting(size, '2GiB', 'memory limit of a job that names none'),
  'memory.total': settingElse(
    size,
    DEFAULT_BOUNDS.maxTotalMemoryBytes,
    'most memory of all containers of jobs together; further ones wait',
  ),
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
  'gpu.share': setting(
    share,
    'refuse',
    '`allow`: jobs may have a share of a GPU, which MPS enforces, and which gives containers ' +
      "the host's IPC namespace ([gpu.md](gpu.md))",
  ),
  pids: setting(count, '1024', 'most processes and threads of one container'),
  registries: settingElse<string | undefined>(
    list,
    undefined,
    'list of registries that images of jobs may come from, as `registry.example:5000` or ' +
      '`docker.io`, which a name without a host means',
    'every registry',
  ),
  images: settingElse<string | undefined>(
    list,
    undefined,
    'list of images that may run; `*` matches within a path part, `**` anything',
    'every image',
  ),
};
