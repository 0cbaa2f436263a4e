// What a scrape costs a coordinator that leads a large cluster: CPU, series, bytes, and the time
// for which it keeps the thread. Usage: npm run bench:metrics [-- --json FILE]
import { writeFileSync } from 'node:fs';
import { Exporter } from '../../cli/monitoring/exporter.js';
import { leaderSamples } from '../../coordinator/monitoring/leader-samples.js';
import { CoordinatorMeter } from '../../coordinator/monitoring/meter.js';
import type { ClusterState } from '../../coordinator/state/model.js';
import type { SampleSource } from '../../shared/monitoring/samples.js';
import { container, latency } from '../unit/coordinator/build.js';
import { desiredOn, fold, reported, START, stored } from '../unit/coordinator/state/state-build.js';

const [WARM_UP, SCRAPES, EVERY_S] = [10, 60, 15];
/** Jobs, nodes, and how many allocations have series of their own. */
const CASES = [
  { jobs: 1000, nodes: 50, maxAllocations: 500 },
  { jobs: 1000, nodes: 50, maxAllocations: 1000 },
  { jobs: 100, nodes: 5, maxAllocations: 500 },
] as const;

/** Every job has one allocation that runs, answers and has used CPU. */
function clusterOf(jobs: number, nodes: number): ClusterState {
  const each = Array.from({ length: jobs }, (_, at) => `job${at}`);
  const state = fold(START, ...each.map((name) => stored(name)));
  const on = (node: number): readonly string[] => each.filter((_, at) => at % nodes === node);
  const cpu = { usageCores: 0.3, usageTotalSeconds: 5, throttledRatio: 0.1, pressureRatio: 0.1 };
  return Array.from({ length: nodes }, (_, node) => {
    const containers = on(node).map((job) => container(`${job}-1`, { latency: latency(90), cpu }));
    const limits = on(node).map((job): [string, number] => [`${job}-1`, 0.5]);
    return [reported(1000, `h${node}`, { containers }), desiredOn(`h${node}`, 1, ...limits)];
  }).reduce((before, events) => fold(before, ...events), state);
}

function sourceOf(state: ClusterState, maxAllocations: number): SampleSource {
  const meter = new CoordinatorMeter();
  const counters = {
    ingest: { accepted: 1, superseded: 0, waiting: 0, rejected: new Map() },
    dispatch: { written: 1, nudged: 1, conflicts: 0, failed: 0 },
    events: { published: 1, dropped: 0, waiting: 0 },
    audit: { dropped: 0 },
    minutes: { dropped: 0 },
  };
  return {
    name: 'coordinator',
    collect: (samples) => {
      meter.collect(samples);
      const what = { state, nowMs: 2000, cluster: 'main', maxAllocations, epoch: 1, counters };
      leaderSamples(samples, what);
    },
  };
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

async function measure({ jobs, nodes, maxAllocations }: (typeof CASES)[number]) {
  const source = sourceOf(clusterOf(jobs, nodes), maxAllocations);
  const exporter = new Exporter([source], () => performance.now());
  for (let at = 0; at < WARM_UP; at += 1) await exporter.scrape();
  const [times, before]: [number[], NodeJS.CpuUsage] = [[], process.cpuUsage()];
  let text = '';
  for (let at = 0; at < SCRAPES; at += 1) {
    const beganAt = performance.now();
    text = (await exporter.scrape()).text;
    times.push(performance.now() - beganAt);
  }
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1000 / SCRAPES;
  times.sort((a, b) => a - b);
  return {
    jobs,
    nodes,
    maxAllocations,
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
    bytes: text.length,
    cpuMsPerScrape: Number(cpuMs.toFixed(2)),
    p50Ms: Number(percentile(times, 0.5).toFixed(2)),
    p99Ms: Number(percentile(times, 0.99).toFixed(2)),
    cpuSharePercent: Number(((cpuMs / 1000 / EVERY_S) * 100).toFixed(3)),
  };
}

const results = [];
for (const each of CASES) {
  const result = await measure(each);
  results.push(result);
  console.log(
    `${result.jobs} jobs, ${result.nodes} nodes, own series for up to ` +
      `${result.maxAllocations} allocations: ${result.series} series, ${result.bytes} B, ` +
      `${result.cpuMsPerScrape} ms CPU a scrape (p50 ${result.p50Ms}, p99 ${result.p99Ms} ms), ` +
      `${result.cpuSharePercent} % of a core at one scrape in ${EVERY_S} s`,
  );
}
const at = process.argv.indexOf('--json');
const file = at < 0 ? undefined : process.argv[at + 1];
const facts = { node: process.version, scrapes: SCRAPES, date: new Date().toISOString() };
if (file !== undefined) writeFileSync(file, `${JSON.stringify({ ...facts, results }, null, 2)}\n`);
