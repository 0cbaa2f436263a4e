/**
 * `node tools/draw-scenario.mjs --seed N [--kind closed|mixed] [--demand 0.93] [--jobs 12]`: a
 * scenario file that nobody has tuned a policy on, to stdout. The same arguments give the same
 * file. `closed`: clients that wait, targets in a band. `mixed`: about half of the jobs have
 * clients that do not wait, most of those a ceiling, and one of them gets 1.3 times the load at
 * half of the run. A third of the jobs arrive within the first 40 s.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** CPU-seconds of one item of a batch on the machine of docs/benchmarks.md, and usual batches. */
const MODELS = [
  { kind: 'ocr-det', work: 0.025, batches: [1, 2, 4, 6] },
  { kind: 'ocr-rec', work: 0.025, batches: [1, 2, 4] },
  { kind: 'vad', work: 0.0215, batches: [1, 2, 6] },
  { kind: 'ocr-cls', work: 0.0012, batches: [18, 36] },
  { kind: 'mobilenet-v2', work: 0.0095, batches: [3, 4, 6] },
  { kind: 'resnet-50', work: 0.077, batches: [1] },
];
/** Share of the time that requests of open arrivals keep its CPU busy; more on a slower machine. */
const [LEAST_USE, MOST_USE] = [0.25, 0.45];
const KINDS = ['closed', 'mixed'];
const CORES = 2;
const THREADS = 1;

/** mulberry32: numbers in [0, 1) that follow from the seed. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const digits = (value, significant = 3) => Number(value.toPrecision(significant));

function job(index, share, random, kind) {
  const model = MODELS[Math.floor(random() * MODELS.length)];
  const batch = model.batches[Math.floor(random() * model.batches.length)];
  const work = digits(model.work * batch);
  const isOpen = kind === 'mixed' && random() < 0.5;
  const cores = Math.min(share * CORES, THREADS);
  const use = LEAST_USE + (MOST_USE - LEAST_USE) * random();
  const rate = isOpen ? digits((use * cores) / work, 2) : undefined;
  const latency = isOpen ? (work / cores) * (1 + (0.5 * use) / (1 - use)) : work / cores;
  const isCeiling = isOpen && random() < 0.7;
  const at = random() < 1 / 3 ? Math.round(random() * 40) : 0;
  const arrivals = rate === undefined ? 'closed' : `{ rate: ${rate} }`;
  const start = at > 0 ? ` at: ${at}s,` : '';
  const mode = isCeiling ? ' mode: ceiling,' : '';
  const asked = `target: ${Math.round(latency * 1000)}ms, demand: ${digits(share)}`;
  const open = rate === undefined ? '' : `, arrivals: ${arrivals}`;
  const load = `kind: ${model.kind}, batch: ${batch}, threads: ${THREADS}, arrivals: ${arrivals}`;
  return [
    `  - { id: j${index + 1},${start} ${asked},${mode}`,
    `      model: { work: ${work}${open} },`,
    `      workload: { ${load} } }`,
  ];
}

const SECONDS = 120;
const LOAD_STEP = 1.3;

/** The text of the file; `faults` of `faultsOf` were none. */
export function drawScenario({ seed, kind, demand, jobs }) {
  const random = generator(seed);
  const weights = Array.from({ length: jobs }, () => 0.5 + 1.5 * random());
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const drawn = weights.map((weight, index) => job(index, (demand * weight) / sum, random, kind));
  const open = drawn.findIndex((lines) => lines[2].includes('rate:'));
  const step = `  - { at: ${SECONDS / 2}s, job: j${open + 1}, rateFactor: ${LOAD_STEP} }`;
  return [
    `# tools/draw-scenario.mjs --seed ${seed} --kind ${kind} --demand ${demand} --jobs ${jobs}`,
    `name: drawn-${kind}-${demand}-${seed}`,
    `seed: ${seed}`,
    'interval: 5s',
    `duration: ${SECONDS}s`,
    'tolerance: 10%',
    'noise: 0.08',
    'nodes:',
    `  - { id: h1, cpu: ${CORES} }`,
    'jobs:',
    ...drawn.flat(),
    ...(open < 0 ? [] : ['disturbances:', step]),
  ].join('\n');
}

/** What is wrong with what is asked, each with the cure. */
export function faultsOf({ seed, kind, demand, jobs }) {
  return [
    Number.isInteger(seed) && seed >= 0 ? '' : '--seed N: a whole number of at least 0 is needed',
    demand > 0 && demand <= 3 ? '' : '--demand: a share of the CPU is needed, at most 3',
    Number.isInteger(jobs) && jobs >= 2 && jobs <= 40 ? '' : '--jobs: 2 to 40 are possible',
    KINDS.includes(kind) ? '' : `--kind: ${KINDS.join(' or ')}`,
  ].filter((fault) => fault !== '');
}

function main() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '' },
      kind: { type: 'string', default: 'closed' },
      demand: { type: 'string', default: '0.93' },
      jobs: { type: 'string', default: '12' },
    },
  });
  const numberOf = (text) => (text.trim() === '' ? Number.NaN : Number(text));
  const { seed, demand, jobs } = values;
  const asked = {
    kind: values.kind,
    seed: numberOf(seed),
    demand: numberOf(demand),
    jobs: numberOf(jobs),
  };
  const faults = faultsOf(asked);
  if (faults.length === 0) process.stdout.write(`${drawScenario(asked)}\n`);
  else {
    process.stderr.write(`${faults.join('\n')}\n`);
    process.exitCode = 2;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
