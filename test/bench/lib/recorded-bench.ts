import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BenchReport } from '../../../cli/bench/bench-report.js';
import { benchSettings } from '../../../cli/bench/settings.js';
import { readScenarioFiles } from '../../../cli/lab/files.js';
import { withForeign } from '../../../lab/foreign/levels.js';
import type { Scenario } from '../../../lab/types.js';

/** A bench on real containers, and the scenarios that it ran. */
export interface RecordedBench {
  readonly file: string;
  readonly report: BenchReport;
  readonly scenarios: readonly Scenario[];
}

const KEPT = 'test/fixtures/bench';

/** The benches that are kept with the sources; docs/lab.md has when they ran. */
export const keptBenches = (): readonly string[] =>
  readdirSync(KEPT)
    .sort()
    .map((name) => join(KEPT, name));

/**
 * Reads what `dqoes lab bench --json FILE` wrote, compressed or not. `names`: scenarios or files;
 * none = those that it holds, as shipped. Throws where a scenario cannot be read, or has changed
 * since.
 */
export function readBench(file: string, names: readonly string[] = []): RecordedBench {
  const bytes = readFileSync(file);
  const text = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  const report = JSON.parse(text.toString('utf8')) as BenchReport;
  const { settings, runs } = report;
  const wanted = names.length === 0 ? Object.keys(settings.scenarios) : names;
  const scenarios = readScenarioFiles(wanted).map(({ file: path, read }): Scenario => {
    if (!read.ok)
      throw new Error(`${path}: ${read.error.map(({ message }) => message).join('; ')}`);
    const scenario = withForeign(read.value.scenario, settings.foreign ?? undefined);
    const seed = runs.find((run) => run.scenario === scenario.name)?.seed;
    return { ...scenario, seed: seed ?? scenario.seed };
  });
  const { calibrateSeconds } = settings;
  const { scenarios: hashes } = benchSettings(scenarios, { calibrateSeconds });
  for (const { name } of scenarios)
    if (settings.scenarios[name] !== hashes[name])
      throw new Error(`${name} is not what ${file} holds runs of: its file has changed since`);
  return { file, report, scenarios };
}
