import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { groupRuns, type ReportRun, spreadOf } from '../../../../lab/report/group.js';
import { htmlReport } from '../../../../lab/report/html.js';
import { markdownReport, markdownText } from '../../../../lab/report/markdown.js';
import { sampleIndexes, sampleSpikes } from '../../../../lab/report/sample.js';
import { escapeText, linearAxis, logAxis, niceStep, timeStep } from '../../../../lab/report/svg.js';
import { scoreRun, withAttainable } from '../../../../lab/score/score.js';
import { interval, jobInterval, record } from '../score/build.js';

const run = (
  policy: string,
  latenciesMs: readonly (number | null)[],
  change: { readonly scenario?: string; readonly id?: string } = {},
): ReportRun => {
  const intervals = latenciesMs.map((ms, k) =>
    interval([jobInterval(change.id ?? 'a', ms)], {
      changes: k === 0 ? ['a arrives'] : [],
      limitUpdates: k,
    }),
  );
  const kept = record(intervals, { policy, scenario: change.scenario ?? 'burst' });
  return {
    score: scoreRun(
      kept,
      latenciesMs.map(() => 1),
      1,
    ),
    record: kept,
  };
};

// Every tag is closed, in order, and every attribute quoted: enough to catch a drawing that no
// browser could read.
function assertWellFormed(html: string): void {
  const open: string[] = [];
  const bare = new Set(['meta', '!doctype']);
  for (const [tag, close, name, attributes, selfClose] of html.matchAll(
    /<(\/?)([!a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"<]*")*?)(\/?)>/g,
  )) {
    if (bare.has(name ?? '') || selfClose === '/') continue;
    if (close === '/') assert.equal(open.pop(), name, tag);
    else open.push(name ?? '');
    const rest = (attributes ?? '').replace(/\s[a-zA-Z-]+="[^"]*"/g, '').trim();
    assert.equal(rest, '', tag);
  }
  assert.deepEqual(open, []);
}

describe('report: figures', () => {
  it('takes the middle, or the mean of the two in the middle', () => {
    assert.deepEqual(spreadOf([3, 1, 2]), { median: 2, min: 1, max: 3, n: 3 });
    assert.equal(spreadOf([1, 2, 3, 10]).median, 2.5);
    assert.equal(
      spreadOf([5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]).median,
      Number.POSITIVE_INFINITY,
    );
  });

  it('groups by scenario and policy in the order they came', () => {
    const groups = groupRuns([
      run('b', [1000]),
      run('a', [1000]),
      run('b', [1000]),
      run('a', [1000], { scenario: 'other' }),
    ]);
    assert.deepEqual(
      groups.map(({ scenario, policies }) => [
        scenario,
        policies.map(({ policy, runs }) => `${policy}${runs.length}`),
      ]),
      [
        ['burst', ['b2', 'a1']],
        ['other', ['a1']],
      ],
    );
  });

  it('steps by 1, 2 and 5, and through time as people do', () => {
    assert.deepEqual([0.03, 1, 1.1, 3, 7].map(niceStep), [0.05, 1, 2, 5, 10]);
    assert.deepEqual([0.3, 3, 11, 70, 700, 8000].map(timeStep), [0.5, 5, 15, 120, 900, 18_000]);
    assert.deepEqual(
      linearAxis(10, [0, 100], { count: 5, show: String }).ticks.map(({ text }) => text),
      ['0', '2', '4', '6', '8', '10'],
    );
    assert.deepEqual(
      logAxis([90, 1100], [0, 1], String).ticks.map(({ value }) => value),
      [100, 200, 500, 1000],
    );
  });

  it('draws what lies beyond a logarithmic axis at its end', () => {
    const axis = logAxis([1, 100], [0, 10], String);
    assert.equal(axis.at(10), 5);
    assert.equal(axis.at(1e9), 10);
    assert.equal(axis.at(0), 0);
  });
});

