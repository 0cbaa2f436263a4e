import type { LatencyProfile } from '../../lab/bench/curve.js';
import type { BenchBlock } from '../../lab/bench/order.js';
import { withRequestCosts } from '../../lab/bench/request-cost.js';
import { type BenchScore, summariseRuns } from '../../lab/bench/summary.js';
import type { ReportRun } from '../../lab/report/group.js';
import { htmlReport } from '../../lab/report/html.js';
import { markdownReport } from '../../lab/report/markdown.js';
import type { RunRecord, Scenario } from '../../lab/types.js';
import type { Result } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import { indentedJson } from '../output/json.js';
import { progressText } from '../output/progress.js';
import type { App } from '../shell/app.js';
import { machineInfo } from '../shell/machine.js';
import { writeWhole } from '../shell/output-files.js';
import { refuse } from '../shell/session.js';
import { type BenchReport, type BlockMeasures, benchLines, benchNotes } from './bench-report.js';
import type { BenchListener, KnownMeasures } from './plan.js';
import { RunTimes, runLine, timeLeftMs } from './progress.js';
import type { BenchSettings } from './settings.js';

/** Files that the user asked for; absent = not wanted. */
export interface BenchOutputs {
  /** `-` = stdout, instead of the table. */
  readonly json?: string;
  readonly report?: string;
  readonly markdown?: string;
}

/** What a log needs to know before the first run. */
export interface BenchLogOptions {
  readonly app: App;
  readonly scenarios: readonly Scenario[];
  readonly blocks: readonly BenchBlock[];
  readonly outputs: BenchOutputs;
  readonly settings: BenchSettings;
  /** What a bench before this one left; null = nothing. */
  readonly earlier: BenchReport | null;
  readonly known: KnownMeasures;
}

/**
 * Prints progress and keeps what was measured. After each run the JSON file holds every finished
 * run.
 */
export class BenchLog implements BenchListener {
  readonly #options: BenchLogOptions;
  readonly #startedAt: string;
  readonly #runs: { readonly score: BenchScore; readonly record: RunRecord }[];
  readonly #measures: BlockMeasures[];
  #profiles: ReadonlyMap<string, LatencyProfile>;
  #profiledFor: readonly string[];
  #allocatableCores: number;
  #begun = 0;
  readonly #runTimes = new RunTimes();

