import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, it } from 'mocha';
import { sh } from '../../cli/bench/hosts/shell.js';
import { removeLeftovers } from '../lib/hosts/leftovers.js';
import { until } from '../lib/until.js';

const SCRIPT = fileURLToPath(new URL('../lib/hosts/one-host.js', import.meta.url));

/** Command lines of programs that run on behalf of a run. */
const programsOf = (pid: number): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(commandOf)
    .filter(
      (command) => command.includes(`/dqh-${pid}-`) || command.includes(`/dqoes-hosts-${pid}-`),
    );

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Everything else that a run leaves on the machine. */
function tracesOf(pid: number): readonly string[] {
  const id = pid % 10_000;
  const namespaces = readdirSync('/run/netns').filter((name) => name.startsWith(`dq${id}h`));
  const folders = readdirSync(tmpdir()).filter((name) =>
    new RegExp(`^(dqh|dqoes-hosts)-${pid}-`).test(name),
  );
  const links = sh('ip', '-o', 'link')
    .split('\n')
    .filter((line) => line.includes(`dqb${id}:`));
  const rules = sh('iptables', '-w', '-S', 'FORWARD')
    .split('\n')
    .filter((line) => line.includes(`dqb${id} `));
  const cgroups = [`/sys/fs/cgroup/cpu/dq${id}h1`, `/sys/fs/cgroup/dq${id}h1`].filter((path) =>
    existsSync(path),
  );
  return [...namespaces, ...folders, ...links, ...rules, ...cgroups];
}

describe('hosts: a run that is interrupted', function () {
  this.timeout(120_000);
  let run: ChildProcess | undefined;

  const start = async (): Promise<number> => {
    run = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = run.pid ?? 0;
    const [said] = (await once(run.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [
      Buffer,
    ];
    assert.equal(said.toString(), 'up\n');
    assert.ok(programsOf(pid).length >= 4, programsOf(pid).join('\n'));
    assert.ok(tracesOf(pid).length >= 6, tracesOf(pid).join('\n'));
    return pid;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (run === undefined || run.exitCode !== null || run.signalCode !== null) return;
    const gone = once(run, 'exit');
    run.kill(signal);
    await gone;
  };
  afterEach(async () => {
    await end('SIGKILL');
    await removeLeftovers();
  });

  it('by SIGINT: removes all it made', async () => {
    const pid = await start();
    await end('SIGINT');
    assert.deepEqual([programsOf(pid), tracesOf(pid)], [[], []]);
  });

  it('by SIGKILL: its programs end with it, the next run removes the rest', async () => {
    const pid = await start();
    await end('SIGKILL');
    // A Docker Engine that ends gives its containers 5 s, and may leave one, with its shim, behind.
    const left = (): readonly string[] =>
      programsOf(pid).filter((command) => !command.includes('containerd-shim'));
    await until(
      () => left().length === 0,
      () => `the end of ${left().join('\n')}`,
      30_000,
    );
    assert.notDeepEqual(tracesOf(pid), []);
    await removeLeftovers();
    assert.deepEqual([programsOf(pid), tracesOf(pid)], [[], []]);
  });
});
