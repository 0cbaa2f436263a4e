import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './nats-server.js';
import { until } from './until.js';

/** Why a real Prometheus cannot be had; '' = it can. */
export const noPrometheus = (): string =>
  ['prometheus', 'promtool'].every(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
  )
    ? ''
    : 'no prometheus and promtool on PATH (deploy/bootstrap.sh --operate)';

/** One series of an instant query. */
export interface PromSample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What it reads, and where its rules are. */
export interface PrometheusOptions {
  readonly targets: readonly string[];
  /** Text of a file of rules. */
  readonly rules: string;
}

const START_MS = 30_000;

/** A Prometheus of its own, which reads every second and forgets everything at the end. */
export class Prometheus {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #url: string;

  private constructor(child: ChildProcess, folder: string, port: number) {
    this.#child = child;
    this.#folder = folder;
    this.#url = `http://127.0.0.1:${port}`;
  }

  static async start({ targets, rules }: PrometheusOptions): Promise<Prometheus> {
    const folder = await mkdtemp(join(tmpdir(), 'dqoes-prometheus-'));
    const rulesFile = join(folder, 'rules.yml');
    await writeFile(rulesFile, rules);
    const scrape = { job_name: 'dqoes', static_configs: [{ targets }] };
    const config = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [rulesFile],
      scrape_configs: [scrape],
    };
    // JSON is YAML.
    await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config));
    const port = await freePort();
    const child = spawn('prometheus', [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ]);
    const started = new Prometheus(child, folder, port);
    await until(() => started.isReady(), 'Prometheus to be ready', START_MS);
    return started;
  }

  async isReady(): Promise<boolean> {
    return fetch(`${this.#url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** The result of an instant query; throws what Prometheus says against it. */
  async query(expression: string): Promise<readonly PromSample[]> {
    const answer = await this.#get(`/api/v1/query?query=${encodeURIComponent(expression)}`);
    const { result } = answer as { readonly result: readonly Raw[] };
    return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  /** Names of the alerts that fire now. */
  async firing(): Promise<readonly string[]> {
    const alerts = await this.query('ALERTS{alertstate="firing"}');
    return [...new Set(alerts.map(({ metric }) => metric.alertname ?? ''))].sort();
  }

  async #get(path: string): Promise<unknown> {
    const response = await fetch(`${this.#url}${path}`);
    const body = (await response.json()) as Answer;
    if (body.status !== 'success') throw new Error(`${path}: ${body.error ?? 'no answer'}`);
    return body.data;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      const ended = once(this.#child, 'close');
      this.#child.kill('SIGTERM');
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface Raw {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}
interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data?: unknown;
}

/** Runs promtool; its exit code and all it wrote. */
export function promtool(args: readonly string[], input = ''): { code: number; text: string } {
  const run = spawnSync('promtool', args, { input, encoding: 'utf8' });
  return { code: run.status ?? 1, text: `${run.stdout}${run.stderr}` };
}

/** The rules of the repository; `isQuick`: what lasts counts after a second. */
export async function rulesText(path: string, isQuick: boolean): Promise<string> {
  const text = await readFile(path, 'utf8');
  return isQuick ? text.replace(/^( +for:) .*$/gm, '$1 1s') : text;
}
