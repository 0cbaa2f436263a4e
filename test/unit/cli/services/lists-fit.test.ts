import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { AuthUser } from '../../../../cli/auth/users.js';
import { localTimeText } from '../../../../cli/output/format.js';
import { type Column, tableLines } from '../../../../cli/output/table.js';
import { KEY_COLUMNS } from '../../../../cli/services/auth.js';
import { contextColumns, type ShownContext } from '../../../../cli/services/context-shown.js';
import { TOKEN_COLUMNS } from '../../../../cli/services/token.js';
import type { TokenInfo } from '../../../../proto/schemas/service.js';
import type { NodeId } from '../../../../shared/ids.js';

const LONG = 'the-operators-of-the-night-shift-in-the-cellar-of-rack-42-at-b9';

/** The cells of the first row in 80 columns, by title. */
function cellsOf<Row>(columns: readonly Column<Row>[], row: Row): Record<string, string> {
  const [head = '', line = ''] = tableLines(columns, [row], {
    ...{ wide: false, colour: false, width: 80 },
  });
  assert.ok([...head].length <= 80 && [...line].length <= 80, `${head}\n${line}`);
  const chars = [...line];
  const titles = [...head.matchAll(/\S+(?: \S+)*/g)];
  return Object.fromEntries(
    titles.map(({ 0: title, index }, at) => {
      const end = titles[at + 1]?.index ?? chars.length;
      return [title, chars.slice(index, end).join('').trim()];
    }),
  );
}

const minuteOf = (ms: number): string => localTimeText(ms).slice(0, 16);

describe('lists with long names in 80 columns', () => {
  it('tokens: the name is cut in the middle, and the times are whole', () => {
    const row: TokenInfo = {
      ...{ id: 'abcdefgh12', name: LONG, role: 'submitter' },
      ...{ createdAtMs: 0, expiresAtMs: 86_400_000 },
    };
    const cells = cellsOf(TOKEN_COLUMNS, row);
    assert.match(cells.NAME ?? '', /^the-op.*….*b9$/);
    assert.deepEqual(
      [cells.ID, cells.ROLE, cells.MADE, cells.EXPIRES],
      ['abcdefgh12', 'submitter', minuteOf(0), minuteOf(86_400_000)],
    );
  });

  it('tokens: the times are local', () => {
    const before = process.env.TZ;
    process.env.TZ = 'Asia/Tokyo';
    try {
      const row: TokenInfo = { id: 'abcdefgh12', name: 'ci', role: 'viewer', createdAtMs: 0 };
      assert.equal(cellsOf(TOKEN_COLUMNS, row).MADE, '1970-01-01 09:00');
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  it('tokens: an end after all dates is no end', () => {
    const row: TokenInfo = {
      ...{ id: 'abcdefgh12', name: 'ci', role: 'viewer' },
      ...{ createdAtMs: 0, expiresAtMs: 2 ** 53 - 1 },
    };
    assert.equal(cellsOf(TOKEN_COLUMNS, row).EXPIRES, 'never');
  });

  it('keys: the name is cut in the middle, and the beginning of the key shows', () => {
    const publicKey = `U${'A2B3'.repeat(13)}CDE`;
    const row: AuthUser = { name: `agent-${LONG}`, role: 'agent', node: LONG as NodeId, publicKey };
    const cells = cellsOf(KEY_COLUMNS, row);
    assert.match(cells.NAME ?? '', /^agent-.*….*b9$/);
    assert.match(cells.NODE ?? '', /^the-.*….*b9$/);
    assert.equal(cells.ROLE, 'agent');
    assert.match(cells['PUBLIC KEY'] ?? '', /^UA2B3A2B3.*…$/);
  });

  it('contexts: names are cut in the middle, and how one logs in shows', () => {
    const row: ShownContext = {
      ...{ name: LONG, kind: 'dqoes', isCurrent: true, path: '/p', login: 'password' },
      ...{ nats: 'tls://n1.example.org:4222,tls://n2.example.org:4222', cluster: LONG },
    };
    const cells = cellsOf(contextColumns([row]), row);
    assert.match(cells.NAME ?? '', /^the-.*….*b9$/);
    assert.match(cells.CLUSTER ?? '', /^the-.*….*b9$/);
    assert.match(cells.NATS ?? '', /^tls:\/\/n1.*…$/);
    assert.equal(cells.LOGIN, 'password');
    const described = { ...row, description: `${LONG} ${LONG}` };
    assert.match(cellsOf(contextColumns([described]), described).DESCRIPTION ?? '', /^the-.*…$/);
    const broken = { ...described, problem: LONG };
    assert.match(cellsOf(contextColumns([broken]), broken).PROBLEM ?? '', /^the-.*…$/);
  });
});
