import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { shippedNames } from '../../../../cli/lab/files.js';
import { runProgram } from '../../../../cli/program.js';
import type { RunScore } from '../../../../lab/types.js';
import { testApp } from '../../../lib/cli-app.js';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly problems: string;
}

async function dqoes(...argv: readonly string[]): Promise<Ran> {
  const { app, out, problems } = testApp();
  const code = await runProgram(argv, app);
  return { code, out: out.join('\n'), problems: problems.join('\n') };
}

const GOOD = `
duration: 30s
jobs:
  - { id: a, count: 2, target: 600ms, model: { work: 0.1 } }
  - { id: b, target: 150ms, model: { work: 0.1, arrivals: { rate: 2 } } }
`;

describe('dqoes lab', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-lab-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('names all that is wrong with a file in another encoding, and with others', async () => {
    const latin1 = join(folder, 'a.yaml');
    const written = 'name: f\u00fcnf\njobs:\n  - { id: a, target: 1s, mode1: { work: 0.1 } }\n';
    writeFileSync(latin1, Buffer.from(written, 'latin1'));
    const { code, problems } = await dqoes('lab', 'sim', latin1, file('b.yaml', 'jobs:\n\0\n'));
    const [first = '', ...lines] = problems.replaceAll(`${folder}/`, '').split('\n');
    assert.equal(code, 2);
    assert.match(first, /^a\.yaml:1:1: the file is not UTF-8: save it .*syntax\]$/);
    assert.match(lines.pop() ?? '', /^b\.yaml:2:1: the file has zero bytes: it is damaged, or in /);
    assert.match(lines.join('\n'), /^a\.yaml:3:\d+: .*mode1/m);
    for (const line of lines) assert.match(line, /^a\.yaml:3:/);
  });

  it('refuses a file that is far too long without reading it', async () => {
    for (const path of [file('long.yaml', '# '.repeat(600_000)), '/dev/zero']) {
      const { code, problems } = await dqoes('lab', 'oracle', path);
      assert.equal(code, 2);
      assert.match(problems, /:1:1: the file is longer than 1024 KiB: use a shorter file/);
    }
  });

  it('sim writes one object per scenario and policy, the same bytes each time', async () => {
    const scenario = file('good.yaml', GOOD);
    const out = join(folder, 'out.json');
    const first = await dqoes(
      'lab',
      'sim',
      scenario,
      '--policy',
      'default,equal,dqoes',
      '--json',
      out,
    );
    assert.equal(first.code, 0, first.problems);
    const text = readFileSync(out, 'utf8');
    const scores = JSON.parse(text) as readonly RunScore[];
    assert.deepEqual(
      scores.map(({ scenario: name, policy, n, seed, intervals }) => [
        name,
        policy,
        n,
        seed,
        intervals,
      ]),
      ['default', 'equal', 'dqoes'].map((policy) => ['good', policy, 3, 1, 6]),
    );
    const [score] = scores;
    assert.ok(score !== undefined);
    assert.equal(score.atTarget.length, 6);
    assert.equal(score.notSlower.length, 6);
    for (const key of [
      'atTargetLastThird',
      'notSlowerLastThird',
      'ratioToOracle',
      'secondsTo90',
      'updatesPerContainerMinute',
      'regret',
    ])
      assert.ok(key in score.summary, key);
    await dqoes('lab', 'sim', scenario, '--policy', 'default,equal,dqoes', '--json', out);
    assert.equal(readFileSync(out, 'utf8'), text);
  });

  it('sim prints a table, or JSON to stdout instead, and writes reports', async () => {
    const scenario = file('good.yaml', GOOD);
    const [html, markdown] = [join(folder, 'r.html'), join(folder, 'r.md')];
    const table = await dqoes(
      'lab',
      'sim',
      scenario,
      '--policy',
      'equal',
      '--report',
      html,
      '--markdown',
      markdown,
    );
    assert.match(table.out, /^SCENARIO +POLICY +JOBS +AT TARGET/);
    assert.match(table.out, /\ngood +equal +3 /);
    assert.match(readFileSync(html, 'utf8'), /^<!doctype html>/);
    assert.match(readFileSync(markdown, 'utf8'), /equal/);
    const json = await dqoes(
      'lab',
      'sim',
      scenario,
      '--policy',
      'equal',
      '--json',
      '-',
      '--seed',
      '9',
    );
    assert.deepEqual(
      (JSON.parse(json.out) as readonly RunScore[]).map(({ seed }) => seed),
      [9],
    );
  });

  it('sim takes a folder, and refuses all files with every fault of each', async () => {
    file('a.yaml', 'jobs: [{ id: a }]');
    file('b.yaml', 'jobs: [{ id: a, target: 2s, model: { work: 1 }, wight: 2 }]');
    file('c.yaml', GOOD);
    const ran = await dqoes('lab', 'sim', folder, '--policy', 'default');
    assert.equal(ran.code, 2);
    assert.equal(ran.out, '');
    assert.match(ran.problems, /a\.yaml:1:8: jobs\.0\.target: is missing.*\[scenario\.missing\]/);
    assert.match(
      ran.problems,
      /b\.yaml:1:\d+: jobs\.0\.wight: unknown key \(did you mean weight\?\)/,
    );
  });

  it('sim names an unknown policy and scenario and the nearest of each', async () => {
    const ran = await dqoes('lab', 'sim', 'burst-1', '--policy', 'dqos,equal');
    assert.equal(ran.code, 2);
    assert.match(ran.problems, /no policy "dqos" \(did you mean dqoes\?\): use default,/);
    assert.match(
      ran.problems,
      /burst-1: there is no such file and no shipped scenario of that name \(did you mean burst-10\?\)/,
    );
  });

  it('sim refuses scenarios for real containers only, and unwritable files', async () => {
    const real = file('real.yaml', 'jobs: [{ id: a, target: 2s, workload: { kind: ocr-det } }]');
    const refused = await dqoes('lab', 'sim', real);
    assert.equal(refused.code, 2);
    assert.match(refused.problems, /job a has a workload only: the simulation needs a model/);
    const unwritable = join(folder, 'no', 'such', 'folder.json');
    const ran = await dqoes(
      'lab',
      'sim',
      file('good.yaml', GOOD),
      '--policy',
      'default',
      '--json',
      unwritable,
    );
    assert.equal(ran.code, 2);
    assert.match(ran.problems, /--json .*cannot be written/);
    // Nothing was simulated for it.
    assert.equal(ran.out, '');
  });

  it('oracle prints what each job needs', async () => {
    const scenario = file('good.yaml', GOOD);
    const table = await dqoes('lab', 'oracle', scenario);
    assert.equal(table.code, 0, table.problems);
    assert.match(table.out, /good +0s +a-1 +600ms +0\.15\d/);
    const json = await dqoes('lab', 'oracle', scenario, '-o', 'json');
    const [bound] = JSON.parse(json.out) as readonly {
      readonly phases: readonly { readonly mostJobs: number }[];
    }[];
    assert.equal(bound?.phases[0]?.mostJobs, 3);
  });

  it('finds the shipped scenarios from the built program', () => {
    assert.ok(shippedNames().includes('burst-10'), shippedNames().join(' '));
  });
});
