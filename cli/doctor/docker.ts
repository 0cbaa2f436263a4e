import {
  type CgroupSurvey,
  type DockerLook,
  type DockerTrouble,
  lookAtCgroups,
  lookAtDocker,
} from '../../agent/wiring/doctor.js';
import type { Result } from '../../shared/result.js';
import { loginFindings } from './registry-logins.js';
import { type DoctorFinding, type DoctorSection, limited, missing, works } from './section.js';

/** Checks the Docker Engine, logins to registries, cgroups, and how many containers are ours. */
export const dockerSection: DoctorSection = {
  name: 'docker',
  look: async ({ app, host }) => {
    const { dockerSocket, labelPrefix } = host;
    const found = await lookAtDocker(dockerSocket, app.clock, labelPrefix);
    const driver = found.ok ? found.value.cgroupDriver : '';
    const cgroups = lookAtCgroups(host.cgroupParent, driver);
    return [
      ...engineFindings(found, labelPrefix),
      ...(await loginFindings(host)),
      ...cgroupFindings(cgroups, found.ok ? found.value : null),
    ];
  },
};

/** Newest API that the oldest Engine of use speaks (18.09). */
const OLDEST_API = [1, 39] as const;

const USUAL_PREFIX = 'dqoes.';

/** What an Engine says of itself, or why it does not. `labelPrefix`: of its agent. */
export function engineFindings(
  found: Result<DockerLook, DockerTrouble>,
  labelPrefix = USUAL_PREFIX,
): readonly DoctorFinding[] {
  if (!found.ok) return [missing('Docker Engine', found.error.what, found.error.cure)];
  const { version, apiVersion, usedApi } = found.value;
  const detail = `version ${version}, API ${apiVersion} (${usedApi} is used)`;
  const engine = isTooOld(apiVersion)
    ? limited('Docker Engine', detail, 'upgrade it: this version was never tried')
    : works('Docker Engine', detail);
  return [engine, containersFinding(found.value, labelPrefix)];
}

function containersFinding(
  { controlled, mislabelled }: Pick<DockerLook, 'controlled' | 'mislabelled'>,
  labelPrefix: string,
): DoctorFinding {
  const option = labelPrefix === USUAL_PREFIX ? '' : ` --label-prefix ${labelPrefix}`;
  const look = (name: string): string => `dqoes doctor --container ${name}${option}`;
  const count = `${controlled} under control`;
  const [first] = mislabelled;
  if (first !== undefined) {
    const more =
      mislabelled.length > MAX_NAMED ? `, and ${mislabelled.length - MAX_NAMED} more` : '';
    const named = `${mislabelled.slice(0, MAX_NAMED).join(', ')}${more}`;
    return limited(
      'containers',
      `${count}; something is wrong with labels of ${named}`,
      `see what: ${look(first)}`,
    );
  }
  if (controlled > 0) return works('containers', count);
  return limited('containers', count, `find their labels with ${look('NAME')}`);
}
const MAX_NAMED = 3;

function isTooOld(api: string): boolean {
  const [major = 0, minor = 0] = api.split('.').map(Number);
  return major < OLDEST_API[0] || (major === OLDEST_API[0] && minor < OLDEST_API[1]);
}

const NO_CPU =
  'boot a kernel with CONFIG_CFS_BANDWIDTH, without cgroup_disable=cpu; until then nothing can ' +
  'be limited';
const NO_MEMORY = 'boot with cgroup_enable=memory: memory is neither read nor limited until then';

/** What the cgroups allow. `engine` null = it does not answer. */
export function cgroupFindings(
  { version, controllers, parentQuotaCores, parentCpus, hostCpus, writeFault }: CgroupSurvey,
  engine: Pick<DockerLook, 'cgroupDriver' | 'hasCpuQuota' | 'isRootless'> | null,
): readonly DoctorFinding[] {
  if (version === null)
    return [missing('cgroups', 'none are mounted', 'mount /sys/fs/cgroup, or run on the host')];
  const driver = engine === null ? '' : `, driver ${engine.cgroupDriver || 'not said'}`;
  const hasCpu = controllers.includes('cpu') && engine?.hasCpuQuota !== false;
  return [
    works('cgroups', `version ${version}${driver}`),
    hasCpu
      ? works('CPU controller', 'sets quotas and weights')
      : missing('CPU controller', 'is missing, or sets no quota', NO_CPU),
    controllers.includes('memory')
      ? works('memory controller', 'reads and limits')
      : limited('memory controller', 'is missing', NO_MEMORY),
    // Of an Engine without root they are its user's, in another group.
    writing(engine?.isRootless === true ? null : writeFault),
    parentQuota(parentQuotaCores, hostCpus),
    cpuset(parentCpus, hostCpus),
  ];
}

const LEFT_OUT =
  'limits go through Docker all the same; bursts and the weight of all containers together are ' +
  'left out';

function writing(fault: string | null): DoctorFinding {
  const what = 'cgroup files';
  if (fault === null) return works(what, 'can be written: bursts, the weight of all containers');
  return fault === 'EROFS'
    ? limited(what, `read-only: ${LEFT_OUT}`, 'mount /sys/fs/cgroup for writing to have both')
    : limited(
        what,
        `not for this user to write (${fault}): ${LEFT_OUT}`,
        'run this as the user of the agent; one that runs as root has both',
      );
}

function parentQuota(cores: number | null, hostCpus: number): DoctorFinding {
  if (cores === null || cores >= hostCpus)
    return works('CPU of all containers', 'no quota above them');
  return limited(
    'CPU of all containers',
    `a quota above them leaves ${cores} of ${hostCpus} CPUs`,
    'dqoes plans with that; lift it on the group of the containers to use the whole host',
  );
}

function cpuset(cpus: number | null, hostCpus: number): DoctorFinding {
  if (cpus === null || cpus >= hostCpus) return works('CPUs of containers', `all ${hostCpus}`);
  return limited(
    'CPUs of containers',
    `a cpuset leaves ${cpus} of ${hostCpus}`,
    'set reserve.cpu so that dqoes does not plan with the others, or widen the cpuset',
  );
}
