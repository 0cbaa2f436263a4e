import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { InstallHost } from './install-host.js';

describe('services that run while a new version is installed', () => {
  let at: InstallHost;
  beforeEach(() => {
    at = new InstallHost();
  });
  afterEach(() => at.remove());

  /** A systemctl for which `states` are so, and which refuses to reload what is `refused`. */
  const systemd = (states: Readonly<Record<string, string>>, refused = 'nothing'): void => {
    const answers = Object.entries(states).map(
      ([name, state]) => `*is-active*${name}*) echo ${state}; [ ${state} = active ]; exit ;;`,
    );
    const rest = `*is-active*) echo inactive; exit 3 ;; *reload\\ *${refused}*) exit 1 ;;`;
    const noted = `echo "$*" >>${at.folder}/systemctl`;
    at.program('stubs/systemctl', `${noted}; case "$*" in ${answers.join(' ')} ${rest} esac`);
    rmSync(join(at.folder, 'systemctl'), { force: true });
  };
  /** What was done to a unit, in order. */
  const doneTo = (name: string): readonly string[] =>
    readFileSync(join(at.folder, 'systemctl'), 'utf8')
      .trim()
      .split('\n')
      .filter((line) => line.includes(name) && !/is-active|is-enabled|enable /.test(line))
      .map((line) => line.replace(/ ?(--no-block|dqoes-\w+\.service) ?/g, ''));

  it('are given settings a try by a package before a coordinator ends', () => {
    systemd({ coordinator: 'active', console: 'active' });
    at.isDone(at.deploy('package/postinst', 'configure'));
    assert.deepEqual(doneTo('dqoes-coordinator'), ['reload']);
    assert.deepEqual(doneTo('dqoes-console'), ['restart']);
  });

  it('go on where this version refuses their settings, and the package says so', () => {
    systemd({ coordinator: 'active' }, 'coordinator');
    const { status, err } = at.deploy('package/postinst', 'configure');
    assert.equal(status, 0);
    assert.match(err, /^dqoes: the coordinator that runs goes on as it is, .*\(journalctl -u/);
    assert.deepEqual(doneTo('dqoes-coordinator'), ['reload']);
  });

  it('are started again while they wait for NATS, and left alone where they do not run', () => {
    systemd({ coordinator: 'activating', console: 'activating' });
    at.isDone(at.deploy('package/postinst', 'configure'));
    assert.deepEqual(doneTo('dqoes-coordinator'), ['restart']);
    assert.deepEqual(doneTo('dqoes-console'), ['restart']);
    systemd({});
    at.isDone(at.deploy('package/postinst', 'configure'));
    assert.deepEqual([...doneTo('dqoes-coordinator'), ...doneTo('dqoes-console')], []);
  });

  it('try their settings, too, where an installer of a clone renews the others', () => {
    systemd({ coordinator: 'active', console: 'active' }, 'coordinator');
    const { status, out, err } = at.shared('renew_others');
    assert.equal(status, 0, err);
    assert.match(err, /dqoes-coordinator\.service: goes on as it is/);
    assert.equal(out, 'dqoes-console.service: runs this program, too\n');
    assert.deepEqual(doneTo('dqoes-coordinator'), ['reload']);
    systemd({ coordinator: 'activating' });
    at.isDone(at.shared('renew_others'));
    assert.deepEqual(doneTo('dqoes-coordinator'), ['restart']);
  });
});
