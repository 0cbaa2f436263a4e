/**
 * `npm run sim:validate [-- BENCH.json [SCENARIO…]]`: every run of a bench on real containers
 * (`dqoes lab bench --json BENCH.json SCENARIO…`) again on simulated hosts: satisfied ÷ oracle,
 * measured and simulated, by scenario and policy, limit updates per container and minute in the
 * last third, and what the load of other programs used of what it asked for; without a file the
 * benches that are kept (test/fixtures/bench).
 * `--parent-weight off`: their agents did not keep the weight of the cgroup of containers, as
 * before decision 138. Exit code 1 when fewer than nine of ten lie within 0.05 of each other.
 */
import { parseArgs } from 'node:util';
import { keptBenches, readBench } from './lib/recorded-bench.js';
import { NEAR, validate } from './lib/validation.js';

const GOOD_RATIO = 0.9;
const { values, positionals } = parseArgs({
  options: { 'parent-weight': { type: 'string', default: 'sum' } },
  allowPositionals: true,
});
const [file, ...names] = positionals;
const benches =
  file === undefined ? keptBenches().map((each) => readBench(each)) : [readBench(file, names)];
const isGroupWeighed = values['parent-weight'] !== 'off';
const rows = benches.flatMap(({ report, scenarios }) =>
  validate(report, scenarios, isGroupWeighed).map((row) => ({
    load: report.settings.foreign ?? 'none',
    ...row,
  })),
);
const shown = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
console.table(
  rows.map((row) => ({
    load: row.load,
    scenario: row.scenario,
    policy: row.policy,
    n: row.n,
    measured: shown(row.measured),
    simulated: shown(row.simulated),
    difference: shown(row.simulated - row.measured),
    'measured ÷ attainable': shown(row.measuredAttainable),
    'simulated ÷ attainable': shown(row.simulatedAttainable),
    'updates at rest': shown(row.measuredUpdates),
    'simulated updates at rest': shown(row.simulatedUpdates),
    'others had': shown(row.measuredForeign),
    'simulated others had': shown(row.simulatedForeign),
  })),
);
const near = rows.filter(({ isNear }) => isNear).length;
console.log(`${near} of ${rows.length} within ${NEAR} of what was measured.`);
if (rows.length === 0 || near < GOOD_RATIO * rows.length) process.exitCode = 1;
