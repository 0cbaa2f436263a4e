import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { ROOT } from './planted-tree.js';

interface Stage {
  readonly name: string;
  readonly lane?: string;
  readonly alone?: readonly string[];
  readonly pure?: readonly string[];
  readonly split?: number;
}
interface Part {
  readonly stage: Stage;
  readonly title: string;
  readonly lane?: string;
}
interface Run {
  write(text: string): void;
  end(): void;
}
interface Lanes {
  readonly Screen: new (show: (text: string) => void) => { begin(): Run };
  inLanes<T>(
    pure: readonly T[],
    patient: readonly T[],
    play: (part: T) => Promise<void>,
  ): Promise<void>;
}
interface Parts {
  partsOf(stage: Stage): readonly Part[];
  filesOf(part: Part, dist: string): readonly string[];
  isPartial(part: Part): boolean;
}
interface CoreTimes {
  readonly allMs: number;
  readonly idleMs: number;
}
interface Times {
  timesText(
    parts: readonly { readonly title: string; readonly ms: number }[],
    files: readonly { readonly path: string; readonly stage: string; readonly ms: number }[],
  ): string;
  idleText(moments: readonly (CoreTimes & { readonly after?: string })[]): string;
  coreTimes(): CoreTimes;
}

const tool = (name: string): Promise<unknown> =>
  import(fileURLToPath(new URL(`../../../../tools/${name}`, import.meta.url)));
const { Screen, inLanes } = (await tool('test-lanes.mjs')) as Lanes;
const { partsOf, filesOf, isPartial } = (await tool('test-parts.mjs')) as Parts;
const { timesText, idleText, coreTimes } = (await tool('test-times.mjs')) as Times;
const { STAGES } = (await tool('test-stages.mjs')) as { readonly STAGES: readonly Stage[] };

