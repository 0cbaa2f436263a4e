import type {
  CgroupSurvey,
  DiskSurvey,
  DockerLook,
  DockerTrouble,
} from '../../../../agent/wiring/doctor.js';
import type { GpuSurvey } from '../../../../agent/wiring/gpu.js';
import { type ClusterFacts, clusterFindings } from '../../../../cli/doctor/cluster-findings.js';
import { diskFindings } from '../../../../cli/doctor/disk.js';
import { cgroupFindings, engineFindings } from '../../../../cli/doctor/docker.js';
import { gpuFindings } from '../../../../cli/doctor/gpu.js';
import type { DoctorSection } from '../../../../cli/doctor/section.js';
import { partsOf, skewFinding } from '../../../../cli/versions/parts.js';
import type { NodeId } from '../../../../shared/ids.js';
import { ok, type Result } from '../../../../shared/result.js';

/** What a look at a host and its cluster finds. */
export interface HostFacts {
  readonly engine: Result<DockerLook, DockerTrouble>;
  readonly cgroups: CgroupSurvey;
  readonly disk: Result<DiskSurvey, string>;
  readonly gpus: GpuSurvey;
  readonly cluster: ClusterFacts;
}

export const STATE_DIR = '/var/lib/dqoes';
const MIB = 1024 * 1024;

export const engine: DockerLook = {
  version: '28.1.1',
  apiVersion: '1.49',
  usedApi: '1.45',
  cgroupDriver: 'systemd',
  cgroupVersion: '2',
  hasCpuQuota: true,
  controlled: 3,
  mislabelled: [],
};
export const cgroups: CgroupSurvey = {
  version: 2,
  controllers: ['cpuset', 'cpu', 'io', 'memory', 'pids'],
  parentQuotaCores: null,
  parentCpus: 8,
  writeFault: null,
  hostCpus: 8,
};
export const disk: DiskSurvey = {
  folder: STATE_DIR,
  exists: true,
  isWritable: true,
  isReadOnly: false,
  freeBytes: 4096 * MIB,
  freeFiles: 1e6,
};
/** Agents of these versions, in a cluster of 0.2.0. */
export const versionsOf = (...agents: readonly string[]) => {
  const parts = partsOf({
    cli: '0.2.0',
    natsServer: '2.12.1',
    programs: [{ program: 'coordinator', name: 'c1', version: '0.2.0', role: 'leads', ageMs: 0 }],
    nodes: agents.map((agentVersion, at) => ({
      id: `h${at + 1}` as NodeId,
      agentVersion,
      liveness: 'ready' as const,
    })),
  });
  return { parts, skew: skewFinding(parts) };
};
const SUBJECTS = ['dqoes.v1.main.svc.job-list.U1', 'dqoes.v1.main.svc.policy-get.U1'];
/** Rights of a viewer, without these subjects. */
export const rights = (...refused: readonly string[]) => ({
  role: 'viewer' as const,
  isOpen: false,
  tried: SUBJECTS.map((subject) => ({
    does: 'publish' as const,
    subject,
    isAllowed: !refused.includes(subject),
  })),
});
export const cluster: ClusterFacts = {
  connection: {
    isConnected: true,
    url: 'nats://10.0.0.5:4222',
    serverVersion: '2.12.1',
    isEncrypted: true,
    roundTripMs: 0.4,
  },
  permissions: rights(),
  coordinator: { what: 'answers in 3 ms', cure: '' },
  clock: { offsetMs: 12, uncertaintyMs: 2 },
  versions: versionsOf('0.2.0'),
};
const NO_GPUS: GpuSurvey = { vendors: [], gpus: [], troubles: [], injectionMode: null };

/** A host on which everything works. */
export const healthy: HostFacts = {
  engine: ok(engine),
  cgroups,
  disk: ok(disk),
  gpus: NO_GPUS,
  cluster,
};

/** The sections of the doctor, on these facts. */
export const sectionsOf = (facts: HostFacts): readonly DoctorSection[] => {
  const { engine: found } = facts;
  const all = {
    docker: [
      ...engineFindings(found),
      ...cgroupFindings(facts.cgroups, found.ok ? found.value : null),
    ],
    disk: diskFindings(facts.disk, STATE_DIR),
    gpu: gpuFindings(facts.gpus),
    cluster: clusterFindings(facts.cluster),
  };
  return Object.entries(all).map(([name, findings]) => ({ name, look: async () => findings }));
};