  constructor(options: BenchLogOptions) {
    const { earlier, known } = options;
    this.#options = options;
    this.#startedAt = earlier?.startedAt ?? new Date(options.app.clock.wall()).toISOString();
    this.#runs = (earlier?.records ?? []).flatMap((record, i) => {
      const score = earlier?.runs[i];
      return score === undefined ? [] : [{ score, record }];
    });
    this.#measures = [...known.blocks];
    // Also where these runs cannot use them: until others are measured they are those of the file.
    this.#profiles = new Map(Object.entries(earlier?.profiles ?? {}));
    this.#profiledFor = earlier?.profiledFor ?? [];
    this.#allocatableCores = earlier?.allocatableCores ?? 0;
    const kept = earlier?.runs.length ?? 0;
    if (kept > 0)
      this.step(
        `${options.outputs.json} holds ${counted(kept, 'run')} of these settings: kept, not ` +
          'repeated',
      );
    if (this.#total === 0) {
      this.step('nothing is left to run');
      return;
    }
    const leftMs = timeLeftMs(options.blocks, options.scenarios, { blocks: 0, runs: 0 });
    const minutes = Math.ceil(leftMs / 60_000);
    this.step(
      `${counted(this.#total, 'run')}, about ${counted(minutes, 'minute')} plus profiling; ` +
        'Ctrl-C stops, keeps finished runs and cleans up',
    );
  }

  /** Says on stderr what happens now. */
  step(sentence: string): void {
    this.#options.app.output.message(sentence);
  }
  /** Says on stderr what went wrong; also with `-q`. */
  problem(sentence: string): void {
    this.#options.app.output.problem(sentence);
  }
  /** Keeps the profiles for the JSON file. */
  profiled(profiles: ReadonlyMap<string, LatencyProfile>, allocatableCores: number): void {
    this.#profiles = profiles;
    const { scenarios, known } = this.#options;
    const before = known.profiles.size === 0 ? [] : this.#profiledFor;
    this.#profiledFor = [...new Set([...before, ...scenarios.map(({ name }) => name)])];
    this.#allocatableCores = allocatableCores;
  }
  /** Keeps what was measured before a block of runs. */
  measured(block: BlockMeasures): void {
    this.#measures.push(block);
  }

  /** Prints the line of a run, with the time left. */
  runBegins(block: BenchBlock, policy: string): void {
    const { app, blocks, scenarios } = this.#options;
    this.#begun += 1;
    const done = { blocks: blocks.indexOf(block), runs: block.policies.indexOf(policy) };
    const scenario = scenarios[block.scenario]?.name ?? '';
    const { repetition } = block;
    const leftMs = timeLeftMs(blocks, scenarios, done);
    this.step(
      runLine({ number: this.#begun, of: this.#total, scenario, policy, repetition, leftMs }),
    );
    this.#runTimes.begin(app.clock.now());
    this.#showBar();
  }

  /** Runs that are done, and the time left by how long they took; no line where it is not known. */
  #showBar(): void {
    const { app } = this.#options;
    const done = this.#begun - 1;
    const leftMs = this.#runTimes.leftMs(this.#total - done, app.clock.now());
    const state = { label: 'bench', done, total: this.#total, unit: 'runs', leftMs };
    app.output.status?.(progressText(state));
  }

  /** Keeps the score of a run, prints its figures and writes the JSON file. */
  runEnded(score: BenchScore, record: RunRecord): void {
    this.#runs.push({ score, record });
    const { atTargetLastThird, notSlowerLastThird, secondsTo90 } = score.summary;
    const { attainableBefore = 0, attainableAtOnce = 0 } = score.summary;
    const settled = secondsTo90 === null ? 'not settled at the end' : `settled in ${secondsTo90} s`;
    this.step(
      `  last third: at target ${atTargetLastThird.toFixed(2)}, not slower ` +
        `${notSlowerLastThird.toFixed(2)} of ${score.n}, oracle ${score.oracle.toFixed(2)}; ` +
        `${settled}`,
    );
    this.step(
      `  attainable: ${attainableBefore.toFixed(2)} known one interval before, ` +
        `${attainableAtOnce.toFixed(2)} known at once`,
    );
    this.#write({ json: [this.#jsonFile, () => jsonText(this.#report(false))] });
  }

  /**
   * Prints the table, writes the files and returns the exit code. Runs that finished before a fault
   * are kept.
   */
  end(played: Result<void>): ExitCode {
    const { app, outputs } = this.#options;
    app.output.status?.('');
    const report = this.#report(played.ok);
    const notes = benchNotes(report);
    const runs = report.runs.map(
      (score, i): ReportRun => ({ score, record: report.records[i] ?? null }),
    );
    if (outputs.json === '-') app.output.data(jsonText(report).trimEnd());
    else if (runs.length > 0)
      for (const line of benchLines(runs, app.output.colour)) app.output.data(line);
    for (const note of notes.slice(1)) app.output.message(note);
    const written = this.#write({
      json: [this.#jsonFile, () => jsonText(report)],
      report: [outputs.report, () => htmlReport({ title: 'dqoes lab bench', runs, notes })],
      markdown: [outputs.markdown, () => markdownReport(runs, notes)],
    });
    if (!played.ok) return refuse(app, played.error);
    return written ? 0 : 1;
  }

  /** Of all scenarios in the file: those of now, and those of before that are not run now. */
  get #settings(): BenchSettings {
    const { settings, earlier } = this.#options;
    const scenarios = { ...earlier?.settings.scenarios, ...settings.scenarios };
    return { ...settings, scenarios };
  }

  get #jsonFile(): string | undefined {
    const { json } = this.#options.outputs;
    return json === '-' ? undefined : json;
  }

  get #total(): number {
    return this.#options.blocks.reduce((sum, { policies }) => sum + policies.length, 0);
  }

  #report(complete: boolean): BenchReport {
    const scores = withRequestCosts(this.#runs.map(({ score }) => score));
    return {
      machine: machineInfo(),
      settings: this.#settings,
      allocatableCores: this.#allocatableCores,
      startedAt: this.#startedAt,
      complete,
      runs: scores,
      records: this.#runs.map(({ record }) => record),
      summary: summariseRuns(scores),
      measures: this.#measures,
      profiles: Object.fromEntries(this.#profiles),
      profiledFor: this.#profiledFor,
    };
  }

  /** Writes files by option name. Reports each that cannot be written; true when all were. */
  #write(
    files: Readonly<Record<string, readonly [path: string | undefined, text: () => string]>>,
  ): boolean {
    const causes = Object.entries(files).flatMap(([option, [path, text]]) => {
      const cause = path === undefined ? undefined : writeWhole(path, text());
      if (cause === undefined) return [];
      return [`--${option} ${path}: cannot be written (${cause}): check the path and permissions.`];
    });
    for (const cause of causes) this.problem(cause);
    return causes.length === 0;
  }
}

const jsonText = (report: BenchReport): string => `${indentedJson(report)}\n`;

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;
