import type { DoctorSection } from '../doctor/section.js';
import type { Registry } from '../shell/app.js';
import {
  appFor,
  type CommonFlags,
  type OutputFormat,
  wholeNumber,
  withCommon,
  withFormat,
} from '../shell/options.js';
import { addDoctorMetrics } from './doctor-metrics.js';

/** The parts of a host that are checked, in this order; loaded only when the command runs. */
const SECTIONS: readonly (() => Promise<DoctorSection>)[] = [
  async () => (await import('../doctor/docker.js')).dockerSection,
  async () => (await import('../doctor/gpu.js')).gpuSection,
];

interface DoctorFlags extends CommonFlags {
  readonly output: OutputFormat;
  readonly container?: string;
  readonly seconds: number;
  readonly dockerSocket?: string;
  readonly labelPrefix?: string;
}

/** Adds `dqoes doctor [--container NAME]` and `dqoes doctor metrics`. */
export function addDoctor({ program, app, finish }: Registry): void {
  const doctor = withFormat(withCommon(program.command('doctor')))
    .description('check this host: what works, what does not, what to do')
    .option(
      '--container <name>',
      'find where the response time of this container can be read, and the labels to set',
    )
    .option(
      '--seconds <n>',
      'with --container: seconds between two reads of a metrics endpoint',
      wholeNumber(1, 300),
      5,
    )
    .option('--label-prefix <prefix>', 'with --container: prefix of its labels (default: dqoes.)')
    .option('--docker-socket <path>', 'socket of the Docker Engine (default /var/run/docker.sock)')
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
