import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Change, programModule } from './program.js';

interface Options {
  readonly mode: string;
  readonly rate: number | undefined;
  readonly seed: number;
  readonly at: readonly Change[];
  readonly since: number | undefined;
  readonly wait: number;
  readonly concurrency: number | undefined;
}

const { HELP } = await programModule<{ readonly HELP: string }>('help.mjs');
const { readOptions } = await programModule<{
  readOptions(words: readonly string[]): Options;
}>('options.mjs');
const read = (line: string): Options => readOptions(line === '' ? [] : line.split(' '));

describe('sample image: options of the load', () => {
  it('runs a closed loop without changes unless told', () => {
    const { mode, rate, seed, at, since } = read('');
    assert.deepEqual(
      { mode, rate, seed, at, since },
      { mode: 'closed', rate: undefined, seed: 1, at: [], since: undefined },
    );
  });

  it('reads an open loop with its changes, by time whatever the order', () => {
    const options = read(
      '--mode open --rate 0.5 --seed 7 --at 2m:rate=1x,batch=1.5x --at 1.5s:rate=2x ' +
        '--since 1700000000000',
    );
    assert.equal(options.rate, 0.5);
    assert.equal(options.seed, 7);
    assert.equal(options.since, 1_700_000_000_000);
    assert.deepEqual(options.at, [
      { atMs: 1500, rateFactor: 2, batchFactor: undefined },
      { atMs: 120_000, rateFactor: 1, batchFactor: 1.5 },
    ]);
  });

  it('reads how long requests wait beside each other, and how many', () => {
    const { wait, concurrency } = read('--mode open --rate 4 --wait 200 --concurrency 8');
    assert.deepEqual([wait, concurrency], [200, 8]);
    const { wait: none, concurrency: any } = read('--mode serve');
    assert.deepEqual([none, any], [0, undefined]);
  });

  it('lets batches change without an open loop', () => {
    assert.deepEqual(read('--at=500ms:batch=2x').at, [
      { atMs: 500, rateFactor: undefined, batchFactor: 2 },
    ]);
  });

  const REFUSED: readonly (readonly [line: string, says: RegExp])[] = [
    ['--mode open', /^--mode open has no rate; give .*--rate 4/],
    ['--rate 4', /^--rate 4 has no meaning with --mode closed; use --mode open/],
    ['--mode serve --seed 4', /^--seed 4 has no meaning with --mode serve; use --mode open/],
    [
      '--mode open --rate 4 --think 9',
      /^--think 9 has no meaning with --mode open; use --mode closed,/,
    ],
    ['--wait 200', /^--wait 200 has no meaning with --mode closed; use --mode open or serve/],
    ['--mode serve --concurrency 8', /^--concurrency 8 has no meaning without --wait.*--wait 200/],
    ['--mode serve --wait 9 --concurrency 0', /^--concurrency "0" is not possible; give a whole/],
    ['--mode open --rate 0', /^--rate "0" is not possible; give a number from 0.001 to 10000/],
    ['--mode open --rate 1e3', /^--rate "1e3" is not possible/],
    ['--mode open --rate -1', /^--rate "-1" is not possible/],
    ['--mode open --rate 4 --rate 5', /^--rate "5" is given twice/],
    [
      '--mode open --rate 4 --seed 4294967296',
      /^--seed "4294967296" is not possible; give a whole number from 0 to 4294967295/,
    ],
    ['--mode sideways', /^--mode "sideways" is not known; use closed, open, serve or idle/],
    [
      '--at 5:batch=2x',
      /^--at "5:batch=2x" is not possible; give TIME:CHANGE, such as 90s:rate=2x/,
    ],
    [
      '--at 5s:batch=2',
      /^--at "5s:batch=2" is not possible; "batch=2" is no change; give rate=2x or batch=1.5x/,
    ],
    ['--at 5s:batch=0x', /^--at "5s:batch=0x" is not possible; give factors from 0.001x to 1000x/],
    ['--at 5s:batch=2x,batch=3x', /it changes the batch twice/],
    ['--at 169h:batch=2x', /give a time of at most 168h/],
    [
      '--at 5s:batch=2x --at 5000ms:batch=3x',
      /^--at 5000ms is given twice; put both changes in one/,
    ],
    ['--at 5s:rate=2x', /^--at changes the rate, which --mode closed has not; use --mode open/],
    ['--mode idle --at 5s:batch=2x', /^--at has no meaning with --mode idle/],
    [
      '--mode open --rate 9000 --at 5s:rate=2x',
      /means 18000 requests per second; stay at 10000 or below/,
    ],
    ['--batch 9000 --at 5s:batch=2x', /means 18000 inferences; stay at 10000 or below/],
    ['--since 1700000000000', /^--since 1700000000000 has no meaning without --at/],
    [
      '--at 5s:batch=2x --since 1700000000',
      /^--since "1700000000" is not possible; give a whole number from 1000000000000/,
    ],
  ];
  for (const [line, says] of REFUSED) {
    it(`refuses ${line}`, () => {
      assert.throws(
        () => read(line),
        (error: Error) => says.test(error.message),
      );
    });
  }

  it('tells of every argument in its help', () => {
    for (const name of [
      'model',
      'mode',
      'rate',
      'seed',
      'at',
      'since',
      'requests',
      'think',
      'port',
      'batch',
      'check',
    ]) {
      assert.match(HELP, new RegExp(`^  --${name} `, 'm'));
    }
  });
});
