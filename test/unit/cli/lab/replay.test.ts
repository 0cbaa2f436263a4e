import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { after, before, describe, it } from 'mocha';
import { readRecordingFile } from '../../../../cli/lab/recording-file.js';
import { RecordingWriter } from '../../../../cli/lab/recording-writer.js';
import { runProgram } from '../../../../cli/program.js';
import type { RunScore } from '../../../../lab/types.js';
import { testApp } from '../../../lib/cli-app.js';
import { policyNamed, recordSimulation } from '../../lab/replay/record-sim.js';
import { model, scenario, simJob } from '../../lab/sim/build.js';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly messages: string;
  readonly problems: string;
}

async function dqoes(...argv: readonly string[]): Promise<Ran> {
  const { app, out, messages, problems } = testApp();
  const code = await runProgram(argv, app);
  return {
    code,
    out: out.join('\n'),
    messages: messages.join('\n'),
    problems: problems.join('\n'),
  };
}

const worked = (workSeconds: number) => model({ workSeconds, noiseRatio: 0.08 });
const WORLD = scenario(
  [
    simJob('a', { targetMs: 400, model: worked(0.1) }),
    simJob('b', { targetMs: 900, model: worked(0.3) }),
  ],
  { durationMs: 60_000 },
);
const { text: TEXT } = recordSimulation(WORLD, policyNamed('dqoes'));

describe('dqoes lab replay', () => {
  let folder = '';
  let recording = '';
  const path = (name: string): string => join(folder, name);
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-replay-'));
    recording = path('my run.jsonl.gz');
    writeFileSync(recording, gzipSync(TEXT));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('prints measurements, fit check, the recorded policy and adaptive', async () => {
    const { code, out, messages, problems } = await dqoes('lab', 'replay', recording);
    assert.deepEqual([code, problems], [0, '']);
    const rows = out.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2));
    assert.deepEqual(rows, [
      ['SCENARIO', 'POLICY'],
      ...['recorded', 'recorded-limits', 'dqoes', 'adaptive'].map((policy) => ['my run', policy]),
    ]);
    assert.match(
      messages,
      /^Fit: recorded-limits against recorded, \d+ job intervals: median error \d+\.\d %, 90 % within/m,
    );
  });

  it('writes the same scores, page and scenario each time; the scenario runs', async () => {
    const files = ['scores.json', 'page.html', 'saved.yaml'].map(path);
    const [json = '', html = '', yaml = ''] = files;
    const argv = [
      'lab',
      'replay',
      recording,
      '--policy',
      'equal',
      '--json',
      json,
      '--report',
      html,
      '--save-scenario',
      yaml,
    ];
    assert.equal((await dqoes(...argv)).code, 0);
    const first = files.map((file) => readFileSync(file, 'utf8'));
    assert.equal((await dqoes(...argv)).code, 0);
    assert.deepEqual(
      files.map((file) => readFileSync(file, 'utf8')),
      first,
    );
    const scores = JSON.parse(first[0] ?? '') as readonly RunScore[];
    assert.deepEqual(
      scores.map(({ policy }) => policy),
      ['recorded', 'recorded-limits', 'equal'],
    );
    assert.match(first[1] ?? '', /recorded-limits/);
    const simulated = await dqoes('lab', 'sim', yaml, '--policy', 'equal', '--json', '-');
    assert.deepEqual(JSON.parse(simulated.out), scores.slice(2));
  });

  it('takes parameters of the policies from --set', async () => {
    const scores = async (...set: readonly string[]): Promise<RunScore> => {
      const { out, problems } = await dqoes(
        'lab',
        'replay',
        recording,
        '--policy',
        'dqoes',
        '--json',
        '-',
        ...set,
      );
      assert.equal(problems, '');
      return (JSON.parse(out) as readonly RunScore[])[2] as RunScore;
    };
    const [usual, slow] = [
      await scores(),
      await scores('--set', 'interval=10s,release-ratio=2%', '--set', 'seed=3'),
    ];
    assert.deepEqual([usual.intervals, slow.intervals, slow.seed], [12, 6, 3]);
  });

  it('names every bad setting and policy at once', async () => {
    const bad = ['--set', 'seeds=1,seed=x', '--set', 'cluster=a', '--policy', 'dqos'];
    const { code, problems } = await dqoes('lab', 'replay', recording, ...bad);
    assert.equal(code, 2);
    for (const part of [
      /"seeds=1".*did you mean seed/,
      /seed: "x"/,
      /"cluster=a"/,
      /"dqos" \(did you mean dqoes/,
    ])
      assert.match(problems, part);
  });

  it('decides again with --verify', async () => {
    const { code, out } = await dqoes('lab', 'replay', recording, '--verify');
    assert.equal(code, 0);
    assert.match(
      out,
      /^(\d+) of \1 recorded limit changes repeated \(\1 exactly\), 0 .*agreement 100\.0 %$/m,
    );
    const other = await dqoes(
      'lab',
      'replay',
      recording,
      '--verify',
      '--policy',
      'equal',
      '-o',
      'json',
    );
    assert.ok(
      (JSON.parse(other.out) as { readonly share: number }).share < 0.6,
      other.out.slice(0, 200),
    );
  });

  it('tells what is wrong with a file, with its lines', async () => {
    writeFileSync(
      path('bad.jsonl'),
      `${TEXT.split('\n').slice(0, 3).join('\n')}\n{"kind":"report"}\nnothing\n`,
    );
    const bad = await dqoes('lab', 'replay', path('bad.jsonl'));
    assert.equal(bad.code, 2);
    assert.deepEqual(
      bad.problems.split('\n').map((line) => line.replace(folder, '')),
      [
        '/bad.jsonl:4:1: atMs is missing: expected a number from 0 to 9007199254740991 ' +
          '[recording.bad]',
        '/bad.jsonl:5:1: this is no JSON object: every line of a recording is one [recording.bad]',
      ],
    );
    const none = await dqoes('lab', 'replay', path('none.jsonl'));
    assert.equal(none.code, 2);
    assert.match(none.problems, /none\.jsonl: cannot be read \(ENOENT/);
  });

  it('reads no further than a file shows that it is none', async () => {
    const read = await readRecordingFile('/dev/zero');
    assert.ok(!read.ok);
    assert.deepEqual(
      read.error.map(({ line, message }) => `${line}: ${message}`),
      ['1: this is longer than 32 MiB, which no line of a recording is: delete it'],
    );
  });

  it('reads a compressed file that was cut off as far as it goes', async () => {
    const whole = gzipSync(TEXT);
    for (const share of [0.3, 0.6, 0.9]) {
      writeFileSync(path('cut.gz'), whole.subarray(0, Math.floor(share * whole.length)));
      const read = await readRecordingFile(path('cut.gz'));
      assert.ok(read.ok, JSON.stringify(read));
      assert.ok(read.value.recording.reports.length > 3);
    }
  });
});

