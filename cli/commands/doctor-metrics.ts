import { InvalidArgumentError, Option } from 'commander';
import { LATENCY_UNITS, type LatencyUnit } from '../../shared/job.js';
import { type LabelMatcher, parseMatch } from '../../shared/metrics/match.js';
import { findPreset, PRESET_NAMES, type PresetName } from '../../shared/metrics/presets.js';
import { nearestOf } from '../../shared/nearest.js';
import { STATISTICS, type Statistic } from '../../shared/qoe.js';
import type { Registry } from '../shell/app.js';
import {
  appFor,
  type CommonFlags,
  type OutputFormat,
  withCommon,
  withFormat,
} from '../shell/options.js';
import { type UnusedRule, withoutUnused } from '../shell/unused-options.js';

interface MetricsFlags extends CommonFlags {
  readonly output: OutputFormat;
  readonly preset: PresetName | 'auto';
  readonly metric?: string;
  readonly unit?: LatencyUnit;
  readonly statistic: Statistic;
  readonly targetMs?: number;
  readonly match?: readonly LabelMatcher[];
  readonly seconds?: number;
}

/** Adds `dqoes doctor metrics PAGE1 PAGE2`. */
export function addDoctorMetrics({ program, app, finish }: Registry): void {
  withoutUnused(withFormat(withCommon(program.command('metrics <older> <newer>'))), app, UNUSED)
    .description(
      'response time between two saved answers of one metrics endpoint (- reads standard input)',
    )
    .option(
      '--preset <name>',
      `server that wrote the pages: auto, ${PRESET_NAMES.join(', ')}`,
      presetName,
      'auto',
    )
    .option(
      '--metric <name>',
      'instead of a preset: a histogram, summary or gauge, or two counters as sum/count',
    )
    .addOption(
      new Option('--unit <unit>', 'unit of --metric, if its name does not end in one').choices(
        LATENCY_UNITS,
      ),
    )
    .addOption(
      new Option('--statistic <name>', 'statistic to compute').choices(STATISTICS).default('mean'),
    )
    .option(
      '--target-ms <n>',
      'also print the share of requests within this, where it is exact',
      positive,
    )
    .option('--match <labels>', 'only series with these labels, such as model="face"', matchers)
    .option('--seconds <n>', 'time between the pages, for requests per second', positive)
    .action(async (older: string, newer: string, flags: MetricsFlags) => {
      const { runDoctorMetrics } = await import('../doctor/metrics.js');
      const { preset, metric, unit, statistic, targetMs, match, seconds, output } = flags;
      const query = {
        preset,
        statistic,
        ...(metric === undefined ? {} : { metric }),
        ...(unit === undefined ? {} : { unit }),
        ...(targetMs === undefined ? {} : { targetMs }),
        ...(match === undefined ? {} : { matchers: match }),
      };
      const asked = {
        files: [older, newer] as const,
        query,
        output,
        ...(seconds === undefined ? {} : { seconds }),
      };
      finish(await runDoctorMetrics(appFor(app, flags), asked));
    });
}

const UNUSED: readonly UnusedRule[] = [
  { options: ['preset'], beside: 'metric', why: ', which is read instead of one' },
  { options: ['unit'], without: 'metric', why: ', since a preset has its own' },
];

function presetName(text: string): PresetName | 'auto' {
  const found = text === 'auto' ? text : findPreset(text);
  if (found !== undefined) return found;
  const near = nearestOf(text, PRESET_NAMES);
  throw new InvalidArgumentError(
    near === undefined ? `use auto, ${PRESET_NAMES.join(', ')}` : `did you mean ${near}?`,
  );
}

function positive(text: string): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0) return value;
  throw new InvalidArgumentError('use a number above 0');
}

function matchers(text: string): readonly LabelMatcher[] {
  const parsed = parseMatch(text);
  if (parsed.ok) return parsed.value;
  throw new InvalidArgumentError(parsed.error);
}
