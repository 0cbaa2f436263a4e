import assert from 'node:assert/strict';
// cspell:ignore Jgone
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { frameDiff } from '../../../../cli/grid/diff.js';
import { frameLines } from '../../../../cli/grid/frame.js';
import { textWidth } from '../../../../cli/grid/glyphs.js';
import type { AllocationStatus } from '../../../../proto/schemas/status.js';
import { Screen } from '../../../lib/screen.js';
import { allocation, dataOf, nodeStatus, STEP, TopWorld, target } from './build.js';

// The tests run in dist/test/unit/cli/top; fixtures are not built.
const FOLDER = new URL('../../../../../test/fixtures/top/', import.meta.url);
const golden = (name: string, lines: readonly string[]): void => {
  const file = new URL(`${name}.txt`, FOLDER);
  const text = `${lines.join('\n')}\n`;
  if (process.env.DQOES_REWRITE === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
  }
  assert.equal(text, readFileSync(file, 'utf8'));
};

const CEILING = target(120, { statistic: 'p95', mode: 'ceiling' });
const FEW: readonly AllocationStatus[] = [
  allocation('face-unlock-1', { latencyMs: 812 }),
  allocation('photo-album-1', { target: target(5000), latencyMs: 9200, limit: 0.3, use: 0.3 }),
  allocation('search-1', { target: CEILING, latencyMs: 48, node: 'h2', limit: 0.24, use: 0.18 }),
  allocation('search-2', { target: CEILING, latencyMs: 131, node: 'h3', limit: 0.24, use: 0.24 }),
  allocation('signs-1', { target: target(300), latencyMs: 180, node: 'h2', limit: 1.25, use: 0.9 }),
  allocation('voice-1', { target: target(90), latencyMs: null, node: 'h3', use: 0 }),
  allocation('batch-1', { target: null, latencyMs: null, node: 'h1' }),
  allocation('night-1', { node: null }),
];
const NODES = ['h1', 'h2', 'h3'].map((id) => nodeStatus(id));
const FEW_DATA = dataOf(FEW, NODES);

function few(columns = 80, rows = 24): TopWorld {
  const top = TopWorld.of(FEW_DATA, columns, rows);
  for (const [id, base] of [
    ['face-unlock-1', 800],
    ['search-2', 100],
    ['signs-1', 300],
  ] as const)
    for (let back = 0; back < 25; back += 1)
      if (back !== 7) {
        const latencyMs = base * (1 + Math.sin(back / 2) / 2);
        top.history.note(allocation(id, { latencyMs }), STEP - back);
      }
  return top;
}

const many = (count: number): readonly AllocationStatus[] =>
  Array.from({ length: count }, (_, at) =>
    allocation(`service-${String(at).padStart(4, '0')}-1`, {
      latencyMs: 700 + ((at * 37) % 300),
      node: `h${at % 20}`,
      limit: 0.1 + (at % 9) / 10,
      use: (at % 7) / 10,
    }),
  );

