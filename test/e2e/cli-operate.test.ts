import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { docker } from '../lib/docker-command.js';
import { until } from '../lib/until.js';
import { dqoes, MAIN, startDqoes } from './cli-program.js';
import { loggingJobFile, startUpCluster, type UpCluster } from './up-cluster.js';

const CLUSTER = `ops${process.pid}`;

/** How each shell shows what a person gets for a line; `$1`, `$2`… are its words. */
const SHELLS = {
  bash: [
    'bash',
    '--norc',
    '-c',
    'source <(dqoes completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _dqoes; ' +
      `printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
  ],
  zsh: [
    'zsh',
    '-fc',
    'source <(dqoes completion zsh); _files() { print FILES }; ' +
      `_describe() { print -l -- "\${(@)\${(@P)2}%%:*}" }; words=("$@"); CURRENT=$#; _dqoes`,
    'zsh',
  ],
  fish: [
    'fish',
    '--no-config',
    '-c',
    'dqoes completion fish | source; complete -C (string join -- " " $argv) | string split -f1 \\t',
  ],
} as const;

describe('the command line of operators', () => {
  let cluster: UpCluster;
  let env: Record<string, string> = {};

  before(async () => {
    cluster = await startUpCluster(CLUSTER);
    const bin = join(cluster.folder, 'bin');
    await mkdir(bin);
    const shim = join(bin, 'dqoes');
    await writeFile(shim, `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
    await chmod(shim, 0o755);
    const path = `${bin}${delimiter}${process.env.PATH ?? ''}`;
    env = { ...cluster.env, PATH: path, HOME: cluster.folder };
    for (const name of ['face', 'fast']) await submit(name, loggingJobFile(name));
  });
  after(async () => {
    await cluster?.up.end('SIGINT');
    if (cluster !== undefined) await rm(cluster.folder, { recursive: true, force: true });
  });

  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    dqoes(args, { env: { ...env, ...more } });
  async function submit(name: string, text: string): Promise<void> {
    await writeFile(join(cluster.folder, `${name}.yaml`), text);
    const done = await run(['job', 'run', join(cluster.folder, `${name}.yaml`)]);
    assert.equal(done.code, 0, done.err);
  }

  for (const [shell, [program, ...before]] of Object.entries(SHELLS)) {
    const isThere = spawnSync(program, ['-c', 'true']).status === 0;
    it(`completes in ${shell}${isThere ? '' : ': skipped, it is not installed'}`, function () {
      if (!isThere) this.skip();
      const completed = (...words: readonly string[]): readonly string[] => {
        const options = { env: { ...process.env, ...env }, encoding: 'utf8' } as const;
        const asked = spawnSync(program, [...before, 'dqoes', ...words], options);
        assert.equal(asked.stderr, '');
        return asked.stdout.split('\n').filter((line) => line !== '');
      };
      assert.deepEqual(completed('job', 'st'), ['status', 'stop']);
      assert.deepEqual(completed('ps', '--so'), ['--sort']);
      assert.deepEqual(completed('job', 'status', 'fa'), ['face', 'fast']);
      assert.deepEqual(completed('job', 'stop', 'face', 'fa'), ['fast']);
      assert.deepEqual(completed('node', 'drain', 'op'), [CLUSTER]);
    });
  }

  it('completes behind "=" in bash, where the shell parts the words', () => {
    const [program, ...before] = SHELLS.bash;
    const options = { env: { ...process.env, ...env }, encoding: 'utf8' } as const;
    const words = ['dqoes', 'ps', '--output', '=', 'j'];
    assert.equal(spawnSync(program, [...before, ...words], options).stdout, 'json\n');
  });

  it('offers no names where no cluster answers, and says nothing', async () => {
    const asked = await run(['__complete', '--', 'job', 'status', ''], {
      DQOES_NATS_URL: 'nats://127.0.0.1:1',
    });
    assert.deepEqual([asked.code, asked.out, asked.err], [0, '', '']);
  });

  it('shows the columns asked for, sorted', async () => {
    await until(async () => (await run(['ps', '-q'])).out.split('\n').length === 3, 'two rows');
    const shown = await run(['ps', '--columns', 'id,target', '--sort=-id']);
    const target = '12ms mean ±20%';
    assert.deepEqual(
      shown.out
        .trim()
        .split('\n')
        .map((line) => line.split(/ {2,}/)),
      [
        ['ID', 'TARGET'],
        ['fast-1', target],
        ['face-1', target],
      ],
    );
    const bad = await run(['ps', '--columns', 'speed', '--sort', 'mood']);
    assert.equal(bad.code, 2);
    assert.match(bad.err, /--columns: "speed" is not a column[\s\S]*--sort: "mood" is not/);
  });

  it('shows what a submission would change, and changes nothing', async () => {
    const file = join(cluster.folder, 'face-2.yaml');
    await writeFile(file, loggingJobFile('face').replace('12ms', '15ms'));
    const text = await run(['job', 'diff', file]);
    assert.equal(text.out, 'face would be updated\n  ~ target.latency: "12ms" → "15ms"\n');
    const same = await run(['job', 'diff', join(cluster.folder, 'face.yaml'), '-o', 'json']);
    const unchanged = { job: 'face', change: 'unchanged', fields: [] };
    assert.deepEqual(JSON.parse(same.out), { jobs: [unchanged] });
  });

  it('edits a job, and shows a fault in the file until it is corrected', async () => {
    const editor = join(cluster.folder, 'editor.sh');
    // First a target that means nothing, then a good one; each round is kept.
    await writeFile(
      editor,
      '#!/bin/sh\ncp "$1" "$1.$$"; cp "$1" "$SEEN.$(ls "$SEEN".* 2>/dev/null | wc -l)"\n' +
        'if grep -q soon "$1"; then sed -i "s/latency: soon/latency: 14ms/" "$1"\n' +
        'else sed -i "s/latency: 12ms/latency: soon/" "$1"; fi\n',
    );
    const seen = join(cluster.folder, 'seen');
    const edited = await run(['job', 'edit', 'face'], { EDITOR: `sh ${editor}`, SEEN: seen });
    assert.equal(edited.code, 0, edited.err);
    assert.match(edited.out, /face updated/);
    assert.match(edited.err, /target\.latency: "soon"/);
    assert.match(
      await readFile(`${seen}.1`, 'utf8'),
      /^# Save.*\n# .*"soon".*\[job\.bad-value\]\n/,
    );
    const after = await run(['job', 'status', 'face', '-o', 'json']);
    assert.equal(JSON.parse(after.out).spec.target.latencyMs, 14);
    const left = await run(['job', 'edit', 'face'], { EDITOR: 'true' });
    assert.deepEqual([left.code, left.out, left.err], [0, '', 'Nothing was changed.\n']);
    const failed = await run(['job', 'edit', 'face'], { EDITOR: 'false' });
    assert.equal(failed.code, 2);
    assert.match(failed.err, /the editor \(false\) ended with 1: nothing was changed/);
  });

  it('follows the log of a job through a new start of its container, and its end', async () => {
    const counting =
      'i=0; while :; do echo "{\\"ms\\": 12.5, \\"n\\": $i}"; i=$((i+1)); sleep 0.05; done';
    const file = loggingJobFile('count').replace(/'while.*done'/, () => `'${counting}'`);
    await submit('count', file);
    const followed = startDqoes(['job', 'logs', 'count', '--follow', '--timestamps'], { env });
    const lines = (): readonly string[] => followed.out.trim().split('\n');
    await until(
      () => lines().length > 20,
      () => `lines: ${followed.out}${followed.err}`,
      30_000,
    );
    const found = await docker('ps', '-q', '--filter', 'label=dqoes.allocation=count-1');
    await docker('restart', '--time', '1', found);
    const starts = (): number => lines().filter((line) => line.endsWith('"n": 0}')).length;
    const seen = (): string => `another start: ${followed.out.slice(-500)}\n${followed.err}`;
    await until(() => starts() === 2, seen, 30_000);
    await until(() => lines().length > 40, 'more of it', 30_000);
    const stopped = await run(['job', 'stop', 'count']);
    assert.equal(stopped.code, 0, stopped.err);
    const { code, err } = await followed.ended;
    assert.equal(code, 0, err);
    assert.match(err, /^count was stopped\.$/m);
    const times = lines().map((line) => line.slice(0, 30));
    assert.deepEqual(times, [...new Set(times)].sort());
    assert.doesNotMatch(err, /may be missing/);
  });

  it('ends a log that is followed at once with Ctrl-C, though nobody reads it', async () => {
    const followed = startDqoes(['job', 'logs', 'face', 'fast', '-f'], { env });
    await until(() => /^face-\d+ \| /m.test(followed.out), 'lines of face', 30_000);
    await until(() => /^fast-\d+ \| /m.test(followed.out), 'lines of fast', 30_000);
    followed.child.stdout?.pause();
    await run(['ps']);
    followed.child.kill('SIGINT');
    followed.child.stdout?.resume();
    assert.equal((await followed.ended).code, 0);
  });

  it('finds the cluster by the name of a context', async () => {
    const saved = await run(['context', 'save', 'here', '--use']);
    assert.equal(saved.code, 0, saved.err);
    const elsewhere = { DQOES_NATS_URL: '', DQOES_CLUSTER: '' };
    const [byName, selected] = [
      await run(['ps', '-q', '--context', 'here'], { DQOES_NATS_URL: 'nats://127.0.0.1:1' }),
      await run(['ps', '-q'], elsewhere),
    ];
    assert.match(byName.out, /^fast-1$/m, byName.err);
    assert.equal(selected.out, byName.out, selected.err);
    const listed = await run(['context', 'ls', '-o', 'json'], elsewhere);
    assert.equal(JSON.parse(listed.out).contexts[0].isCurrent, true);
  });
});
