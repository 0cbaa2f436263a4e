import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { dqoes, type Program, startDqoes } from '../e2e/cli-program.js';
import { docker } from '../lib/docker-command.js';
import { roundsOr } from '../lib/rounds.js';
import { until } from '../lib/until.js';

const NAME = `newcomer-${process.pid}`;
const PREFIX = `newcomer${process.pid}.`;
const ROUNDS = roundsOr(1);
/**
 * Its band reaches to 1.1 times the target, so to 1 ÷ 1.1 of its CPU; the rest is what is learnt of
 * it meanwhile.
 */
const KEPT = 0.75;
const LOOK_MS = 100;
const SETTLED_LOOKS = 30;

interface Row {
  readonly job: string;
  readonly latencyMs: number | null;
}

describe('a newcomer of unknown workload on a host with other load', function () {
  this.timeout(60_000 + 90_000 * ROUNDS);
  let folder = '';
  let up: Program;
  let url = '';

  const label = (key: string, value: string): readonly string[] => [
    '--label',
    `${PREFIX}${key}=${value}`,
  ];
  const start = (
    id: string,
    words: readonly string[],
    flags: readonly string[] = [],
  ): Promise<string> =>
    docker('run', '-d', '--stop-timeout', '0', '--name', `${NAME}-${id}`, ...flags, ...words);
  const limitOf = async (id: string): Promise<number> => {
    const format = '{{.HostConfig.CpuQuota}} {{.HostConfig.CpuPeriod}}';
    const [quota = 0, period = 0] = (await docker('inspect', '-f', format, `${NAME}-${id}`))
      .split(' ')
      .map(Number);
    return quota > 0 ? quota / period : Number.POSITIVE_INFINITY;
  };
  const answered = async (job: string): Promise<boolean> => {
    const { out } = await dqoes(['ps', '-o', 'json', '--nats', url, '--cluster', NAME]);
    const rows =
      out === '' ? [] : (JSON.parse(out) as { readonly allocations?: readonly Row[] }).allocations;
    return rows?.some((row) => row.job === job && row.latencyMs !== null) === true;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-newcomer-'));
    const file = join(folder, 'agent.yaml');
    const records = join(folder, 'engines');
    await writeFile(
      file,
      `node: ${NAME}\nlabel-prefix: ${PREFIX}\nrecords-dir: ${records}\npush: { enable: false }\n` +
        'docker: { parent-weight: off }\n',
    );
    // Nobody has labelled it: 1.2 CPU of other load.
    await start(
      'other',
      ['dqoes/tiny:1', 'sh', '-c', 'while :; do :; done & while :; do :; done'],
      ['--cpus', '1.2'],
    );
    const flags = [
      ...label('enable', 'true'),
      ...label('job', 'settled'),
      ...label('target', '200ms'),
    ];
    await start('settled', ['dqoes/sample:1', '--model', 'ocr-det'], flags);
    const state = join(folder, 'state');
    up = startDqoes([
      'up',
      '--state',
      state,
      '--nats-port',
      '0',
      '--cluster',
      NAME,
      '--agent-config',
      file,
    ]);
    await until(
      () => /is up at (\S+)/.test(`${up.out}${up.err}`),
      () => `up: ${up.err}`,
      30_000,
    );
    url = /is up at (\S+)/.exec(`${up.out}${up.err}`)?.[1] ?? '';
  });
  after(async () => {
    await up?.end('SIGTERM');
    const names = [
      'other',
      'settled',
      ...Array.from({ length: ROUNDS }, (_, round) => `fresh-${round}`),
    ];
    await Promise.all(names.map((id) => docker('rm', '-f', `${NAME}-${id}`).catch(() => '')));
    await rm(folder, { recursive: true, force: true });
  });

  /** Its limit once that has stood still for three seconds. */
  async function settled(): Promise<number> {
    let [held, looks] = [Number.NaN, 0];
    await until(
      async () => {
        const now = await limitOf('settled');
        looks = Math.abs(now / held - 1) < 0.1 ? looks + 1 : 0;
        held = now;
        await pause(LOOK_MS);
        return looks >= SETTLED_LOOKS && Number.isFinite(held);
      },
      () => `a limit that stands still: ${held}`,
      60_000,
    );
    return held;
  }

  for (let round = 0; round < ROUNDS; round += 1)
    it(`never cuts a settled job below what it needs (${round + 1} of ${ROUNDS})`, async () => {
      const before = await settled();
      const job = `fresh-${round}`;
      const flags = [...label('enable', 'true'), ...label('job', job), ...label('target', '4s')];
      await start(job, ['dqoes/sample:1', '--model', 'resnet-50', '--batch', '8'], flags);
      const seen: number[] = [];
      const isOver = { value: false };
      const watching = (async () => {
        while (!isOver.value) {
          seen.push(await limitOf('settled'));
          await pause(LOOK_MS);
        }
      })();
      await until(
        () => answered(job),
        () => `an answer of the newcomer: ${up.err}`,
        60_000,
      );
      await pause(3000);
      isOver.value = true;
      await watching;
      const explained = await dqoes([
        'job',
        'explain',
        'settled',
        '--nats',
        url,
        '--cluster',
        NAME,
      ]);
      assert.ok(
        Math.min(...seen) >= KEPT * before,
        `${Math.min(...seen)} of ${before}, looked at ${seen.length} times: ${explained.out}`,
      );
      await docker('rm', '-f', `${NAME}-${job}`);
    });
});
