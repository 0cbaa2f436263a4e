import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { desiredLine, lineText, reportLine } from '../../../../lab/recording/lines.js';
import { MAX_DECISIONS, RecordingReader, readRecording } from '../../../../lab/recording/read.js';
import { container, job, latency, report } from '../../coordinator/build.js';
import { header, readGood } from '../replay/record-sim.js';

const version = { incarnation: 'i', epoch: 3, validForMs: 1000 };
const spec = { ...job('a'), env: { TOKEN: 'secret' }, command: ['--password', 'secret'] };
const LINES = [
  header(),
  reportLine(12.3456, report('h1', { containers: [container('a-1', { latency: latency(100) })] })),
  desiredLine(20, {
    ...version,
    revision: 7,
    node: report('h1').node,
    allocations: [
      {
        id: container('a-1').allocation,
        job: spec.name,
        spec,
        limit: { cpuCores: 0.5, periodUs: 100_000 },
        reason: 'why',
      },
    ],
  }),
  { kind: 'policy', atMs: 30, policy: 'dqoes' },
  { kind: 'event', atMs: 31, type: 'dqoes.job.submitted', about: 'a' },
] as const;
const TEXT = LINES.map(lineText).join('');

const faultsOf = (text: string): readonly string[] => {
  const read = readRecording(text);
  assert.ok(!read.ok, 'a fault was expected');
  for (const { code } of read.error) assert.equal(code, 'recording.bad');
  return read.error.map(({ line, message }) => `${line}: ${message}`);
};
const changed = (line: number, from: string, to: string): string => {
  const lines = TEXT.split('\n');
  assert.ok(lines[line - 1]?.includes(from), `${from} is in line ${line}`);
  lines[line - 1] = (lines[line - 1] ?? '').replace(from, to);
  return lines.join('\n');
};

