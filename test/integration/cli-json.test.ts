import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { after, before, describe, it } from 'mocha';
import { Check } from 'typebox/schema';
import { ANSWERS } from '../../cli/answers/answers.js';
import { realClock } from '../../cli/clock.js';
import { readCliConfig } from '../../cli/config.js';
import { runDoctorHost } from '../../cli/doctor/host.js';
import { buildProgram, runProgram } from '../../cli/program.js';
import type { App } from '../../cli/shell/app.js';
import { testApp } from '../lib/cli-app.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { policyNamed, recordSimulation } from '../unit/lab/replay/record-sim.js';
import { model, scenario, simJob } from '../unit/lab/sim/build.js';
import { ClusterOnNats } from './cluster-on-nats.js';

// The tests run in dist/test/integration; schemas are not built.
const schemaOf = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(
    readFileSync(new URL(`../../../schemas/${name}.schema.json`, import.meta.url), 'utf8'),
  ) as Readonly<Record<string, unknown>>;

const JOB = 'name: face\nimage: dqoes/tiny:1\ntarget: { latency: 800ms }\nenv: { A: b }\n';
const TOKEN = { id: 'abcdefgh23', name: 'ci', role: 'viewer', hash: 'a'.repeat(64) } as const;
/** In test/e2e/cli-json.test.ts: they take the key of a real coordinator, or Docker. */
const ELSEWHERE = ['secret set', 'advise'];

