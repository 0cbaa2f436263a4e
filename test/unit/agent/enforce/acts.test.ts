import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ACTS_FILE, noteAct, readActs } from '../../../../agent/enforce/acts.js';
import type { FileStore } from '../../../../agent/ports/files.js';

const filesWith = (text: string | null) => {
  let now = text;
  const files: FileStore = {
    read: async (name) => (name === ACTS_FILE ? now : null),
    writeDurable: async (_name, written) => {
      now = written;
    },
    setAside: async () => '',
  };
  return { files, lines: () => (now ?? '').trimEnd().split('\n') };
};
const act = { timeMs: 1, verb: 'restore', who: 'root', what: 'restored a' } as const;

describe('acts of people on a host', () => {
  it('are lines of one file, in order', async () => {
    const { files, lines } = filesWith(null);
    await noteAct(files, act);
    await noteAct(files, { ...act, verb: 'reset-epoch', what: 'forgot version 3.4' });
    assert.deepEqual(
      lines().map((line) => JSON.parse(line)),
      [
        { number: 1, ...act },
        { number: 2, ...act, verb: 'reset-epoch', what: 'forgot version 3.4' },
      ],
    );
  });

  it('keep to the newest 200, each cut', async () => {
    const { files, lines } = filesWith(`${'{"old":1}\n'.repeat(500)}`);
    await noteAct(files, { ...act, what: 'x'.repeat(10_000) });
    assert.equal(lines().length, 200);
    assert.equal(JSON.parse(lines().at(-1) ?? '').what.length, 500);
  });

  it('are read in order, each with a number of its own and that of the one before', async () => {
    const { files } = filesWith(null);
    for (const timeMs of [5000.4, 5000, 9000]) await noteAct(files, { ...act, timeMs });
    const read = await readActs(files);
    const places = read.map(({ number, after, timeMs }) => [number, after, timeMs]);
    assert.deepEqual(places, [
      [5000, 0, 5000.4],
      [5001, 5000, 5000],
      [9000, 5001, 9000],
    ]);
  });

  it('have later numbers where the file was lost', async () => {
    const { files } = filesWith(null);
    await noteAct(files, { ...act, timeMs: 7000 });
    assert.equal((await readActs(files))[0]?.number, 7000);
  });

  it('of before there were numbers have some, and keep them as later ones come', async () => {
    const { files } = filesWith(`${JSON.stringify(act)}\n${JSON.stringify(act)}\n`);
    const numbers = async () => (await readActs(files)).map(({ number }) => number);
    assert.deepEqual(await numbers(), [1, 2]);
    await noteAct(files, act);
    assert.deepEqual(await numbers(), [1, 2, 3]);
  });

  it('are left out where somebody made the line something else', async () => {
    const lines = ['no json', '7', '{"old":1}', JSON.stringify({ ...act, timeMs: 1e17 })];
    const { files } = filesWith(`${[...lines, JSON.stringify(act)].join('\n')}\n`);
    assert.equal((await readActs(files)).length, 1);
    assert.deepEqual(await readActs(filesWith(null).files), []);
  });
});
