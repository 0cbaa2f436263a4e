import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { readCliConfig } from '../../cli/config.js';
import { readRecordingFile } from '../../cli/lab/recording-file.js';
import { runProgram } from '../../cli/program.js';
import type { App } from '../../cli/shell/app.js';
import { loadCoordinatorConfig } from '../../coordinator/config.js';
import type { CoordinatorHandle } from '../../coordinator/contract.js';
import { startCoordinator } from '../../coordinator/start.js';
import type { Recording } from '../../lab/recording/types.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { DesiredAllocation } from '../../shared/command.js';
import { silentLog } from '../../shared/log.js';
import type { ContainerReport } from '../../shared/report.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { container, job, jobName, latency, target } from '../unit/coordinator/build.js';
import { FakeAgent } from '../unit/coordinator/fake-agent.js';

const WORK_SECONDS = 0.02;
const REPORT_MS = 100;

/**
 * A closed loop of requests of 20 ms of work on whatever its limit gives it; counters by the clock.
 */
class Loop {
  #cpuSeconds = 0;
  readonly #fromMs = systemClock.now();
  #atMs = this.#fromMs;

  report({ id, job: owner, limit, spec }: DesiredAllocation): ContainerReport {
    const nowMs = systemClock.now();
    const cores = limit.cpuCores ?? 1;
    this.#cpuSeconds += (cores * (nowMs - this.#atMs)) / 1000;
    this.#atMs = nowMs;
    const latencyMs = (1000 * WORK_SECONDS) / cores;
    const totalCount = Math.floor(this.#cpuSeconds / WORK_SECONDS);
    const newestAgeMs = (1000 * (this.#cpuSeconds - totalCount * WORK_SECONDS)) / cores;
    const totals = { totalCount, totalMs: nowMs - this.#fromMs - newestAgeMs, newestAgeMs };
    return container(id, {
      job: owner,
      target: spec?.target ?? null,
      observed: limit,
      applied: limit,
      cpu: {
        usageCores: cores,
        usageTotalSeconds: this.#cpuSeconds,
        throttledRatio: 1,
        pressureRatio: 0,
      },
      latency: totalCount === 0 ? null : latency(latencyMs, totals),
    });
  }
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly problems: string;
}

/** The real wire, a real coordinator; the agent's containers are made up. */
describe('dqoes lab record and replay on a real nats-server', () => {
  let server: TestNatsServer;
  let folder = '';
  const clients: NatsClient[] = [];
  let agent: FakeAgent;
  let user: NatsClient;
  let coordinator: CoordinatorHandle | undefined;
  let reporting = new AbortController();
  let count = 0;
  let cluster = '';
  let config = '';
  /** What the newest run told people so far. */
  const told: string[] = [];

  before(async () => {
    server = await startNatsServer();
  });
  after(() => server.stop());

  const connect = async (): Promise<NatsClient> => {
    const client = await connectForTest(server.url);
    clients.push(client);
    return client;
  };
  const dqoes = async (
    argv: readonly string[],
    signal = new AbortController().signal,
  ): Promise<Ran> => {
    told.length = 0;
    const out: string[] = [];
    const problems: string[] = [];
    const app: App = {
      config: readCliConfig({ HOME: '/nowhere' }),
      output: {
        data: (line) => void out.push(line),
        message: (line) => void told.push(line),
        problem: (line) => void problems.push(line),
        record: (line) => void problems.push(line),
        terminal: false,
        colour: false,
      },
      clock: systemClock,
      signal,
      stdin: () => Readable.from([]),
      version: '0',
    };
    const code = await runProgram(argv, app);
    return { code, out: out.join('\n'), problems: problems.join('\n') };
  };
  const submit = async (name: string, latencyMs: number): Promise<void> => {
    const spec = { ...job(name, { target: target(latencyMs) }), env: { TOKEN: 'secret' } };
    const where = { bus: user.bus, subjects: subjectsOf(cluster), timeoutMs: 5000 };
    const answer = await callService(where, 'job-submit', { jobs: [spec] });
    assert.ok(answer.ok, JSON.stringify(answer));
  };
  const recordingIn = async (file: string): Promise<Recording> => {
    const read = await readRecordingFile(file);
    assert.ok(read.ok, JSON.stringify(read));
    assert.deepEqual(read.value.warnings, []);
    return read.value.recording;
  };

  beforeEach(async () => {
    count += 1;
    cluster = `rec${count}`;
    folder = mkdtempSync(join(tmpdir(), 'dqoes-record-'));
    config = join(folder, 'coordinator.yaml');
    writeFileSync(
      config,
      `cluster: ${cluster}\npolicy: dqoes\ninterval: 500ms\nmax-interval: 1s\n`,
    );
    user = await connect();
    assert.ok((await user.stores.install(cluster, { replicas: 1 })).ok);
    agent = new FakeAgent((await connect()).bus, subjectsOf(cluster), 'h1');
    reporting = new AbortController();
    const loops = new Map<string, Loop>();
    const containers = (): readonly ContainerReport[] =>
      (agent.desired?.allocations ?? []).map((desired) => {
        const loop = loops.get(desired.id) ?? new Loop();
        loops.set(desired.id, loop);
        return loop.report(desired);
      });
    void (async () => {
      while (!reporting.signal.aborted) {
        agent.report({ intervalMs: REPORT_MS, containers: containers() });
        await systemClock.sleep(REPORT_MS, reporting.signal);
      }
    })();
    const settings = loadCoordinatorConfig({ file: config });
    assert.ok(settings.ok, JSON.stringify(settings));
    const { bus, stores } = await connect();
    const started = await startCoordinator(settings.value, {
      bus,
      stores,
      clock: systemClock,
      log: silentLog,
    });
    assert.ok(started.ok, JSON.stringify(started));
    coordinator = started.value;
  });
  afterEach(async () => {
    reporting.abort();
    agent.stop();
    await coordinator?.stop();
    await Promise.all(clients.splice(0).map(({ bus }) => bus.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('records reports, decisions and events until Ctrl-C, and replays them', async () => {
    const file = join(folder, 'out.jsonl.gz');
    const stop = new AbortController();
    const at = ['--out', file, '--nats', server.url, '--cluster', cluster, '--config', config];
    const recording = dqoes(['lab', 'record', ...at], stop.signal);
    await until(
      () => told.some((line) => line.startsWith('Recording into')),
      'the recording begun',
    );
    await submit('a', 100);
    await submit('b', 40);
    const seen = agent.sequence;
    await until(() => agent.sequence > seen + 40, '40 reports');
    stop.abort();
    const ended = await recording;
    assert.deepEqual([ended.code, ended.problems], [0, '']);
    const { header, reports, desired, events } = await recordingIn(file);
    assert.deepEqual(
      [header.cluster, header.policy, header.params?.intervalMs],
      [cluster, 'dqoes', 500],
    );
    assert.ok(reports.length >= 40);
    assert.ok(desired.some(({ allocations }) => allocations.some(({ reason }) => reason !== '')));
    assert.deepEqual(
      events.filter(({ type }) => type === 'dqoes.job.submitted').map(({ about }) => about),
      ['a', 'b'],
    );
    assert.ok(!JSON.stringify(desired).includes('secret'));

    const scores = join(folder, 'scores.json');
    const saved = join(folder, 'saved.yaml');
    const tried = ['--policy', 'dqoes,adaptive', '--json', scores, '--save-scenario', saved];
    const replayed = await dqoes(['lab', 'replay', file, ...tried]);
    assert.deepEqual([replayed.code, replayed.problems], [0, '']);
    const written = JSON.parse(readFileSync(scores, 'utf8')) as readonly {
      readonly policy: string;
      readonly n: number;
    }[];
    assert.deepEqual(
      written.map(({ policy, n }) => [policy, n]),
      ['recorded', 'recorded-limits', 'dqoes', 'adaptive'].map((policy) => [policy, 2]),
    );
    const work = [...readFileSync(saved, 'utf8').matchAll(/work: ([\d.]+)ms/g)].map(([, ms]) =>
      Number(ms),
    );
    assert.equal(work.length, 2);
    for (const ms of work)
      assert.ok(Math.abs(ms - 1000 * WORK_SECONDS) < 0.03 * 1000 * WORK_SECONDS, `${ms}`);

    const verified = await dqoes(['lab', 'replay', file, '--verify', '-o', 'json']);
    const { share, recorded } = JSON.parse(verified.out) as {
      readonly share: number;
      readonly recorded: number;
    };
    assert.ok(recorded > 2 && share > 0.5, `${share} of ${recorded}`);
  });

  it('begins with what is desired already, and ends by itself', async () => {
    await submit('a', 100);
    await until(() => agent.desired?.allocations.length === 1, 'a placed');
    await until(async () => {
      const where = { bus: user.bus, subjects: subjectsOf(cluster), timeoutMs: 5000 };
      const { sequence } = agent;
      const status = await callService(where, 'job-status', { name: jobName('a') });
      return sequence > 5 && status.ok && status.value.job.state === 'running';
    }, 'a running');
    const file = join(folder, 'out.jsonl');
    const at = ['--out', file, '--nats', server.url, '--cluster', cluster];
    const ended = await dqoes(['lab', 'record', ...at, '--for', '500ms']);
    assert.deepEqual([ended.code, ended.problems], [0, '']);
    const { header, desired } = await recordingIn(file);
    assert.equal(header.params, null);
    assert.deepEqual(
      [desired[0]?.revision, desired[0]?.allocations.map(({ job: owner }) => owner)],
      [0, ['a']],
    );
    const again = await dqoes(['lab', 'record', ...at, '--for', '1s']);
    assert.equal(again.code, 2);
    assert.match(again.problems, /^--out .*: already exists/);
  });

  it('says so when nothing is heard of the cluster', async () => {
    const at = [
      '--out',
      join(folder, 'none.jsonl'),
      '--nats',
      server.url,
      '--cluster',
      'elsewhere',
    ];
    const ended = await dqoes(['lab', 'record', ...at, '--for', '200ms']);
    assert.equal(ended.code, 1);
    assert.match(ended.problems, /No report arrived/);
  });
});