describe('recording', () => {
  it('reads back what was written', () => {
    const { recording, warnings } = readGood(TEXT);
    assert.deepEqual(warnings, []);
    const { header: first, reports, desired, policies, events } = recording;
    assert.deepEqual([first, ...reports, ...desired, ...policies, ...events], LINES);
    assert.equal(reports[0]?.atMs, 12.346);
  });

  it('holds no environment and no command', () => {
    assert.ok(!TEXT.includes('secret'));
  });

  it('names the line and the field of every fault, all at once', () => {
    const lines = TEXT.split('\n');
    lines[1] = lines[1]?.replace('"weight":1', '"weight":"heavy"') ?? '';
    lines[2] = '{ broken';
    lines[3] = lines[3]?.replace('"atMs":30', '"atMs":null') ?? '';
    assert.deepEqual(faultsOf(lines.join('\n')), [
      `2: containers[0].weight is "heavy": expected a number from ${Number.MIN_VALUE} to 1000000`,
      '3: this is no JSON object: every line of a recording is one',
      `4: atMs is null: expected a number from 0 to ${Number.MAX_SAFE_INTEGER}`,
    ]);
  });

  it('tells a missing field from a bad one', () => {
    assert.match(faultsOf(changed(3, '"revision":7,', ''))[0] ?? '', /^3: revision is missing/);
  });

  it('refuses other versions, other files, an empty file and a cut header', () => {
    assert.match(
      faultsOf(changed(1, '"version":1', '"version":2')).join(),
      /^1: .*version is 2: expected one of 1$/,
    );
    assert.match(faultsOf('jobs:\n  - a\n  - b\n').join(), /^1: this is no JSON object[^,]*$/);
    assert.match(faultsOf('').join(), /holds no recording/);
    assert.match(faultsOf(TEXT.slice(0, 20)).join(), /holds no recording/);
  });

  it('refuses a second header and times that fall', () => {
    assert.match(faultsOf(TEXT + lineText(header())).join(), /^6: there is a second header/);
    assert.match(
      faultsOf(changed(5, '"atMs":31', '"atMs":29')).join(),
      /^5: atMs is 29: expected at least the 30/,
    );
  });

  it('counts the faults beyond the first twenty', () => {
    const faults = faultsOf(TEXT + '{}\n'.repeat(25));
    assert.equal(faults.length, 21);
    assert.match(faults.at(-1) ?? '', /and 5 more faults/);
  });

  it('names the lines that are no text, beside all other faults', () => {
    const at = (line: number, change: (line: Buffer) => Buffer): readonly string[] => {
      const lines: Buffer[] = TEXT.split('\n').map((each) => Buffer.from(each));
      lines[line - 1] = change(lines[line - 1] ?? Buffer.alloc(0));
      lines[3] = Buffer.from('{}');
      const reader = new RecordingReader();
      reader.push(Buffer.from(lines.map((each) => each.toString('latin1')).join('\n'), 'latin1'));
      const read = reader.end();
      assert.ok(!read.ok);
      return read.error.map((fault) => `${fault.line}: ${fault.message}`);
    };
    const latin1 = (line: Buffer): Buffer => Buffer.concat([line, Buffer.from([0xfc])]);
    const zeros = (line: Buffer): Buffer => Buffer.alloc(line.length);
    const other = '4: kind is missing: expected report, desired, policy or event';
    const badText = '2: this is not UTF-8: save it as that, as with iconv -f ISO-8859-1 -t UTF-8';
    assert.deepEqual(at(2, latin1), [badText, other]);
    assert.deepEqual(at(1, latin1), [badText.replace('2', '1')], 'no header: one is enough');
    const [zero, ...more] = at(3, zeros);
    assert.match(zero ?? '', /^3: this has zero bytes, as a file that is damaged/);
    assert.deepEqual(more, [other]);
  });

  it('gives up a file that is none, however long it is', () => {
    const reader = new RecordingReader();
    const piece = Buffer.alloc(4 * 1024 ** 2);
    let pieces = 0;
    for (; !reader.isOver && pieces < 100; pieces += 1) reader.push(piece);
    assert.ok(pieces < 12, `${pieces} pieces were read`);
    const read = reader.end();
    assert.deepEqual(read.ok ? read : read.error, [
      {
        ...{ code: 'recording.bad', field: '', line: 1, column: 1 },
        message: 'this is longer than 32 MiB, which no line of a recording is: delete it',
      },
    ]);
    const table = new RecordingReader();
    table.push(Buffer.from('a,b,c\n'));
    assert.equal(table.isOver, true);
  });

  it('holds a bounded number of events', () => {
    const reader = new RecordingReader();
    reader.push(Buffer.from(lineText(header())));
    const event = lineText({ kind: 'event', atMs: 0, type: 't', about: 'a' });
    const many = Buffer.from(event.repeat(10_000));
    for (let i = 0; i < MAX_DECISIONS / 10_000; i += 1) reader.push(many);
    reader.push(Buffer.from(event));
    const read = reader.end();
    assert.deepEqual(read.ok ? read : read.error.map(({ line, message }) => [line, message]), [
      [MAX_DECISIONS + 2, 'more than 1000000 limits and events: record a shorter time with --for'],
    ]);
  }).timeout(20_000);

  it('leaves out a last line that is cut off, and says so', () => {
    const { recording, warnings } = readGood(TEXT.slice(0, -10));
    assert.equal(recording.events.length, 0);
    assert.match(warnings.join(), /^line 5 is cut off/);
  });

  it('takes a last line that only lacks its end', () => {
    const { recording, warnings } = readGood(TEXT.trimEnd());
    assert.equal(recording.events.length, 1);
    assert.deepEqual(warnings, []);
  });

  it('leaves lines of unknown kind aside', () => {
    const { warnings } = readGood(`${TEXT}{"kind":"gpu"}\n{"kind":"gpu"}\n`);
    assert.deepEqual(warnings, ['2 lines of unknown kind "gpu" are ignored']);
  });
});
