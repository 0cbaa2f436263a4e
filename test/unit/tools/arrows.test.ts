import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';

const ARROWS = join(dirname(fileURLToPath(import.meta.url)), '../../../../tools/arrows.mjs');

describe('tools/arrows', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dqoes-arrows-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const check = (file: string, text: string) => {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), text);
    const { status, stderr } = spawnSync(process.execPath, [ARROWS, root], { encoding: 'utf8' });
    return { status, stderr };
  };

  const PLANTED: readonly (readonly [name: string, file: string, text: string, says: RegExp])[] = [
    [
      'the agent importing the coordinator',
      'agent/observe/x.ts',
      "import '../../coordinator/ingest/y.js';",
      /agent\/observe\/x\.ts:1 may not import coordinator/,
    ],
    [
      'a driver import outside the composition root',
      'agent/enforce/x.ts',
      "import '../drivers/docker-engine.js';",
      /only wiring and the composition root/,
    ],
    [
      'the scheduler importing state',
      'coordinator/schedule/x.ts',
      "import '../state/snapshot.js';",
      /schedule\/ is pure/,
    ],
    [
      'a clock in the scheduler',
      'coordinator/schedule/x.ts',
      'export const t = Date.now();',
      /time is an argument/,
    ],
    [
      'chance in shared',
      'shared/x.ts',
      '\nexport const r = Math.random();',
      /shared\/x\.ts:2 no Math\.random/,
    ],
    ['async in shared', 'shared/x.ts', 'export async function f() {}', /no async/],
    [
      'dockerode outside drivers',
      'agent/discover/x.ts',
      "import D from 'dockerode';",
      /SDK types stop at the driver/,
    ],
    [
      'the NATS client outside its drivers',
      'proto/bus.ts',
      "import { connect } from 'nats';",
      /package nats/,
    ],
    [
      'the file system in the coordinator',
      'coordinator/state/x.ts',
      "import 'node:fs';",
      /may not import node:fs/,
    ],
    [
      'process.env outside config',
      'cli/commands/x.ts',
      'export const e = process.env.HOME;',
      /only in config\.ts/,
    ],
    [
      'process.exit outside main',
      'agent/agent.ts',
      'export const f = () => process.exit(1);',
      /only in main\.ts/,
    ],
    [
      'a folder nobody named',
      'lab/x.ts',
      "import '../agent/ports.js';",
      /the lab uses the scheduler/,
    ],
  ];
  for (const [name, file, text, says] of PLANTED) {
    it(`refuses ${name}`, () => {
      const { status, stderr } = check(file, text);
      assert.match(stderr, says);
      assert.equal(status, 1);
    });
  }

  it('does not mistake comments and texts for code', () => {
    const { status, stderr } = check(
      'shared/x.ts',
      "// async Date\n/* Math.random() */\nexport const s = 'await Date';\n",
    );
    assert.equal(status, 0, stderr);
  });
});

describe('the table of rooms', () => {
  interface Room {
    readonly name: string;
    readonly may: readonly string[];
  }
  const root = join(dirname(ARROWS), '..');

  it('stands in docs/architecture.md as the code has it', () => {
    const { stdout } = spawnSync(process.execPath, [ARROWS, '--table'], { encoding: 'utf8' });
    const document = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    assert.ok(stdout.split('\n').length > 30);
    assert.ok(document.includes(stdout.trimEnd()), 'print it with node tools/arrows.mjs --table');
  });

  it('has no loops: no room is reached from what it imports', async () => {
    const { ROOMS } = (await import(join(root, 'tools/rooms.mjs'))) as { ROOMS: readonly Room[] };
    const below = new Map(
      ROOMS.map(({ name, may }) => [
        name,
        ROOMS.map((each) => each.name).filter((each) =>
          may.some((m) => (m.endsWith('*') ? `${each}/`.startsWith(m.slice(0, -1)) : m === each)),
        ),
      ]),
    );
    const reached = (from: string, seen: Set<string>): Set<string> => {
      for (const each of below.get(from) ?? []) if (!seen.has(each)) reached(each, seen.add(each));
      return seen;
    };
    for (const { name } of ROOMS.filter((each) => each.name !== 'test'))
      assert.ok(!reached(name, new Set()).has(name), name);
  });
});
