import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { missingLine } from '../lib/tutorial/compare.js';
import { parseTutorial, type TutorialStep } from '../lib/tutorial/parse.js';
import { until } from '../lib/until.js';
import { MAIN } from './cli-program.js';
import { containersOf, startUpCluster, type UpCluster } from './up-cluster.js';

const CLUSTER = `tutorial-${process.pid}`;
const ADOPTED = `voices-${process.pid}`;
/** Names that the tutorial uses, and that others on this Engine may use as well. */
const NAMES = /\b(signs|album|impossible|voices)\b/g;
// The test runs in dist/test/e2e; the documents are not built.
const TUTORIAL = readFileSync(new URL('../../../docs/tutorial.md', import.meta.url), 'utf8');
/** Commands that only look are repeated until they print what the tutorial shows. */
const LOOKS = /^(?:npx dqoes (?:ps|events|node ls|job ls|job explain|job plan)|curl -s http)/;
const LOOK_MS = 60_000;
const ASSIGNMENT = /^(\w+)=\$\((.*)\)$/;

describe('the tutorial', function () {
  this.timeout(240_000);
  let world: UpCluster;
  let env: NodeJS.ProcessEnv = {};

  before(async () => {
    world = await startUpCluster(CLUSTER);
    // A reader has this program by npx.
    const bin = join(world.folder, 'bin');
    await mkdir(bin);
    const shim = `#!/bin/sh\nshift\nexec '${process.execPath}' '${MAIN}' "$@"\n`;
    await writeFile(join(bin, 'npx'), shim);
    await chmod(join(bin, 'npx'), 0o755);
    env = { ...process.env, ...world.env, PATH: `${bin}:${process.env.PATH ?? ''}` };
  });

  after(async () => {
    spawnSync('docker', ['rm', '-f', ADOPTED]);
    await world.up.end('SIGINT');
    await rm(world.folder, { recursive: true, force: true });
  });

  const consoleUrl = (): string => /http:\/\/127\.0\.0\.1:\d+(?=\/ )/.exec(world.up.err)?.[0] ?? '';

  /** The command as this test can run it beside others. */
  const adapted = (command: string): string =>
    command
      .replaceAll('http://127.0.0.1:8470', consoleUrl())
      .replaceAll("--label 'dqoes.", `--label 'e2e${process.pid}.`)
      .replaceAll('--label dqoes.', `--label e2e${process.pid}.`)
      .replaceAll(NAMES, `$1-${process.pid}`)
      // The name of a file is not one of a job.
      .replaceAll(`album-${process.pid}.yaml`, 'album.yaml');

  async function shell(command: string): Promise<string> {
    const child = spawn('bash', ['-c', adapted(command)], { cwd: world.folder, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 0, `${command}\n${output}`);
    return output.replaceAll(CLUSTER, 'h1').replaceAll(`-${process.pid}`, '');
  }

  async function play({ command, expected }: TutorialStep & { kind: 'command' }): Promise<void> {
    const [, name, inner = command] = ASSIGNMENT.exec(command) ?? [];
    let output = '';
    const isAsShown = async (): Promise<boolean> => {
      output = await shell(inner);
      return missingLine(expected, output) === undefined;
    };
    const what = (): string =>
      `${command}\nlacks: ${missingLine(expected, output)}\nprinted:\n${output}`;
    if (LOOKS.test(command)) await until(isAsShown, what, LOOK_MS);
    else assert.ok(await isAsShown(), what());
    if (name !== undefined) env[name] = output.trim();
  }

  async function follow(step: TutorialStep): Promise<void> {
    if (step.kind === 'file') await writeFile(join(world.folder, step.name), adapted(step.text));
    else if (step.kind === 'command') await play(step);
    else {
      const { err } = step.kind === 'up' ? world.up : await world.up.end('SIGINT');
      const printed = err.replaceAll(CLUSTER, step.kind === 'up' ? 'main' : 'h1');
      assert.equal(missingLine(step.expected, printed), undefined, printed);
    }
  }

  it('does what it says, from the first command to the last', async () => {
    for (const step of parseTutorial(TUTORIAL)) await follow(step);
    assert.equal(containersOf(CLUSTER), '');
  });
});
