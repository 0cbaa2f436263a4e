import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, it } from 'mocha';
import { buildProgram, runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

/** Nobody listens there: who connects says so. */
const NOWHERE = ['--nats', 'nats://127.0.0.1:1'];
const CONNECTED = /nats\.unavailable/;

async function refusalOf(argv: readonly string[]): Promise<string> {
  const { app, problems } = testApp();
  const code = await runProgram(argv, app);
  const said = problems.join('\n');
  assert.equal(code, 2, `${argv.join(' ')}: ${said}`);
  return said;
}

describe('what no cluster could be asked for', () => {
  for (const [words, argv] of [
    [/node "" is not a valid name/, ['node', 'status', '']],
    [/node "a b" is not a valid name/, ['node', 'cordon', 'a b']],
    [/node "a b" is not a valid name/, ['node', 'uncordon', 'a b']],
    [/node "" is not a valid name/, ['node', 'drain', '']],
    [/^--wait: with --dry-run nothing moves/, ['node', 'drain', 'h1', '--dry-run', '--wait']],
    [/node "h1\.example" is not a valid name/, ['node', 'approve', 'h1.example']],
    [/node "" is not a valid name/, ['node', 'unapprove', '']],
    [/node "" is not a valid name/, ['node', 'remove', '']],
    [/job "" is not a valid name/, ['job', 'status', '']],
    [/job "b c" is not a valid name.*\n.*job "" is not/, ['job', 'stop', 'a', 'b c', '']],
    [/job "a b" is not a valid name/, ['job', 'edit', 'a b']],
    [/job "a b" is not a valid name/, ['job', 'explain', 'a b']],
    [/job "b c" is not a valid name/, ['job', 'logs', 'a', 'b c']],
    [/job "a b" is not a valid name/, ['job', 'set', 'a b', '--target', '1s']],
    [/nothing is to be changed/, ['job', 'set', 'a']],
    [/--env "X" has no value/, ['job', 'set', 'a', '--env', 'X']],
    [
      /--target: "300" is not a duration.*\n.*--cpu-min: /,
      ['job', 'set', 'a', '--target', '300', '--cpu-min', 'much'],
    ],
    [/secret "b c" is not a valid name/, ['secret', 'remove', 'a', 'b c']],
    [/"a b" is no name of a token/, ['token', 'create', 'a b', '--role', 'viewer']],
    [/"" is no name of a token.*or give none/, ['token', 'create', '', '--role', 'viewer']],
    [
      /^--out \/nowhere\/x: cannot be written \(ENOENT.*check the path/,
      ['lab', 'record', '--out', '/nowhere/x'],
    ],
  ] as const)
    it(`is refused without one: ${argv.join(' ')}`, async () => {
      const said = await refusalOf([...argv, ...NOWHERE]);
      assert.doesNotMatch(said, CONNECTED);
      assert.match(said, words);
    });

  it('is an operand with a blank, of every command that is given a cluster', async () => {
    const program = await buildProgram(testApp().app, () => {});
    const all = leavesOf(program, []).filter(({ path }) => path[0] !== 'auth');
    assert.ok(all.length > 20, String(all.length));
    for (const { path, operands } of all) {
      const needed = NEEDED[path.join(' ')] ?? [];
      const said = await refusalOf([...path, ...NOWHERE, ...needed, ...operands]);
      assert.doesNotMatch(said, CONNECTED, path.join(' '));
    }
  });

  it('leaves no empty recording behind where there is no cluster', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dqoes-record-'));
    try {
      const { app, problems } = testApp();
      const out = join(folder, 'a.jsonl.gz');
      assert.equal(await runProgram(['lab', 'record', '--out', out, ...NOWHERE], app), 1);
      assert.match(problems.join('\n'), CONNECTED);
      assert.deepEqual([existsSync(out), readdirSync(folder)], [false, []]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Options without which a command is not looked at further. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  run: ['--target', '1s'],
  'job set': ['--target', '1s'],
  'token create': ['--role', 'viewer'],
};

interface Leaf {
  readonly path: readonly string[];
  /** One for each that the command has. */
  readonly operands: readonly string[];
}

/** The commands that take an address of NATS and have operands. */
function leavesOf(command: Command, path: readonly string[]): readonly Leaf[] {
  const operands = command.registeredArguments.map(() => 'a b');
  const isOne = operands.length > 0 && command.options.some(({ long }) => long === '--nats');
  return [
    ...(isOne ? [{ path, operands }] : []),
    ...command.commands.flatMap((below) => leavesOf(below, [...path, below.name()])),
  ];
}
