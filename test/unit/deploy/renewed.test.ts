import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { FakeSystemd, type FakeUnit } from './fake-systemd.js';
import { InstallHost } from './install-host.js';

const ACTIVE: FakeUnit = { state: 'active' };
/** As of a unit that somebody copied before there was an ExecReload. */
const OLD_UNIT: FakeUnit = { state: 'active', canReload: false };

describe('services that run while a new version is installed', () => {
  let at: InstallHost;
  let systemd: FakeSystemd;
  const running: ChildProcess[] = [];
  beforeEach(() => {
    at = new InstallHost();
    systemd = new FakeSystemd(at);
  });
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
    at.remove();
  });

  const configure = () => {
    const ended = at.deploy('package/postinst', 'configure');
    assert.equal(ended.status, 0, ended.err);
    return ended;
  };

  it('are given settings a try by a package before they end, and it says what was done', () => {
    systemd.has({ agent: ACTIVE, coordinator: ACTIVE, console: ACTIVE });
    const { out, err } = configure();
    assert.equal(err, '');
    for (const service of ['agent', 'coordinator', 'console'] as const) {
      assert.deepEqual(systemd.doneTo(service), ['reload'], service);
      assert.match(out, new RegExp(`^dqoes-${service}\\.service: started again by this ver`, 'm'));
    }
    assert.deepEqual(systemd.tried, []);
  });

  it('go on where this version refuses their settings, and the package says so', () => {
    const refuses: FakeUnit = { ...ACTIVE, refusesReload: true };
    systemd.has({ agent: refuses, coordinator: refuses, console: refuses });
    const { out, err } = configure();
    assert.equal(out, '');
    for (const service of ['agent', 'coordinator', 'console'] as const) {
      assert.deepEqual(systemd.doneTo(service), ['reload'], service);
      const said = `^dqoes-${service}\\.service: runs on by the program before, .*\\(journalctl -u`;
      assert.match(err, new RegExp(said, 'm'));
    }
  });

  it('are started again where their units cannot reload, once their settings are tried', () => {
    systemd.has({ agent: OLD_UNIT, coordinator: OLD_UNIT, console: OLD_UNIT });
    const { out, err } = configure();
    assert.equal(err, '');
    assert.deepEqual(systemd.doneTo('agent'), ['kill --signal=SIGUSR2']);
    assert.deepEqual(systemd.doneTo('coordinator'), ['restart']);
    assert.deepEqual(systemd.doneTo('console'), ['restart']);
    assert.match(out, /^dqoes-coordinator\.service: started .*\(\/etc\/systemd\/.*no ExecReload/m);
    const run = '--quiet --wait --collect --pipe';
    const as = (service: string, user = service): string =>
      `--property=User=${user} --property=Group=${user}`;
    const file = (service: string): string =>
      `--property=EnvironmentFile=-/etc/default/dqoes-${service}`;
    const check = '--check --quiet';
    assert.deepEqual(systemd.tried, [
      `${run} ${file('agent')} /usr/bin/dqoes agent ${check} --config /etc/dqoes/agent.yaml ` +
        '$DQOES_AGENT_OPTIONS',
      `${run} ${as('dqoes')} ${file('coordinator')} /usr/bin/dqoes coordinator ${check} ` +
        '--config /etc/dqoes/coordinator.yaml $DQOES_COORDINATOR_OPTIONS',
      `${run} ${as('dqoes-console')} ${file('console')} /usr/bin/dqoes console ${check} ` +
        '$DQOES_CONSOLE_OPTIONS',
    ]);
  });

  it('go on where their units cannot reload and their settings are refused', () => {
    for (const [code, why] of [
      [2, 'this version does not take its settings \\(see above\\)'],
      [1, 'its settings could not be tried \\(see above\\)'],
    ] as const) {
      systemd.has({ agent: OLD_UNIT, coordinator: OLD_UNIT, console: OLD_UNIT }, code);
      const { out, err } = configure();
      assert.equal(out, '');
      for (const service of ['agent', 'coordinator', 'console'] as const) {
        assert.deepEqual(systemd.doneTo(service), [], service);
        const said = `^dqoes-${service}\\.service: runs on by the program before, since ${why}`;
        assert.match(err, new RegExp(said, 'm'));
      }
      assert.match(err, /^what is wrong$/m);
      // A restart would put its limits back.
      assert.match(err, /^dqoes-agent.*then systemctl kill --signal=SIGUSR2 dqoes-agent$/m);
      assert.match(err, /^dqoes-console.*then systemctl restart dqoes-console$/m);
    }
  });

  it('go on where nobody knows how their units start them', () => {
    systemd.has({ coordinator: { ...OLD_UNIT, starts: '/opt/wrapped coordinator' } });
    const { err } = configure();
    assert.match(err, /^dqoes-coordinator.* does not start \S+ coordinator, so .* not known/);
    assert.deepEqual([...systemd.doneTo('coordinator'), ...systemd.tried], []);
  });

  it('put limits back where nobody would start another agent', () => {
    systemd.has({ agent: { ...OLD_UNIT, restart: 'on-failure' } });
    configure();
    assert.deepEqual(systemd.doneTo('agent'), ['restart']);
  });

  it('are said to run on where the reload has not ended them', () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    running.push(child);
    systemd.has({ coordinator: { ...ACTIVE, mainPid: child.pid ?? 0 } });
    const script = `${at.folder}/deploy/package/postinst`;
    const { out, err } = at.run('env', 'DQOES_INSTALL_DEADLINE_SECONDS=1', script, 'configure');
    assert.doesNotMatch(out, /coordinator/);
    assert.match(err, /^dqoes-coordinator\.service: .* has not ended after 1 s \(systemctl status/);
  });

  it('are started again while they wait for NATS, and left alone where they do not run', () => {
    const waits: FakeUnit = { state: 'activating' };
    systemd.has({ agent: waits, coordinator: waits, console: waits });
    at.isDone(configure());
    assert.deepEqual(systemd.doneTo('agent'), ['kill --signal=SIGUSR2']);
    assert.deepEqual(systemd.doneTo('coordinator'), ['restart']);
    assert.deepEqual(systemd.doneTo('console'), ['restart']);
    assert.equal(systemd.tried.length, 3);
    systemd.has({ agent: waits, coordinator: waits, console: waits }, 2);
    assert.equal(configure().out, '');
    for (const service of ['agent', 'coordinator', 'console'] as const)
      assert.deepEqual(systemd.doneTo(service), [], service);
    systemd.has({});
    assert.equal(configure().out, 'dqoes-agent.service: is started\n');
    assert.deepEqual([...systemd.doneTo('coordinator'), ...systemd.doneTo('console')], []);
    systemd.has({ coordinator: { state: 'failed' } });
    assert.match(configure().out, /^dqoes-coordinator\.service: had failed, and is left so/m);
  });

  it('try their settings, too, where an installer of a clone renews the others', () => {
    systemd.has({ coordinator: { ...ACTIVE, refusesReload: true }, console: OLD_UNIT });
    const { status, out, err } = at.shared('renew_others');
    assert.equal(status, 0, err);
    assert.match(err, /^dqoes-coordinator\.service: runs on by the program before, .*\n$/);
    assert.match(out, /^dqoes-console\.service: started again by this version; .*\n$/);
    assert.deepEqual(systemd.doneTo('coordinator'), ['reload']);
    assert.deepEqual(systemd.doneTo('console'), ['restart']);
    assert.match(systemd.tried.join(), /dqoes console --check --quiet \$DQOES_CONSOLE_OPTIONS$/);
  });
});
