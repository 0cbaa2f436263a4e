import { Option } from 'commander';
import type { Fault } from '../../shared/result.js';
import { formatDurationMs } from '../../shared/units.js';
import type { Registry } from '../shell/app.js';
import {
  appFor,
  type CommonFlags,
  containerText,
  duration,
  type OutputFormat,
  withCommon,
  withFormat,
} from '../shell/options.js';
import { refuse } from '../shell/session.js';

interface AdviseFlags extends CommonFlags {
  readonly output: OutputFormat;
  /** ms */
  readonly for: number;
  readonly dockerSocket?: string;
  readonly labelPrefix?: string;
}

const DEFAULT_FOR_MS = 60_000;
const FOR_MS = { min: 10_000, max: 86_400_000 };

/** Adds `dqoes advise [CONTAINER…]`, which changes nothing. */
export function addAdvise({ program, app, finish }: Registry): void {
  withFormat(withCommon(program.command('advise')))
    .argument('[container...]', '', containersText)
    .description('watch containers that nobody controls, and say which labels would fit')
    .addOption(
      new Option('--for <duration>', 'how long to watch, from 10s')
        .argParser(duration)
        .default(DEFAULT_FOR_MS, formatDurationMs(DEFAULT_FOR_MS)),
    )
    .option('--label-prefix <prefix>', 'prefix of the labels (default: dqoes.)')
    .option('--docker-socket <path>', 'socket of the Docker Engine (default: /var/run/docker.sock)')
    .action(async (names: readonly string[], flags: AdviseFlags) => {
      const shown = appFor(app, flags);
      const { for: forMs, output, dockerSocket, labelPrefix } = flags;
      if (forMs < FOR_MS.min || forMs > FOR_MS.max) return finish(refuse(shown, [badTime(forMs)]));
      const { runAdvise } = await import('../doctor/advise.js');
      const asked = {
        ...{ names: [...new Set(names)], forMs, output },
        ...(dockerSocket === undefined ? {} : { dockerSocket }),
        ...(labelPrefix === undefined ? {} : { labelPrefix }),
      };
      finish(await runAdvise(shown, asked));
    });
}

const containersText = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  containerText(text),
];

const badTime = (forMs: number): Fault => ({
  code: 'cli.usage',
  field: '--for',
  message:
    `--for: ${formatDurationMs(forMs)} is out of range: ` +
    `watch ${formatDurationMs(FOR_MS.min)} to ${formatDurationMs(FOR_MS.max)}`,
});
