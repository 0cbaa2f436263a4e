import type { DoctorSection } from '../doctor/section.js';
import type { Registry } from './app.js';
import { addDoctorMetrics } from './doctor-metrics.js';
import { appFor, type CommonFlags, type OutputFormat, withCommon, withFormat } from './options.js';

/** What the doctor looks at, in this order; loaded only when it is asked. */
const SECTIONS: readonly (() => Promise<DoctorSection>)[] = [
  async () => (await import('../doctor/docker.js')).dockerSection,
];

interface DoctorFlags extends CommonFlags {
  readonly output: OutputFormat;
  readonly dockerSocket?: string;
}

/** `dqoes doctor` and `dqoes doctor metrics`. */
export function addDoctor({ program, app, finish }: Registry): void {
  const doctor = withFormat(withCommon(program.command('doctor')))
    .description('what works on this host, what does not, what to do about it')
    .option('--docker-socket <path>', 'socket of the Docker Engine (default /var/run/docker.sock)')
    .action(async (flags: DoctorFlags) => {
      const shown = appFor(app, flags);
      const { runDoctorHost } = await import('../doctor/host.js');
      finish(await runDoctorHost(shown, flags, await Promise.all(SECTIONS.map((load) => load()))));
    });
  addDoctorMetrics({ program: doctor, app, finish });
}
