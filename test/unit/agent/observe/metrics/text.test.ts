import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MAX_LINE_CHARS, MetricStream } from '../../../../../agent/observe/metrics/stream.js';
import { parseMetricNumber, readMetricLine } from '../../../../../agent/observe/metrics/text.js';
import { isMatch, parseMatch } from '../../../../../shared/metrics/match.js';

function sample(line: string) {
  const read = readMetricLine(line);
  assert.equal(read.kind, 'sample', `${line}: ${JSON.stringify(read)}`);
  return read.kind === 'sample'
    ? { name: read.name, labels: read.labels, value: read.value }
    : undefined;
}

describe('a line of metrics', () => {
  it('is read with colons, trailing commas, escapes, blanks, timestamps and exemplars', () => {
    assert.deepEqual(sample(':a:b{} 1'), { name: ':a:b', labels: [], value: 1 });
    assert.deepEqual(sample('a{x="1",y="2",} 3'), {
      name: 'a',
      labels: ['x', '1', 'y', '2'],
      value: 3,
    });
    assert.deepEqual(sample('a{x="q\\"u\\\\o\\nte"} 3'), {
      name: 'a',
      labels: ['x', 'q"u\\o\nte'],
      value: 3,
    });
    assert.deepEqual(sample('  a { x = "}" , y="," }\t3 1700000000000'), {
      name: 'a',
      labels: ['x', '}', 'y', ','],
      value: 3,
    });
    assert.deepEqual(sample('a_bucket{le="1"} 17 # {trace_id="x"} 0.67 1.5'), {
      name: 'a_bucket',
      labels: ['le', '1'],
      value: 17,
    });
    assert.deepEqual(sample('a 1 1.5e9 # {} 2'), { name: 'a', labels: [], value: 1 });
    assert.deepEqual(sample('{"a.b",x="1"} 2'), { name: 'a.b', labels: ['x', '1'], value: 2 });
    assert.deepEqual(sample('a{"x.y"="1"} 2'), { name: 'a', labels: ['x.y', '1'], value: 2 });
  });

  it('has numbers as Go writes them', () => {
    assert.equal(parseMetricNumber('+Inf'), Number.POSITIVE_INFINITY);
    assert.equal(parseMetricNumber('-inf'), Number.NEGATIVE_INFINITY);
    assert.ok(Number.isNaN(parseMetricNumber('Nan')));
    assert.equal(parseMetricNumber('1.7640395218461354e+09'), 1.7640395218461354e9);
    assert.equal(parseMetricNumber('.5'), 0.5);
    for (const bad of ['', '0x10', '1,5', '1e', 'Infinity', '--1', '1 2'])
      assert.equal(parseMetricNumber(bad), undefined, bad);
  });

  it('is refused where it is none, in words', () => {
    for (const bad of [
      '<html>',
      '{"a":1}',
      '{} 1',
      'a',
      'a{x="1" 2',
      'a{x=1} 2',
      'a{x="1"y="2"} 3',
      'a 1 2 3',
      'a one',
      'a{="x"} 1',
      '5xx 1',
      'a{"b"} 1',
      'é 1',
    ])
      assert.equal(readMetricLine(bad).kind, 'fault', bad);
  });

  it('is not looked at further where nobody wants it', () => {
    assert.equal(readMetricLine('a{broken 1', (name) => name === 'b').kind, 'nothing');
    assert.equal(readMetricLine('b{broken 1', (name) => name === 'b').kind, 'fault');
  });

  it('may be a comment, an end or nothing', () => {
    assert.deepEqual(readMetricLine('# TYPE a histogram'), {
      kind: 'type',
      name: 'a',
      type: 'histogram',
    });
    assert.deepEqual(readMetricLine('# EOF'), { kind: 'end' });
    for (const line of ['', '  \t', '# HELP a', '#', '# anything at all'])
      assert.equal(readMetricLine(line).kind, 'nothing');
  });
});

describe('a page as it comes', () => {
  function read(...chunks: readonly string[]) {
    const seen: [string, number, number][] = [];
    const stream = new MetricStream({
      sample: (name, _, value, line) => seen.push([name, value, line]),
    });
    for (const chunk of chunks) stream.push(chunk);
    return { seen, ...stream.end() };
  }

  it('is read across chunks, with either line end', () => {
    const { seen, fault } = read('a', ' 1\r', '\nb ', '2\n\n', 'c 3\n');
    assert.deepEqual(seen, [
      ['a', 1, 1],
      ['b', 2, 2],
      ['c', 3, 4],
    ]);
    assert.equal(fault, null);
  });

  it('goes on after a line that cannot be read, and keeps the first of them', () => {
    const { seen, fault } = read('a 1\n<b>\n<c>\nd 4\n');
    assert.deepEqual(
      seen.map(([name]) => name),
      ['a', 'd'],
    );
    assert.deepEqual(fault, { line: 2, message: '"<b>" is not a line of metrics' });
  });

  it('ends with # EOF where it has one', () => {
    assert.equal(read('a 1\n# EOF').fault, null);
    assert.deepEqual(read('a 1\n# EOF\nb 1\n').fault, { line: 3, message: 'stands after # EOF' });
  });

  it('never holds more than a line', () => {
    const { seen, fault, lines } = read(
      'a 1\n',
      'x'.repeat(MAX_LINE_CHARS),
      'x'.repeat(3 * MAX_LINE_CHARS),
      '\nb 2\n',
    );
    assert.deepEqual(
      seen.map(([name]) => name),
      ['a', 'b'],
    );
    assert.deepEqual([fault?.line, lines], [2, 3]);
    assert.match(fault?.message ?? '', /is longer than/);
  });
});

describe('a choice of labels', () => {
  it('is read as in PromQL', () => {
    const parsed = parseMatch('{ model="fa\\"ce", version!="1" }');
    assert.ok(parsed.ok);
    assert.ok(isMatch(parsed.value, ['version', '2', 'model', 'fa"ce']));
    assert.ok(isMatch(parsed.value, ['model', 'fa"ce']));
    assert.ok(!isMatch(parsed.value, ['version', '1', 'model', 'fa"ce']));
    assert.ok(!isMatch(parsed.value, ['version', '2']));
  });

  it('is refused with the cure', () => {
    for (const bad of ['', 'model', 'model=face', 'model=~"f.*"', '{}', 'model="a" version="b"'])
      assert.match(
        parseMatch(bad).ok ? '' : (parseMatch(bad) as { error: string }).error,
        /write label="value"/,
        bad,
      );
  });
});