describe('cli/top/draw frames', () => {
  it('of a few jobs at 80 columns', () => {
    golden('jobs-80x24', few().lines);
  });

  it('of a few jobs where there is much room', () => {
    golden('jobs-200x60', few(200, 60).lines);
  });

  it('of a few jobs in ASCII', () => {
    const lines = frameLines(few().frame('ascii'));
    golden('jobs-ascii', lines);
    assert.match(lines.join('\n'), /^[\x20-\x7e\n]*$/);
  });

  it('of a narrow terminal', () => {
    golden('jobs-50x12', few(50, 12).lines);
  });

  it('of a thousand jobs, sorted by use', () => {
    golden('thousand-80x24', TopWorld.of(dataOf(many(1000)), 80, 24).type('sjj').lines);
  });

  it('with a filter that is being typed', () => {
    golden('filter-80x24', few().type('/slower').lines);
  });

  it('of a host that is silent: its last values are marked', () => {
    const nodes = [
      nodeStatus('h1'),
      nodeStatus('h2', { liveness: 'suspect', ageMs: 40_000 }),
      nodeStatus('h3', { liveness: 'down', ageMs: 125_000 }),
    ];
    const top = few().take({ kind: 'data', data: dataOf(FEW, nodes) });
    golden('stale-80x24', top.lines);
    assert.match(top.type('n').text, /^h2 {2,}suspect/m);
  });

  it('when nobody leads, and when the connection is lost: all values are marked', () => {
    const top = few();
    assert.ok(!top.text.includes('812ms?'));
    top.link({ hasLeader: false, silentMs: 23_000 });
    assert.match(top.lines[2] ?? '', /^Nobody leads, nothing heard for 23s: values \(\?\)/);
    assert.match(top.text, /812ms\?/);
    top.link({ isConnected: false });
    assert.match(top.lines[2] ?? '', /^Disconnected from NATS, trying again: values \(\?\)/);
    top.link({ isConnected: true, hasLeader: true });
    assert.ok(!top.text.includes('812ms?'));
    assert.equal(top.lines[2], 'night: no node has 2 CPU left');
  });

  it('before anything is known, without jobs, and without nodes', () => {
    const top = new TopWorld();
    assert.match(top.text, /Reading the cluster…/);
    top.link({ isConnected: false });
    assert.match(top.text, /Waiting for a connection to NATS…/);
    golden('no-jobs-80x24', TopWorld.of(dataOf([], [nodeStatus('h1')])).lines);
    assert.match(TopWorld.of(dataOf([], [])).text, /No node reports yet[\s\S]*No jobs yet/);
  });

  it('of the nodes, and of the keys', () => {
    golden('nodes-80x24', few().type('n').lines);
    golden('help-100x30', few(100, 30).type('?').lines);
  });

  it('say so where the terminal is too small, whatever its size', () => {
    assert.equal(
      few(20, 5).lines.join(' ').trim(),
      '20x5 is too small: dqoes top needs 40x8, q quits',
    );
    for (const [columns, rows] of [
      [0, 0],
      [1, 1],
      [39, 60],
      [300, 7],
      [40, 8],
    ] as const)
      assert.equal(few(columns, rows).lines.length, rows);
  });

  it('fit every size, and change size at once', () => {
    const top = few();
    for (let columns = 40; columns <= 220; columns += 7) {
      top.take({ kind: 'size', size: { columns, rows: 8 + (columns % 50) } });
      for (const page of ['', 'n', 'n', 'e', 'e', '?', '?']) {
        const { lines } = top.type(page);
        for (const line of lines) assert.ok(textWidth(line) <= columns, `${columns}: ${line}`);
      }
    }
  });

  it('show hostile names harmless, and keep the columns in place', () => {
    const names = [
      '\u001b[2Jgone',
      'a\u202eb',
      '日本語サービス',
      '👩\u200d🚀'.repeat(9),
      'e\u0301'.repeat(60),
    ];
    const hostile = names.map((name, at) => {
      const own = allocation('web-1').container;
      const container = own === null ? null : { ...own, origin: 'label' as const, name };
      const more = { container, reason: name, id: `adopted-${at}` as never };
      return allocation(`web-${at}`, { more });
    });
    const top = TopWorld.of(dataOf(hostile), 130, 24);
    golden('hostile-130x24', top.lines);
    const screen = new Screen(130, 24);
    screen.write(frameDiff(undefined, top.frame(), true));
    assert.deepEqual(screen.lines, top.lines);
    const nowEnds = new Set(
      top.lines.slice(4, 9).map((line) => textWidth(line.slice(0, line.indexOf('790ms')))),
    );
    assert.equal(nowEnds.size, 1);
  });

  it('mark the chosen row by a sign too, and never speak by colour alone', () => {
    const [plain, coloured] = [new Screen(80, 24), new Screen(80, 24)];
    plain.write(frameDiff(undefined, few().frame(), false));
    coloured.write(frameDiff(undefined, few().frame(), true));
    assert.deepEqual(plain.lines, coloured.lines);
    for (let y = 0; y < 24; y += 1) {
      // Bold, dim and reverse are not colours.
      for (const style of plain.styles(y)) assert.match(style, /^(0|[0;127]*)$/);
    }
    assert.ok(plain.lines.some((line) => line.startsWith('> ')));
  });
});