describe('what commands print with -o json', function () {
  this.timeout(180_000);
  let server: TestNatsServer;
  let cluster: ClusterOnNats;
  let home = '';
  const seen = new Set<string>();
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'dqoes-json-'));
    server = await startNatsServer();
    cluster = await ClusterOnNats.make(server.url, 'json');
    await cluster.agent('h1');
    await cluster.start('c1');
    await until(async () => (await run('node ls')).text.includes('"h1"'), 'the node');
  });
  after(async () => {
    await cluster.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  /** Runs a command with `-o json`, and the text it printed. */
  const run = async (words: string, env: Readonly<Record<string, string>> = {}) => {
    const { app, out, problems } = testApp();
    const place = { HOME: home, DQOES_NATS_URL: server.url, DQOES_CLUSTER: 'json' };
    const config = readCliConfig({ ...place, ...env });
    const own: App = { ...app, config, clock: realClock };
    const code = await runProgram([...words.split(' '), '-o', 'json'], own);
    return { code, text: out.join('\n'), problems: problems.join('\n') };
  };
  const file = (name: string, text: string): string => {
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  /** Runs a command and holds what it printed against its definition. */
  const check = async (
    command: string,
    rest = '',
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const { text, problems } = await run(`${command}${rest === '' ? '' : ` ${rest}`}`, env);
    holds(command, text === '' ? assert.fail(`${command}: ${problems}`) : text);
  };
  const holds = (command: string, text: string): void => {
    const definition = `#/$defs/${command.replaceAll(/[ -]+/g, '-')}`;
    const schema = { ...schemaOf('cli'), $ref: definition };
    assert.ok(Check(schema, JSON.parse(text)), `${command}: ${text}`);
    assert.ok(!Check(schema, 7), command);
    seen.add(command);
  };

  it('of jobs', async () => {
    const jobs = file('jobs.yaml', JOB);
    await check('job plan', jobs);
    await check('job run', jobs);
    await check('job diff', file('more.yaml', JOB.replace('800', '600')));
    await check('job ls');
    await check('job status', 'face');
    await until(async () => (await run('ps')).text.includes('face-1'), 'the allocation');
    await check('ps');
    await check('top', '--once');
    await check('job quote', 'face');
    await check('report', '--by day');
    await check('capacity', '--pack --add 1');
    await check('job explain', 'face');
    await check('run', '-o json --name other --target 900ms dqoes/tiny:1');
    await check('job set', 'other --target 900ms --weight 2');
    const editor = file('editor.sh', 'sed -i s/900ms/700ms/ "$1"\n');
    await check('job edit', 'other', { EDITOR: `sh ${editor}` });
    await check('job stop', 'face');
  });

  it('of nodes', async () => {
    await check('node ls');
    await check('node status', 'h1');
    for (const verb of ['cordon', 'uncordon', 'drain', 'approve'])
      await check(`node ${verb}`, 'h1');
    await check('node drain --dry-run', 'h1');
    await check('node uncordon', 'h1');
    await check('node approve', 'h9');
    await check('node unapprove', 'h9');
    await check('node remove', 'h9');
  });

  it('of the policy, secrets, tokens and the audit', async () => {
    await check('policy');
    await check('policy', 'equal');
    await check('secret ls');
    await check('secret remove', 'none');
    const made = await cluster.ask('token-create', TOKEN);
    assert.ok(made.ok);
    await check('token ls');
    await check('audit', '--tail 5');
  });

  it('of events, one a line', async () => {
    const { text } = await run('events --tail 20');
    const lines = text.split('\n');
    assert.ok(lines.length > 1);
    for (const line of lines) assert.ok(Check(schemaOf('event'), JSON.parse(line)), line);
  });

  it('of what needs no cluster', async () => {
    const { app } = testApp();
    const config = readCliConfig({ HOME: home, PATH: '' });
    await runProgram(['auth', 'init', '--dir', join(home, 'keys'), '--nats-pid', '/x'], {
      ...app,
      config,
    });
    await check('auth list', `--dir ${join(home, 'keys')}`);
    await check('auth log', `--dir ${join(home, 'keys')}`);
    await runProgram(['context', 'save', 'here', '--nats', 'nats://h'], { ...app, config });
    await check('context ls');
    await check('context show', 'here');
    await check('lab oracle', 'burst-10');
    await check('lab sim', 'burst-10 --policy equal');
    const world = scenario([simJob('a', { targetMs: 400, model: model({ workSeconds: 0.1 }) })], {
      durationMs: 60_000,
    });
    const recording = file('r.jsonl', recordSimulation(world, policyNamed('dqoes')).text);
    await check('lab replay', recording);
    await check('lab replay', `${recording} --verify`);
    const page = (count: number): string =>
      `# TYPE x_seconds histogram\nx_seconds_bucket{le="1"} ${count}\n` +
      `x_seconds_bucket{le="+Inf"} ${count}\nx_seconds_sum ${count}\nx_seconds_count ${count}\n`;
    const pages = [file('1.txt', page(1)), file('2.txt', page(9))];
    await check('doctor metrics', `--metric x_seconds ${pages.join(' ')}`);
  });

  it('of the versions', async () => {
    await check('version');
    const { text } = await run('version');
    const { parts, skew } = JSON.parse(text) as {
      parts: readonly { program: string; name: string; version: string; state: string }[];
      skew: { skew: string };
    };
    assert.deepEqual(
      parts.map(({ program, name, state }) => [program, name, state]),
      [
        ['cli', '', ''],
        ['nats-server', '', ''],
        ['coordinator', 'c1', 'leads'],
        ['agent', 'h1', 'ready'],
      ],
    );
    assert.match(parts[1]?.version ?? '', /^\d+\.\d+/);
    // The app of the test says that it is version 0.
    assert.equal(skew.skew, 'unknown');
  });

  it('of the doctor', async () => {
    const { app, out } = testApp();
    const findings = [{ what: 'a', state: 'works', detail: '', cure: '' }] as const;
    const section = { name: 'one', look: async () => findings };
    await runDoctorHost(app, { output: 'json' }, [section]);
    holds('doctor', out.join('\n'));
  });

  it('is defined for every command that has -o, and was looked at', async () => {
    const withFormat = (command: Command, path: string): readonly string[] => [
      ...(command.options.some(({ long }) => long === '--output') ? [path] : []),
      ...command.commands.flatMap((each) => withFormat(each, `${path} ${each.name()}`.trim())),
    ];
    const all = withFormat(await buildProgram(testApp().app, () => {}), '');
    const commands = Object.keys(ANSWERS).filter((command) => !command.includes('--'));
    assert.deepEqual([...all].sort(), [...commands, 'events'].sort());
    assert.deepEqual(
      Object.keys(ANSWERS).filter((command) => !seen.has(command)),
      ELSEWHERE,
    );
  });
});
