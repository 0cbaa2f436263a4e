import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { ROOT } from './planted-tree.js';

interface Stage {
  readonly name: string;
  readonly lane?: string;
  readonly alone?: readonly string[];
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
  inTwoLanes<T>(
    pure: readonly T[],
    patient: readonly T[],
    play: (part: T) => Promise<void>,
  ): Promise<void>;
}
interface Parts {
  partsOf(stage: Stage): readonly Part[];
  filesOf(part: Part, dist: string): readonly string[];
}

const tool = (name: string): Promise<unknown> =>
  import(fileURLToPath(new URL(`../../../../tools/${name}`, import.meta.url)));
const { Screen, inTwoLanes } = (await tool('test-lanes.mjs')) as Lanes;
const { partsOf, filesOf } = (await tool('test-parts.mjs')) as Parts;
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

  it('plays each part once, two at a time, at most one pure one', async () => {
    const begun: string[] = [];
    const running = new Set<string>();
    let most = 0;
    const ends = new Map<string, () => void>();
    const play = async (part: string): Promise<void> => {
      begun.push(part);
      running.add(part);
      most = Math.max(most, running.size);
      assert.ok([...running].filter((each) => each.startsWith('pure')).length <= 1);
      await new Promise<void>((resolve) => ends.set(part, resolve));
      running.delete(part);
    };
    const all = inTwoLanes(['pure1', 'pure2'], ['a', 'b', 'c'], play);
    const end = async (part: string): Promise<void> => {
      (ends.get(part) ?? assert.fail(`${part} does not run`))();
      await new Promise((resolve) => setImmediate(resolve));
    };
    assert.deepEqual(begun, ['a', 'pure1']);
    await end('pure1');
    assert.deepEqual(begun, ['a', 'pure1', 'pure2']);
    await end('pure2');
    assert.deepEqual(begun, ['a', 'pure1', 'pure2', 'b']);
    await end('b');
    await end('a');
    assert.deepEqual(begun, ['a', 'pure1', 'pure2', 'b', 'c']);
    await end('c');
    await all;
    assert.equal(most, 2);
  });

  it('parts a stage by the files that run alone, and loses none', () => {
    const dist = mkdtempSync(join(tmpdir(), 'dqoes-parts-'));
    const put = (name: string): string => {
      const path = join(dist, 'test', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '');
      return path;
    };
    try {
      const demo = put('e2e/demo.test.js');
      const others = [put('e2e/a.test.js'), put('e2e/page/page.test.js')];
      put('e2e/helper.js');
      const stage = { name: 'e2e', lane: 'patient', alone: ['demo'] };
      const [rest, alone, ...more] = partsOf(stage);
      assert.ok(rest !== undefined && alone !== undefined && more.length === 0);
      assert.deepEqual([rest.lane, alone.lane], ['patient', undefined]);
      assert.deepEqual(filesOf(rest, dist), others);
      assert.deepEqual(filesOf(alone, dist), [demo]);
      const [whole] = partsOf({ name: 'e2e' });
      assert.deepEqual(whole === undefined ? [] : filesOf(whole, dist), [...others, demo].sort());
    } finally {
      rmSync(dist, { recursive: true, force: true });
    }
  });

  it('names files to be run alone that there are', () => {
    const named = STAGES.flatMap(({ name, alone = [] }) => alone.map((file) => `${name}/${file}`));
    assert.ok(named.length > 0);
    for (const file of named) assert.ok(existsSync(join(ROOT, 'test', `${file}.test.ts`)), file);
  });
});
