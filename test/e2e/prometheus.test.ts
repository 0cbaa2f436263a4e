import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { METRICS, type MetricName } from '../../shared/monitoring/catalogue.js';
import { noPrometheus, Prometheus, promtool, rulesText } from '../lib/prometheus.js';
import { until } from '../lib/until.js';
import { dqoes } from './cli-program.js';
import { containersOf, loggingJobFile, startUpCluster, type UpCluster } from './up-cluster.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const FOLDER = join(ROOT, 'deploy/prometheus');
const CLUSTER = `prom${process.pid}`;
const PATIENCE_MS = 60_000;

/** What a healthy machine without a GPU does not have. */
const ABSENT: readonly RegExp[] = [
  /^dqoes_gpu_/,
  // Only where a message, a command or an operation was refused.
  /^dqoes_coordinator_messages_rejected_total$/,
  /^dqoes_agent_commands_rejected_total$/,
  /^dqoes_store_failures_total$/,
];
/** A kernel without PSI does not say. */
const MAYBE = new Set<string>(['dqoes_node_cpu_pressure_ratio']);

/** Of a histogram, all three. */
const seriesNames = (name: MetricName): readonly string[] =>
  METRICS[name].type === 'histogram'
    ? ['_bucket', '_sum', '_count'].map((suffix) => `${name}${suffix}`)
    : [name];

/** Every expression of the dashboard, with Grafana's variables as it replaces them. */
function dashboardQueries(): readonly string[] {
  const text = readFileSync(join(FOLDER, 'dashboard.json'), 'utf8');
  const { panels } = JSON.parse(text) as {
    readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
  };
  return panels
    .flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
    .map((expr) =>
      expr.replaceAll('$__rate_interval', '30s').replaceAll(/\$(?:node|job_name)/g, '.*'),
    );
}

const WHY_NOT = noPrometheus();
const TITLE = `Prometheus beside dqoes up${WHY_NOT === '' ? '' : `: skipped, ${WHY_NOT}`}`;

describe(TITLE, function () {
  this.timeout(240_000);
  let cluster: UpCluster;
  let prometheus: Prometheus;
  let url = '';

  before(async function () {
    if (WHY_NOT !== '') this.skip();
    cluster = await startUpCluster(CLUSTER);
    const printed = (): string =>
      /^Metrics for Prometheus: (http:\S+)/m.exec(cluster.up.err)?.[1] ?? '';
    await until(
      () => printed() !== '',
      () => `the address of the metrics: ${cluster.up.err}`,
    );
    url = printed();
    const rules = await rulesText(join(FOLDER, 'rules.yml'), true);
    prometheus = await Prometheus.start({ targets: [new URL(url).host], rules });
    await submit(loggingJobFile('steady'));
    await until(
      async () => (await prometheus.query('dqoes_job_latency_seconds')).length > 0,
      'the job to be measured',
      PATIENCE_MS,
    );
    // The first limit, and a use of CPU between two reports.
    await until(
      async () => (await prometheus.query('dqoes_allocation_cpu_throttled_ratio')).length > 0,
      'the use of the job to be known',
      PATIENCE_MS,
    );
  });
  after(async () => {
    await prometheus?.stop();
    await cluster?.up.end('SIGINT');
    if (cluster !== undefined) await rm(cluster.folder, { recursive: true, force: true });
  });

  async function submit(text: string): Promise<void> {
    const file = join(cluster.folder, 'job.yaml');
    await writeFile(file, text);
    const run = await dqoes(['job', 'run', file], { env: cluster.env });
    assert.equal(run.code, 0, run.err);
  }

  it('reads every documented series and no other', async () => {
    const found = await prometheus.query('count by (__name__) ({__name__=~"dqoes_.+"})');
    const names = new Set(found.map(({ metric }) => metric.__name__ ?? ''));
    const documented = Object.keys(METRICS) as MetricName[];
    const known = new Set(documented.flatMap(seriesNames));
    assert.deepEqual(
      [...names].filter((name) => !known.has(name)),
      [],
      'not documented',
    );
    const expected = documented.filter((name) => !ABSENT.some((one) => one.test(name)));
    assert.deepEqual(
      expected.flatMap(seriesNames).filter((name) => !names.has(name) && !MAYBE.has(name)),
      [],
      'documented, but not there',
    );
    const table = readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8');
    for (const name of documented) assert.ok(table.includes(`\`${name}\``), name);
  });

  it('knows which build of a version it reads', async () => {
    const [, build = 'none'] = /^build (.+)$/m.exec((await dqoes(['--version'])).out) ?? [];
    const found = await prometheus.query('dqoes_build_info');
    assert.deepEqual(
      found.map(({ metric }) => metric.build),
      [build],
    );
  });

  it('finds nothing wrong with the names and types', async () => {
    const text = await (await fetch(url)).text();
    assert.deepEqual(promtool(['check', 'metrics'], text), { code: 0, text: '' });
  });

  it('accepts the configuration and the rules, each of which fires on its fault alone', () => {
    for (const args of [
      ['check', 'config', join(FOLDER, 'prometheus.yml')],
      ['check', 'rules', '--lint-fatal', join(FOLDER, 'rules.yml')],
      ['test', 'rules', join(FOLDER, 'rules.test.yml')],
    ]) {
      const { code, text } = promtool(args);
      assert.equal(code, 0, text);
    }
  });

  it('evaluates every query of the dashboard', async () => {
    const queries = dashboardQueries();
    assert.ok(queries.length > 30);
    for (const query of queries) await prometheus.query(query);
  });

  it('raises the alert of a fault and no other', async () => {
    const big = loggingJobFile('huge').replace('memory: 32MiB', 'memory: 900000GiB');
    await submit(big);
    await untilFiring(['DqoesCapacityShort']);
    const stopped = await dqoes(['job', 'stop', 'huge'], { env: cluster.env });
    assert.equal(stopped.code, 0, stopped.err);
    await untilFiring([]);
    const [container = ''] = containersOf(CLUSTER).split('\n');
    const update = ['update', '--cpu-period', '100000', '--cpu-quota', '7000', container];
    const updated = spawnSync('docker', update, { encoding: 'utf8' });
    assert.equal(updated.status, 0, updated.stderr);
    await untilFiring(['DqoesLimitsChangedByOthers']);
  });

  /** Waits for exactly these. */
  async function untilFiring(names: readonly string[]): Promise<void> {
    let firing: readonly string[] = [];
    await until(
      async () => {
        firing = await prometheus.firing();
        return firing.join() === names.join();
      },
      () => `${names.join() || 'nothing'} to fire: ${firing.join()}`,
      PATIENCE_MS,
    );
  }
});
