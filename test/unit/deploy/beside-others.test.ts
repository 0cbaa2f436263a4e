import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ROOT } from '../tools/planted-tree.js';
import { FakeSystemd } from './fake-systemd.js';
import { InstallHost } from './install-host.js';

const REMOVALS = [
  ['package/prerm', 'remove'],
  ['install-agent.sh', '--uninstall'],
] as const;
/** No process has such a number. */
const NO_PID = 999_999_999;

describe('the scripts beside other agents and services of a host', () => {
  let at: InstallHost;
  const running: ChildProcess[] = [];
  beforeEach(() => {
    at = new InstallHost();
  });
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
    at.remove();
  });

  const start = (program: string, ...args: readonly string[]): number => {
    const child = spawn(program, args, { stdio: 'ignore' });
    running.push(child);
    return child.pid ?? NO_PID;
  };
  /** A process of the program that is to be removed. */
  const startOwn = (): number => {
    const main = at.put('usr/lib/dqoes/dist/cli/main.js', 'setTimeout(() => {}, 60_000);\n');
    return start(process.execPath, main);
  };
  /** An agent that is installed, and does not run: this process holds the Engine. */
  const installBeside = (pid: number, journal = '{"entries":[]}'): void => {
    at.put('etc/systemd/system/dqoes-agent.service');
    at.put('etc/dqoes/agent.yaml', 'control: observe\n');
    at.put('var/lib/dqoes/journal', journal);
    at.put('var/lib/dqoes/engines/e1/agents/a1', '{}');
    const said = `Another agent (process ${pid}, state folder /x, cluster main, since 12:00)`;
    const held = `echo "${said} holds this Docker Engine: end it first. [engine.held]" >&2`;
    at.program('usr/bin/dqoes', `${held}; exit 1`);
  };

  it('go without what an agent of another program has set: it puts that back itself', () => {
    for (const [script, argument] of REMOVALS) {
      installBeside(start('sleep', '60'));
      const removed = at.deploy(script, argument);
      assert.equal(removed.status, 0, `${script}: ${removed.err}`);
      assert.match(removed.err, /^Another agent \(process \d+, .*\[engine\.held\]\n$/);
      assert.match(removed.out, /that agent goes on, and puts back what it has set when it ends/);
    }
  });

  it('know such an agent by the words of the fault', () => {
    const source = readFileSync(join(ROOT, 'agent/wiring/engine.ts'), 'utf8');
    assert.match(source, /`Another agent \(process \$\{holder\.pid\}, /);
    for (const [script] of REMOVALS)
      assert.ok(
        readFileSync(join(ROOT, 'deploy', script), 'utf8').includes('s/^Another agent (process '),
        script,
      );
  });

  it('stay where such an agent runs by the program that is to go, or has ended', () => {
    for (const [script, argument] of REMOVALS)
      for (const pid of [startOwn(), NO_PID]) {
        installBeside(pid);
        const kept = at.deploy(script, argument);
        assert.equal(kept.status, 1, script);
        assert.match(kept.err, /Another agent .*\n.*not every limit is back .* ending a dqoes up/);
      }
  });

  it('stay where the agent itself has set something that nobody puts back', () => {
    for (const [script, argument] of REMOVALS) {
      installBeside(start('sleep', '60'), '{"entries":[["c1"]]}');
      const kept = at.deploy(script, argument);
      assert.equal(kept.status, 1, script);
      assert.match(kept.err, /not every limit is back/);
    }
  });

  it('of the package ask for limits that are noted in folders of the settings', () => {
    const asked = join(at.folder, 'asked');
    at.program('usr/bin/dqoes', `echo "$*" >>${asked}; echo "no Docker" >&2; exit 1`);
    const removed = () => at.deploy('package/prerm', 'remove').status;
    at.put('etc/dqoes/agent.yaml', '# state-dir: /srv/dqoes\ncontrol: enforce\n');
    assert.equal(removed(), 0);
    assert.equal(existsSync(asked), false);
    at.put('etc/dqoes/agent.yaml', 'state-dir: /srv/dqoes\nrecords-dir: /srv/dqoes/engines\n');
    assert.equal(removed(), 1);
    at.put('etc/dqoes/agent.yaml', 'control: enforce\n');
    at.put('etc/dqoes/agent.d/disk.yaml', 'state-dir: /srv/dqoes\n');
    assert.equal(removed(), 1);
    const config = join(at.folder, 'etc/dqoes/agent.yaml');
    const restore = `agent restore --config ${config}`;
    assert.deepEqual(readFileSync(asked, 'utf8').trim().split('\n'), [restore, restore]);
  });

  it('of a clone start other services again that run the program which went', () => {
    const systemd = new FakeSystemd(at);
    const active = { state: 'active' };
    systemd.has({ agent: active, coordinator: active, console: { state: 'activating' } });
    at.isDone(at.shared('service=agent; renew_others'));
    assert.deepEqual(systemd.doneTo('agent'), []);
    assert.deepEqual(systemd.doneTo('coordinator'), ['reload']);
    assert.deepEqual(systemd.doneTo('console'), ['restart']);
    systemd.has({ agent: active, coordinator: active });
    at.isDone(at.shared('service=coordinator; renew_others'));
    // Its limits are held.
    assert.deepEqual(systemd.doneTo('agent'), ['reload']);
    assert.deepEqual(systemd.doneTo('coordinator'), []);
    const called = 'install_unit\n  if [[ -n $start ]]; then\n    renew_others\n';
    for (const name of ['install-agent.sh', 'install-coordinator.sh']) {
      const text = readFileSync(join(ROOT, 'deploy', name), 'utf8');
      assert.ok(text.includes(called), name);
    }
  });

  it('of the package refuse over a clone, and not over a unit that somebody wrote', () => {
    const unit = 'etc/systemd/system/dqoes-agent.service';
    at.isDone(at.deploy('package/preinst', 'install'));
    // As `systemctl edit --full` leaves it.
    at.put(unit);
    const edited = at.deploy('package/preinst', 'upgrade');
    assert.equal(edited.status, 0);
    assert.match(edited.err, /dqoes-agent\.service goes before the unit of the package/);
    at.put('usr/lib/dqoes/deploy/install-agent.sh');
    const refused = at.deploy('package/preinst', 'upgrade');
    assert.equal(refused.status, 1);
    assert.match(refused.err, /remove that first with .*\/install-agent\.sh --uninstall/);
    // As `systemctl mask` leaves it.
    rmSync(join(at.folder, unit));
    symlinkSync('/dev/null', join(at.folder, unit));
    at.isDone(at.deploy('package/preinst', 'upgrade'));
  });
});
