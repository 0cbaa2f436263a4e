/**
 * `npm run sim:validate -- BENCH.json SCENARIO…`: every run of a bench on real containers
 * (`dqoes lab bench --json BENCH.json SCENARIO…`) again on simulated hosts: satisfied ÷ oracle,
 * measured and simulated, by scenario and policy, and what the load of other programs used of what
 * it asked for. `--parent-weight off`: their agents did not keep the weight of the cgroup of
 * containers, as before decision 138. Exit code 1 when fewer than nine of ten lie within 0.05 of
 * each other.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BenchReport } from '../../cli/bench/bench-report.js';
import { benchSettings } from '../../cli/bench/settings.js';
import { readScenarioFiles } from '../../cli/lab/files.js';
import { withForeign } from '../../lab/foreign/levels.js';
import type { Scenario } from '../../lab/types.js';
import { NEAR, validate } from './lib/validation.js';

const GOOD_RATIO = 0.9;
const { values, positionals } = parseArgs({
  options: { 'parent-weight': { type: 'string', default: 'sum' } },
  allowPositionals: true,
});
const [file, ...files] = positionals;
if (file === undefined || files.length === 0)
  throw new Error('which runs? npm run sim:validate -- bench.json burst-10 arrivals');
const report = JSON.parse(readFileSync(file, 'utf8')) as BenchReport;

const { settings, runs } = report;
const scenarios = readScenarioFiles(files).map(({ file: path, read }): Scenario => {
  if (!read.ok) throw new Error(`${path}: ${read.error.map(({ message }) => message).join('; ')}`);
  const scenario = withForeign(read.value.scenario, settings.foreign ?? undefined);
  const seed = runs.find((run) => run.scenario === scenario.name)?.seed;
  return { ...scenario, seed: seed ?? scenario.seed };
});
const { scenarios: hashes } = benchSettings(scenarios, {
  calibrateSeconds: settings.calibrateSeconds,
});
for (const { name } of scenarios)
  if (settings.scenarios[name] !== hashes[name])
    throw new Error(`${name} is not what ${file} holds runs of: its file has changed since`);

const rows = validate(report, scenarios, values['parent-weight'] !== 'off');
const shown = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
console.table(
  rows.map((row) => ({
    scenario: row.scenario,
    policy: row.policy,
    n: row.n,
    measured: shown(row.measured),
    simulated: shown(row.simulated),
    difference: shown(row.simulated - row.measured),
    'measured ÷ attainable': shown(row.measuredAttainable),
    'simulated ÷ attainable': shown(row.simulatedAttainable),
    'others had': shown(row.measuredForeign),
    'simulated others had': shown(row.simulatedForeign),
  })),
);
const near = rows.filter(({ isNear }) => isNear).length;
console.log(`${near} of ${rows.length} within ${NEAR} of what was measured.`);
if (rows.length === 0 || near < GOOD_RATIO * rows.length) process.exitCode = 1;
