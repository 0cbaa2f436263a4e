import { readFileSync, statSync } from 'node:fs';
import type { LatencyProfile, ProfilePoint } from '../../lab/bench/curve.js';
import type { BenchBlock } from '../../lab/bench/order.js';
import type { Scenario } from '../../lab/types.js';
import { messageOf } from '../../shared/errors.js';
import { STATISTICS } from '../../shared/qoe.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { type MachineInfo, machineInfo } from '../shell/machine.js';
import type { BenchReport } from './bench-report.js';
import type { KnownMeasures } from './plan.js';
import type { BenchSettings } from './settings.js';

/**
 * Reads the file that `--json` names, where a bench before this one left its runs; null = there is
 * none, or nothing to go on with. A file of other settings is refused, as its runs cannot stand
 * beside new ones: one fault for each difference.
 */
export function readEarlier(
  file: string | undefined,
  settings: BenchSettings,
  machine: MachineInfo = machineInfo(),
): Result<BenchReport | null> {
  if (file === undefined || file === '-') return ok(null);
  const parsed = parsedFile(file);
  if (!parsed.ok || parsed.value === null) return parsed;
  const faults = differences(parsed.value, settings, machine).map((what) =>
    refusal(file, `${what}, and runs of both cannot stand beside each other`),
  );
  return faults.length > 0 ? err(faults) : parsed;
}

function parsedFile(file: string): Result<BenchReport | null> {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined || !found.isFile() || found.size === 0) return ok(null);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Partial<BenchReport> | null;
    const { settings, runs, records, profiledFor = [] } = report ?? {};
    if (settings !== undefined && runs !== undefined && runs.length === records?.length)
      return ok({ ...report, profiledFor } as BenchReport);
    return err([refusal(file, 'it holds something else than runs of this version of lab bench')]);
  } catch (cause) {
    return err([refusal(file, `it holds no runs of lab bench (${messageOf(cause)})`)]);
  }
}

const CURE = 'name another file, or delete this one to measure everything again';
const refusal = (file: string, why: string): Fault => ({
  code: 'cli.usage',
  field: 'json',
  message: `--json ${file}: ${why}: ${CURE}`,
});

function differences(
  { settings: old, machine: where }: BenchReport,
  now: BenchSettings,
  machine: MachineInfo,
): readonly string[] {
  const changed = Object.entries(now.scenarios)
    .filter(([name, hash]) => (old.scenarios[name] ?? hash) !== hash)
    .map(([name]) => name);
  const seconds = `${old.calibrateSeconds} then, ${now.calibrateSeconds} now`;
  return [
    ...(old.program === now.program ? [] : ['it was written by another build of dqoes']),
    ...(JSON.stringify(where) === JSON.stringify(machine)
      ? []
      : ['it was written on another machine, kernel or Node.js']),
    ...(old.calibrateSeconds === now.calibrateSeconds
      ? []
      : [`--calibrate-seconds differs (${seconds})`]),
    ...(changed.length === 0
      ? []
      : [`${changed.join(', ')} changed since (the file, --seed or --foreign)`]),
  ];
}

/** Whether a run is in the report. */
export const isDone =
  ({ runs }: BenchReport, scenarios: readonly Scenario[]) =>
  ({ scenario, repetition }: BenchBlock, policy: string): boolean =>
    runs.some(
      (run) =>
        run.scenario === scenarios[scenario]?.name &&
        run.policy === policy &&
        run.repetition === repetition,
    );

/**
 * The measurements of the report that further runs of these scenarios can use. Profiles reach as
 * far down as the scenarios of then needed, so another scenario needs new ones.
 */
export function knownMeasures(
  report: BenchReport | null,
  scenarios: readonly Scenario[],
): KnownMeasures {
  if (report === null) return { profiles: new Map(), allocatableCores: null, blocks: [] };
  const { profiledFor, profiles, allocatableCores, measures, runs } = report;
  const isSame = scenarios.every(({ name }) => profiledFor.includes(name));
  const begun = measures.filter(({ scenario, repetition }) =>
    runs.some((run) => run.scenario === scenario && run.repetition === repetition),
  );
  return {
    profiles: new Map(isSame ? Object.entries(profiles).map(([key, one]) => [key, read(one)]) : []),
    allocatableCores: isSame && allocatableCores > 0 ? allocatableCores : null,
    blocks: begun,
  };
}

/** A profile as it was before it became JSON, which has no word for a statistic that is missing. */
const read = (profile: LatencyProfile): LatencyProfile => ({
  ...profile,
  points: profile.points.map((point): ProfilePoint => {
    const ratios = STATISTICS.map((name) => [name, point.ratios[name] ?? Number.NaN] as const);
    return { ...point, ratios: Object.fromEntries(ratios) as ProfilePoint['ratios'] };
  }),
});
