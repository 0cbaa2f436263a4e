import { Option } from 'commander';
import { DOCTOR_ROLES, type DoctorRole, type DoctorSection } from '../doctor/section.js';
import type { Registry } from '../shell/app.js';
import {
  appFor,
  type ClusterFlags,
  containerText,
  type OutputFormat,
  wholeNumber,
  withCluster,
  withFormat,
} from '../shell/options.js';
import { type UnusedRule, withoutUnused } from '../shell/unused-options.js';
import { addDoctorMetrics } from './doctor-metrics.js';

/** The parts of a host that are checked, in this order; loaded only when the command runs. */
const SECTIONS: readonly (() => Promise<DoctorSection>)[] = [
  async () => (await import('../doctor/docker.js')).dockerSection,
  async () => (await import('../doctor/disk.js')).diskSection,
  async () => (await import('../doctor/gpu.js')).gpuSection,
  async () => (await import('../doctor/cluster.js')).clusterSection,
];

interface DoctorFlags extends ClusterFlags {
  readonly output: OutputFormat;
  readonly config?: string;
  readonly role?: DoctorRole;
  readonly watch?: boolean;
  readonly container?: string;
  readonly seconds: number;
  readonly dockerSocket?: string;
  readonly labelPrefix?: string;
}

/** Adds `dqoes doctor [--container NAME]` and `dqoes doctor metrics`. */
export function addDoctor({ program, app, finish }: Registry): void {
  const doctor = withoutUnused(withFormat(withCluster(program.command('doctor'))), app, UNUSED)
    .description('check this host: what works, what does not, what to do')
    .option(
      '-c, --config <file>',
      'agent.yaml of this host, or coordinator.yaml with --role coordinator (default: the ' +
        'installed one in /etc/dqoes)',
    )
    .addOption(
      new Option(
        '--role <role>',
        'whose key is tried (default: agent where there is an agent.yaml, else user)',
      ).choices(DOCTOR_ROLES),
    )
    .option('-w, --watch', 'check again every ten seconds until Ctrl-C')
    .option(
      '--container <name>',
      'find where the response time of this container can be read, and the labels to set',
      containerText,
    )
    .option(
      '--seconds <n>',
      'with --container: seconds between two reads of a metrics endpoint',
      wholeNumber(1, 300),
      5,
    )
    .option('--label-prefix <prefix>', 'with --container: prefix of its labels (default: dqoes.)')
    .option(
      '--docker-socket <path>',
      'socket of the Docker Engine (default: as agent.yaml says, else /var/run/docker.sock)',
    )
    .action(async (flags: DoctorFlags) => {
      const shown = appFor(app, flags);
      if (flags.container !== undefined) {
        const { runDoctorContainer } = await import('../doctor/container.js');
        finish(await runDoctorContainer(shown, { ...flags, container: flags.container }));
        return;
      }
      const { runDoctorHost } = await import('../doctor/host.js');
      finish(await runDoctorHost(shown, flags, await Promise.all(SECTIONS.map((load) => load()))));
    });
  addDoctorMetrics({ program: doctor, app, finish });
}

const UNUSED: readonly UnusedRule[] = [
  { options: ['seconds', 'labelPrefix'], without: 'container', why: '' },
  {
    options: ['config', 'role', 'watch', 'nats', 'creds', 'cluster', 'context'],
    beside: 'container',
    why: ', for which only Docker is asked',
  },
  {
    options: ['context'],
    beside: 'role',
    values: ['agent', 'coordinator'],
    why: ', whose own settings say where the cluster is',
  },
];