describe('report: thinning out', () => {
  const series = Array.from(
    { length: 5000 },
    (_, i) => [i, i === 3210 ? 99 : Math.sin(i)] as const,
  );

  it('keeps few points and every spike', () => {
    const thin = sampleSpikes(series, 400);
    assert.ok(thin.length <= 400);
    assert.ok(thin.some(([, value]) => value === 99));
    assert.deepEqual(
      [...thin].sort((a, b) => a[0] - b[0]),
      thin,
    );
  });

  it('leaves a short series as it is, and a gap a gap', () => {
    const short = [
      [0, 1],
      [1, null],
      [2, 3],
    ] as const;
    assert.equal(sampleSpikes(short, 400), short);
    assert.deepEqual(
      sampleSpikes(
        [
          [0, null],
          [1, null],
        ] as const,
        1,
      ),
      [[0, null]],
    );
  });

  it('keeps both ends', () => {
    assert.deepEqual(sampleIndexes(5, 10), [0, 1, 2, 3, 4]);
    const few = sampleIndexes(1000, 10);
    assert.deepEqual([few.length, few[0], few.at(-1)], [10, 0, 999]);
  });
});

describe('report: Markdown', () => {
  it('prints one row per policy, with median and spread where repetitions differ', () => {
    const text = markdownReport(
      [
        run('dqoes', [2000, 1000, 1000]),
        run('dqoes', [1000, 1000, 2000]),
        run('adaptive', [1000, 1000, 1000]),
      ],
      ['Two cores.'],
    );
    assert.equal(
      text.split('\n').slice(0, 8).join('\n'),
      [
        'Two cores.',
        '',
        '## burst: 1 job, 3 intervals, oracle 1.00, n = 1 to 2',
        '',
        '| policy | at target | not slower | satisfied | ÷ oracle | to 90 %, s | regret | ' +
          'moves | updates /min | at rest /min | exits | CPU |',
        '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
        '| dqoes | 0.50 (0.00–1.00) | 0.50 (0.00–1.00) | 0.50 (0.00–1.00) | 0.500 ' +
          '(0.000–1.000) | 8 (5–10) | 1.0 | 0 | 12.00 | 24.00 | 1 (0–1) | 0.50 |',
        '| adaptive | 1.00 | 1.00 | 1.00 | 1.000 | 5 | 0.0 | 0 | 12.00 | 24.00 | 0 | 0.50 |',
      ].join('\n'),
    );
  });

  it('has what was attainable where any run knows it', () => {
    const score = withAttainable(run('p', [100]).score, { before: [0.8], atOnce: [0.9] });
    const text = markdownReport([{ score, record: null }, run('adaptive', [1000, 1000])]);
    assert.match(text, /÷ oracle \| ÷ attainable, one before \| ÷ attainable, at once/);
    assert.match(text, /\| adaptive \| 1\.00 \| 1\.00 \| 1\.00 \| 1\.000 \| – \| – \|/);
  });

  it('says never for a change that was not answered', () => {
    assert.match(
      markdownReport([run('default', [100, 100])]),
      /\| default \| 0\.00 \| 1\.00 \| 0\.00 \| 0\.000 \| never \|/,
    );
  });

  it('compares scenarios where there are several', () => {
    const text = markdownReport([
      run('a', [1000]),
      run('b', [100]),
      run('a', [1000], { scenario: 'other' }),
    ]);
    assert.match(
      text,
      /\| scenario \| a \| b \|\n\|---\|---:\|---:\|\n\| burst \| 1\.000 \| 0\.000 \|\n\| other \| 1\.000 \| {2}\|/,
    );
  });

  it('keeps text from becoming markup', () => {
    assert.equal(markdownText('a|b <i>*x*\n# y'), 'a\\|b \\<i\\>\\*x\\* \\# y');
  });

  it('has nothing to say of nothing, and says it', () => {
    assert.match(markdownReport([]), /^- at target: /);
  });
});

