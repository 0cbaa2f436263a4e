import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { stringify } from 'yaml';
import { AUDIT_COLUMNS, type AuditFlags, showAudit } from '../../../../cli/commands/audit.js';
import { FIRST_ROWS } from '../../../../cli/output/row-blocks.js';
import { tableLines } from '../../../../cli/output/table.js';
import type { App } from '../../../../cli/shell/app.js';
import type { Session } from '../../../../cli/shell/session.js';
import { encodeAudit } from '../../../../proto/audit.js';
import { PART_SIZE, PARTS_AHEAD } from '../../../../proto/parts-in-order.js';
import type { AuditLine } from '../../../../proto/schemas/audit.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { testApp } from '../../../lib/cli-app.js';
import { MinuteStream } from '../../../lib/minute-stream.js';

const HOUR_MS = 3_600_000;
const COUNT = 5000;
const lines: readonly AuditLine[] = Array.from(
  { length: COUNT },
  (_, at): AuditLine => ({
    id: `i.1.${at + 1}`,
    timeMs: HOUR_MS + at,
    coordinator: 'c1',
    epoch: 1,
    who: at % 2 === 0 ? 'sue' : 'tom',
    verb: 'job-stop',
    outcome: 'done',
  }),
);

interface World {
  readonly stream: MinuteStream;
  readonly out: readonly string[];
  readonly problems: readonly string[];
  readonly stop: AbortController;
  show(flags?: Partial<AuditFlags>): Promise<number>;
}

/** `onLine` is called after each line; `isEndAsked`: the abort is by Ctrl-C. */
function world(onLine: (world: World) => void = () => {}, isEndAsked = false): World {
  const { app, out, problems } = testApp();
  const stream = new MinuteStream(
    lines.map((line) => ({ atMs: line.timeMs, data: encodeAudit(line) })),
  );
  const stop = new AbortController();
  const data = (line: string): void => {
    app.output.data(line);
    onLine(made);
  };
  const own: App = {
    ...{ ...app, signal: stop.signal, isEndAsked: () => isEndAsked },
    clock: { ...app.clock, wall: () => 2 * HOUR_MS },
    output: { ...app.output, data },
  };
  const session = { bus: stream.bus, subjects: subjectsOf('main'), cluster: 'main' };
  const made: World = {
    ...{ stream, out, problems, stop },
    show: (flags = {}) =>
      showAudit(own, session as unknown as Session, { output: 'table', since: HOUR_MS, ...flags }),
  };
  return made;
}

const idsIn = (out: readonly string[]): readonly string[] =>
  [...out.join('\n').matchAll(/"id": "([^"]*)"/g)].map(([, id]) => id ?? '');

describe('the audit of a long time', () => {
  it('is printed in order while it is read: few lines are held', async () => {
    let most = 0;
    const { show, out, problems } = world(({ stream, out }) => {
      most = Math.max(most, stream.asked.length - out.length);
    });
    assert.deepEqual([await show(), problems], [0, []]);
    assert.deepEqual(out, tableLines(AUDIT_COLUMNS, lines, { wide: false, colour: false }));
    const held = PART_SIZE * PARTS_AHEAD + FIRST_ROWS;
    assert.ok(most < held + 100, `${most} were read before they were printed`);
  });

  it('is the same answer for programs', async () => {
    const asJson = world(({ stream, out }) => {
      const held = stream.asked.length - out.length;
      assert.ok(held < PART_SIZE * PARTS_AHEAD + 200, `${held} were read before`);
    });
    assert.equal(await asJson.show({ output: 'json' }), 0);
    assert.equal(asJson.out.join('\n'), JSON.stringify({ lines }, null, 2));
    const asYaml = world();
    assert.equal(await asYaml.show({ output: 'yaml', since: HOUR_MS - 4500 }), 0);
    assert.equal(asYaml.out.join('\n'), stringify({ lines: lines.slice(4500) }).trimEnd());
    const none = world();
    assert.equal(await none.show({ output: 'json', user: 'bob' }), 0);
    assert.equal(none.out.join('\n'), JSON.stringify({ lines: [] }, null, 2));
  });

  it('may be filtered, or the newest only, or names', async () => {
    const { show, out } = world();
    assert.equal(await show({ output: 'json', user: 'tom', tail: 2 }), 0);
    assert.deepEqual(idsIn(out), ['i.1.4998', 'i.1.5000']);
    const names = world();
    assert.equal(await names.show({ quiet: true }), 0);
    assert.deepEqual([names.out.length, names.out.at(-1)], [COUNT, 'i.1.5000']);
  });

  it('ends at once by Ctrl-C, with 1, and well where its reader closes the pipe', async () => {
    for (const [isEndAsked, code] of [
      [true, 1],
      [false, 0],
    ] as const) {
      const { show, out, problems } = world(({ stop }) => stop.abort(), isEndAsked);
      assert.deepEqual([await show(), problems], [code, []]);
      assert.ok(out.length <= FIRST_ROWS + PART_SIZE, `${out.length} lines`);
    }
  });

  it('is a fault behind the lines before a gap, and no whole answer', async () => {
    const asTable = world();
    asTable.stream.silentAt = 3000;
    assert.equal(await asTable.show(), 1);
    assert.match(asTable.problems.join(), /audit stream dqoes-main-audit does not answer.*\[/);
    assert.deepEqual(
      asTable.out,
      tableLines(AUDIT_COLUMNS, lines.slice(0, 2999), { wide: false, colour: false }),
    );
    const asJson = world();
    asJson.stream.silentAt = 3000;
    assert.equal(await asJson.show({ output: 'json' }), 1);
    assert.deepEqual(
      idsIn(asJson.out),
      lines.slice(0, 2999).map(({ id }) => id),
    );
    assert.throws(() => JSON.parse(asJson.out.join('\n')));
  });
});
