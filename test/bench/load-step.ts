/**
 * `npm run bench:load-step -- [--seeds 1,2,3] [--record PREFIX] [--json FILE]`: a real server under
 * Poisson arrivals that double, read by its metrics endpoint, with a p95 target: what its clients
 * saw in each half.
 */
import { writeFileSync } from 'node:fs';
import { summarise } from '../../shared/samples.js';
import { type LoadStepOptions, type LoadStepResult, runLoadStep } from '../lib/load-step.js';
import { jsonFileFrom } from './lib/process-cost.js';

const TARGET_MS = 150;
const OPTIONS: Omit<LoadStepOptions, 'policy' | 'seed'> = {
  targetMs: TARGET_MS,
  ratePerSecond: 20,
  factor: 2,
  beforeMs: 60_000,
  afterMs: 80_000,
};
/** Left out after the start and after the step: the limit is still being found. */
const SETTLE_MS = 25_000;
const wordAfter = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
};
const seeds = (wordAfter('--seeds') ?? '1,2,3').split(',').map(Number);
const prefix = wordAfter('--record');

function halvesOf({ load, looks }: LoadStepResult) {
  const half = (fromMs: number, toMs: number) => {
    const answers = load.answers.filter(({ sentAtMs }) => sentAtMs >= fromMs && sentAtMs < toMs);
    const seen = summarise(answers.map(({ latencyMs }) => latencyMs));
    const looked = looks.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    const limits = looked.map(({ limitCores }) => limitCores ?? Number.NaN);
    return {
      requests: answers.length,
      refused: answers.filter(({ status }) => status !== 200).length,
      clientP95Ms: seen?.p95Ms ?? null,
      clientMeanMs: seen?.meanMs ?? null,
      withinTarget:
        answers.filter(({ latencyMs }) => latencyMs <= TARGET_MS).length / answers.length,
      meanLimitCores: limits.reduce((a, b) => a + b, 0) / limits.length,
      withinBand: looked.filter(({ qoeClass }) => qoeClass === 'within').length / looked.length,
      notSlower: looked.filter(({ qoeClass }) => qoeClass !== 'slower').length / looked.length,
    };
  };
  const { beforeMs, afterMs } = OPTIONS;
  return {
    before: half(SETTLE_MS, beforeMs),
    after: half(beforeMs + SETTLE_MS, beforeMs + afterMs),
  };
}

const rows: unknown[] = [];
for (const seed of seeds) {
  const recordTo = prefix === undefined ? {} : { recordTo: `${prefix}${seed}.jsonl` };
  const result = await runLoadStep({ ...OPTIONS, ...recordTo, policy: 'adaptive', seed });
  for (const [half, values] of Object.entries(halvesOf(result)))
    rows.push({ seed, half, ...values });
  const limits = result.looks.map(({ atMs, limitCores, p95Ms }) =>
    [atMs, limitCores, p95Ms].map((value) => Number(value?.toPrecision(3) ?? Number.NaN)),
  );
  console.log(
    `seed ${seed}: [ms, limit in cores, p95 in ms as reported] ${JSON.stringify(limits)}`,
  );
}
console.table(rows);
const file = jsonFileFrom(process.argv);
if (file !== undefined)
  writeFileSync(file, `${JSON.stringify({ options: OPTIONS, rows }, null, 2)}\n`);
process.exit(0);