describe('report: HTML', () => {
  const evil = '"><script>alert(1)</script>&\'';
  const many = Array.from({ length: 3000 }, (_, k) =>
    k % 7 === 0 ? null : 500 + 400 * Math.sin(k / 50),
  );

  it('is one well-formed page that loads nothing', () => {
    const html = htmlReport({
      title: 'Lab',
      runs: [run('dqoes', [2000, 1000]), run('adaptive', [1000, 1000])],
      notes: ['n = 1'],
    });
    assertWellFormed(html);
    assert.match(html, /^<!doctype html>\n<html lang="en"><head><meta charset="utf-8">/);
    assert.doesNotMatch(html, /\b(?:src|href)="(?!#)|url\(|@import|<script/);
    assert.match(html, /prefers-color-scheme:dark/);
    assert.match(html, /default-src 'none'/);
    assert.ok(html.includes('<p>n = 1</p>'));
  });

  it('shows every kind of drawing with named axes', () => {
    const html = htmlReport({
      title: 'Lab',
      runs: [run('dqoes', [2000, 1000]), run('adaptive', [1000, 1000])],
    });
    for (const words of [
      'Jobs satisfied over time',
      'Response time of a',
      'Limits under dqoes',
      'Limits under adaptive',
    ])
      assert.ok(html.includes(`aria-label="${words}`), words);
    for (const title of [
      'time since the start',
      'jobs satisfied',
      'response time',
      'limits, CPU cores',
    ])
      assert.ok(html.includes(`>${title}</text>`), title);
    assert.match(
      html,
      /<path class="line oracle" d="M[\d. ]+L[\d. ]+"><title>oracle<\/title><\/path>/,
    );
    assert.match(html, /<path class="band" d="M[^"]+Z"><title>band of a<\/title>/);
    assert.ok(html.includes('<figcaption>a: at 1s</figcaption>'));
  });

  it('escapes every text', () => {
    assert.equal(escapeText(evil), '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;');
    const html = htmlReport({
      title: evil,
      runs: [run(evil, [1000], { scenario: evil, id: evil }), run('b', [1000])],
      notes: [evil],
    });
    assert.doesNotMatch(html, /<script/);
    assertWellFormed(html);
  });

  it('stays small however long the runs', () => {
    const runs = ['a', 'b', 'c'].map((policy) => run(policy, many));
    const html = htmlReport({ title: 'Lab', runs });
    assertWellFormed(html);
    assert.ok(html.length < 150_000, String(html.length));
    for (const [, path] of html.matchAll(/ d="([^"]+)"/g))
      assert.ok((path?.match(/[ML]/g) ?? []).length <= 1700);
  });

  it('draws what was scored where nothing was recorded', () => {
    const scored = { score: run('a', [1000, 1000]).score, record: null };
    const html = htmlReport({ title: 'Lab', runs: [scored] });
    assertWellFormed(html);
    assert.doesNotMatch(html, /Limits, stacked/);
    assert.ok(html.includes('>interval</text>') && !html.includes('>time since the start</text>'));
    assert.ok(htmlReport({ title: 'Lab', runs: [] }).includes('<h1>Lab</h1>'));
  });

  it('shows a target that changed, and a ceiling as one', () => {
    const steps = [1000, 2000].map((latencyMs) =>
      interval([
        jobInterval('a', 1000, {
          target: { latencyMs, statistic: 'p95', toleranceRatio: 0.1, mode: 'ceiling' },
        }),
      ]),
    );
    const kept = record(steps);
    const html = htmlReport({
      title: 'Lab',
      runs: [{ score: scoreRun(kept, [1, 1], 1), record: kept }],
    });
    assert.ok(html.includes('<figcaption>a: at most 1s, then 2s</figcaption>'));
    assert.ok(html.includes('>p95 time</text>'));
    // A ceiling's band goes down to the axis.
    assert.match(html, /<path class="band" d="[^"]* 154L[^"]*Z">/);
    const band = htmlReport({ title: 'Lab', runs: [run('a', [1000, 1000])] });
    assert.doesNotMatch(band, /<path class="band" d="[^"]* 154L/);
  });
});
