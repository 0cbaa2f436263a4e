import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { benchLines, benchNotes } from '../../../../cli/bench/bench-report.js';
import { readScenarios } from '../../../../cli/bench/files.js';
import { outputFaults, writeWhole } from '../../../../cli/shell/output-files.js';
import { benchScoreOf, summariseRuns } from '../../../../lab/bench/summary.js';
import { scoreRun } from '../../../../lab/score/score.js';

const GOOD = `name: good
jobs: [{ id: a, target: 1s, workload: { kind: vad, batch: 1, threads: 1, arrivals: closed } }]
`;

describe('lab bench: files', () => {
  let folder = '';
  const path = (name: string): string => join(folder, name);
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-bench-unit-'));
    writeFileSync(path('good.yaml'), GOOD);
    writeFileSync(path('again.yaml'), GOOD);
    writeFileSync(
      path('sim.yaml'),
      'name: sim\njobs: [{ id: a, target: 1s, model: { work: 0.1 } }]\n',
    );
    writeFileSync(path('bad.yaml'), 'jobs: [{ id: a, target: soon }]\n');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are read with the seed and the load of other programs asked for', () => {
    const read = readScenarios([path('good.yaml')], { seed: 42, foreign: 'light' });
    assert.ok(read.ok);
    assert.deepEqual(
      read.value.map(({ name, seed, disturbances }) => [
        name,
        seed,
        disturbances.map(({ kind }) => kind),
      ]),
      [['good', 42, ['foreign']]],
    );
  });

  it('are refused with every fault of every file', () => {
    const read = readScenarios(
      ['good', 'sim', 'bad', 'again'].map((name) => path(`${name}.yaml`)),
      {},
    );
    assert.ok(!read.ok);
    const found = new Set(
      read.error.map(({ file, code }) => `${file?.slice(folder.length + 1)} ${code}`),
    );
    for (const fault of [
      'sim.yaml scenario.bad-value',
      'bad.yaml scenario.bad-value',
      'again.yaml scenario.duplicate',
    ])
      assert.ok(found.has(fault), `${fault} in ${[...found].join(', ')}`);
  });

  it('are tried before hours of work', () => {
    const faults = outputFaults({
      json: path('nowhere/x.json'),
      report: folder,
      markdown: path('ok.md'),
      device: '/dev/null',
      none: undefined,
    });
    assert.deepEqual(
      faults.map(({ field }) => field),
      ['json', 'report'],
    );
  });

  it('are each given to one option: the last would write over the others', () => {
    const again = `${folder}/./same`;
    const faults = outputFaults({
      ...{ json: path('same'), report: again, markdown: path('other') },
      ...{ out: '/dev/null', log: '/dev/null' },
    });
    assert.deepEqual(
      faults.map(({ field }) => field),
      ['report'],
    );
    const what = '--json is to be written there too: give each a file of its own';
    assert.equal(faults[0]?.message, `--report ${again}: ${what}`);
  });

  it('are written as a whole', () => {
    assert.equal(writeWhole(path('out'), 'first'), undefined);
    assert.equal(writeWhole(path('out'), 'second'), undefined);
    assert.equal(readFileSync(path('out'), 'utf8'), 'second');
    assert.equal(
      readdirSync(folder).some((name) => name.includes('draft')),
      false,
    );
    assert.match(writeWhole(path('nowhere/out'), '') ?? '', /ENOENT/);
    assert.equal(writeWhole('/dev/null', 'x'), undefined);
  });
});

describe('lab bench: the table', () => {
  const interval = { jobs: [], changes: [], limitUpdates: 0, moves: 0 };
  const run = (policy: string, repetition: number, satisfied: number) => {
    const record = {
      scenario: 's',
      policy,
      seed: 1,
      intervalMs: 1000,
      decisions: [],
      intervals: [interval],
    };
    const score = scoreRun(record, [2], 2);
    const summary = {
      ...score.summary,
      atTargetLastThird: satisfied,
      satisfiedLastThird: satisfied,
    };
    return {
      record,
      score: benchScoreOf(
        { ...score, summary },
        {
          repetition,
          workSeconds: new Map(),
          othersCores: null,
          othersPerInterval: [],
          foreign: { plannedCpuMs: 100, usedCpuMs: 77 + repetition },
        },
      ),
    };
  };
  const runs = [run('p', 1, 1), run('q', 1, 2.5), run('p', 2, 2)];

  it('has one line for each scenario and policy, medians with least and most', () => {
    const lines = benchLines(runs, false);
    assert.equal(lines.length, 3);
    assert.match(lines[1] ?? '', /^s +p +2 +1\.50 \(1\.00–2\.00\)/);
    assert.match(lines[2] ?? '', /^s +q +1 +2\.50 /);
  });

  it('says where it ran, that it ended early, and which run beat its bound', () => {
    const scores = runs.map(({ score }) => score);
    const notes = benchNotes({
      machine: { cpu: 'X', cpuCores: 2, memoryBytes: 2 ** 30, kernel: '6.1', node: 'v20' },
      settings: { program: '', calibrateSeconds: 10, foreign: null, scenarios: {} },
      allocatableCores: 1.9,
      startedAt: '2026-01-01T00:00:00.000Z',
      complete: false,
      runs: scores,
      records: [],
      summary: summariseRuns(scores),
      measures: [],
      profiles: {},
      profiledFor: [],
    });
    assert.equal(notes.length, 4);
    assert.match(notes[0] ?? '', /X, 2 cores \(1\.9 allocatable\).* 2026-01-01/);
    assert.match(notes[2] ?? '', /^s: beside .* 5\.0 % of the machine asked for, 3\.9 to 4\.0 %/);
    assert.match(notes[3] ?? '', /s under q, repetition 1: 2\.5 satisfied, above the oracle's 2/);
  });
});
