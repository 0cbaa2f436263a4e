import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ACTS_FILE, noteAct } from '../../../../agent/enforce/acts.js';
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
      [act, { ...act, verb: 'reset-epoch', what: 'forgot version 3.4' }],
    );
  });

  it('keep to the newest 200, each cut', async () => {
    const { files, lines } = filesWith(`${'{"old":1}\n'.repeat(500)}`);
    await noteAct(files, { ...act, what: 'x'.repeat(10_000) });
    assert.equal(lines().length, 200);
    assert.equal(JSON.parse(lines().at(-1) ?? '').what.length, 500);
  });
});