describe('tools: stages beside each other', () => {
  it('shows what each run writes as a whole, the first one as it comes', () => {
    let shown = '';
    const screen = new Screen((text) => {
      shown += text;
    });
    const [first, second, third] = [screen.begin(), screen.begin(), screen.begin()];
    second.write('b1 ');
    first.write('a1 ');
    third.write('c1 ');
    assert.equal(shown, 'a1 ');
    third.write('c2 ');
    third.end();
    first.write('a2 ');
    first.end();
    assert.equal(shown, 'a1 a2 b1 ');
    second.write('b2 ');
    assert.equal(shown, 'a1 a2 b1 b2 ');
    const fourth = screen.begin();
    second.end();
    fourth.write('d1');
    assert.equal(shown, 'a1 a2 b1 b2 c1 c2 d1');
  });

  /** Parts that end when told; which have begun, and how many ran at once. */
  function plays() {
    const begun: string[] = [];
    const running = new Map<string, () => void>();
    const most = { all: 0, patient: 0 };
    const play = (part: string): Promise<void> => {
      begun.push(part);
      const ended = new Promise<void>((resolve) => running.set(part, resolve));
      const patient = [...running.keys()].filter((each) => !each.startsWith('pure'));
      most.all = Math.max(most.all, running.size);
      most.patient = Math.max(most.patient, patient.length);
      return ended;
    };
    const end = async (part: string): Promise<void> => {
      (running.get(part) ?? assert.fail(`${part} does not run`))();
      running.delete(part);
      await new Promise((resolve) => setImmediate(resolve));
    };
    return { begun, most, play, end };
  }

  it('plays each part once: a pure one beside two patient ones, never three of these', async () => {
    const { begun, most, play, end } = plays();
    const all = inLanes(['pure1', 'pure2'], ['a', 'b', 'c', 'd'], play);
    assert.deepEqual(begun, ['a', 'b', 'pure1']);
    await end('pure1');
    assert.deepEqual(begun.splice(0), ['a', 'b', 'pure1', 'pure2']);
    await end('pure2');
    assert.deepEqual(begun, []);
    await end('b');
    await end('a');
    await end('c');
    assert.deepEqual(begun, ['c', 'd']);
    await end('d');
    await all;
    assert.deepEqual(most, { all: 3, patient: 2 });
  });

  it('plays pure parts in every lane once no patient one waits', async () => {
    const { begun, most, play, end } = plays();
    const all = inLanes(['pure1', 'pure2', 'pure3', 'pure4'], ['a'], play);
    assert.deepEqual(begun, ['a', 'pure1', 'pure2']);
    await end('a');
    assert.deepEqual(begun, ['a', 'pure1', 'pure2', 'pure3']);
    for (const part of ['pure1', 'pure2', 'pure3', 'pure4']) await end(part);
    await all;
    assert.deepEqual(begun, ['a', 'pure1', 'pure2', 'pure3', 'pure4']);
    assert.deepEqual(most, { all: 3, patient: 1 });
  });

  it('parts a stage by the files that are named, or evenly, and loses none', () => {
    const dist = mkdtempSync(join(tmpdir(), 'dqoes-parts-'));
    const put = (name: string): string => {
      const path = join(dist, 'test', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '');
      return path;
    };
    try {
      const demo = put('e2e/demo.test.js');
      const [other, page] = [put('e2e/a.test.js'), put('e2e/page/page.test.js')];
      put('e2e/helper.js');
      const stage = { name: 'e2e', lane: 'patient', alone: ['demo'] };
      const [rest, alone, ...more] = partsOf(stage);
      assert.ok(rest !== undefined && alone !== undefined && more.length === 0);
      assert.deepEqual([rest.lane, alone.lane], ['patient', undefined]);
      assert.deepEqual(filesOf(rest, dist), [other, page]);
      assert.deepEqual(filesOf(alone, dist), [demo]);
      assert.deepEqual(
        partsOf({ ...stage, pure: ['page'] }).map((part) => [
          part.title,
          part.lane,
          isPartial(part),
          filesOf(part, dist),
        ]),
        [
          ['e2e', 'patient', true, [other]],
          ['e2e, page', 'pure', true, [page]],
          ['e2e, alone', undefined, true, [demo]],
        ],
      );
      const [whole] = partsOf({ name: 'e2e' });
      const all = [other, page, demo].sort();
      assert.ok(whole !== undefined);
      assert.deepEqual([filesOf(whole, dist), isPartial(whole)], [all, false]);
      const halves = partsOf({ name: 'e2e', lane: 'pure', split: 2 });
      assert.deepEqual(
        halves.map((half) => [half.title, half.lane, filesOf(half, dist)]),
        [
          ['e2e, 1 of 2', 'pure', [all[0], all[2]]],
          ['e2e, 2 of 2', 'pure', [all[1]]],
        ],
      );
    } finally {
      rmSync(dist, { recursive: true, force: true });
    }
  });

  it('says where the time went, the slowest files first', () => {
    const file = (name: string, ms: number) => ({ path: `/d/${name}.test.js`, stage: 'e2e', ms });
    const many = Array.from({ length: 20 }, (_, at) => file(`quick${at}`, 1000));
    const parts = [
      { title: 'types', ms: 9600 },
      { title: 'e2e, alone', ms: 154_000 },
    ];
    const [times, slowest, ...more] = timesText(parts, [...many, file('demo', 64_000)]).split('\n');
    assert.equal(times, 'times: types 10 s; e2e, alone 154 s');
    assert.match(slowest ?? '', /^slowest files: e2e\/demo 64 s, e2e\/quick0 1 s,/);
    assert.deepEqual([slowest?.split(', ').length, more], [12, []]);
    assert.equal(timesText(parts, []), times);
  });

  it('says how much of the machine was idle', () => {
    const moments = [
      { allMs: 1000, idleMs: 500 },
      { after: 'in lanes', allMs: 3000, idleMs: 700 },
      { after: 'alone', allMs: 3500, idleMs: 950 },
    ];
    assert.equal(idleText(moments), 'idle: in lanes 10 %; alone 50 %');
    const { allMs, idleMs } = coreTimes();
    assert.ok(allMs >= idleMs && idleMs >= 0);
  });

  it('names files that there are, each once', () => {
    for (const { name, alone = [], pure = [] } of STAGES) {
      const named = [...alone, ...pure];
      assert.equal(new Set(named).size, named.length);
      if (named.length === 0) continue;
      const names = readdirSync(join(ROOT, 'test', name), { recursive: true, encoding: 'utf8' });
      const files = names.map((each) => basename(each));
      for (const file of named) assert.ok(files.includes(`${file}.test.ts`), `${name}/${file}`);
    }
  });
});