describe('the writer of recordings', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-writer-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('writes whole lines, nothing after its end, and never over another recording', async () => {
    const file = join(folder, 'a.jsonl');
    const opened = RecordingWriter.open(file);
    assert.ok(opened.ok);
    opened.value.line('one\n');
    opened.value.line('two\n');
    await opened.value.close();
    opened.value.line('three\n');
    opened.value.flush();
    await opened.value.close();
    assert.equal(readFileSync(file, 'utf8'), 'one\ntwo\n');
    const again = RecordingWriter.open(file);
    assert.ok(!again.ok && /already exists/.test(again.error));
    const nowhere = RecordingWriter.open(join(folder, 'no', 'such', 'folder.jsonl'));
    assert.ok(!nowhere.ok && /cannot be written/.test(nowhere.error));
  });

  it('drops lines that a slow disk cannot take instead of holding them', async () => {
    const file = join(folder, 'b.jsonl');
    const opened = RecordingWriter.open(file);
    assert.ok(opened.ok);
    const line = `${'x'.repeat(1024 * 1024 - 1)}\n`;
    // Nothing is written before this turn of the event loop ends.
    for (let i = 0; i < 40; i += 1) opened.value.line(line);
    assert.ok(opened.value.dropped >= 20, `${opened.value.dropped}`);
    await opened.value.close();
    assert.equal(readFileSync(file).length, (40 - opened.value.dropped) * line.length);
  });
});
