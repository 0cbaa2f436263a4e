import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ROOT } from '../tools/planted-tree.js';
import { InstallHost } from './install-host.js';

describe('the scripts that install and remove', () => {
  let at: InstallHost;
  beforeEach(() => {
    at = new InstallHost();
  });
  afterEach(() => at.remove());

  /** An agent that is installed; its command notes how it is called. */
  const installAgent = (): void => {
    at.put('etc/systemd/system/dqoes-agent.service');
    at.put('etc/dqoes/agent.yaml', 'control: observe\n');
    at.program('usr/bin/dqoes', `echo "$*" >>${at.folder}/called`);
  };
  const calledWith = (): string => readFileSync(join(at.folder, 'called'), 'utf8').trim();

  it('take the options of the agent as systemd does, several without quotes, too', () => {
    const restore = `agent restore --config ${at.folder}/etc/dqoes/agent.yaml`;
    for (const [written, options] of [
      ['--log-level warn', ' --log-level warn'],
      ['"--log-level warn"', ' --log-level warn'],
      ['', ''],
    ] as const) {
      for (const remove of [
        ['install-agent.sh', '--uninstall'],
        ['package/prerm', 'remove'],
      ]) {
        rmSync(join(at.folder, 'called'), { force: true });
        installAgent();
        at.put('etc/default/dqoes-agent', `# Options.\nDQOES_AGENT_OPTIONS=${written}\n`);
        at.put('var/lib/dqoes/journal', '{"entries":[["c1"]]}');
        const [name = '', ...args] = remove;
        at.isDone(at.deploy(name, ...args), `${name}: ${written}`);
        assert.equal(calledWith(), `${restore}${options}`, name);
      }
    }
  });

  it('put back what is set on GPUs, too, where no container is limited any more', () => {
    installAgent();
    at.put('var/lib/dqoes/journal', '{"entries":[]}');
    at.put('var/lib/dqoes/gpus', '{"entries":[]}');
    at.isDone(at.deploy('package/prerm', 'remove'));
    assert.ok(!existsSync(join(at.folder, 'called')));
    at.put('var/lib/dqoes/gpus', '{"entries":[{"id":"GPU-0"}]}');
    at.isDone(at.deploy('package/prerm', 'remove'));
    assert.match(calledWith(), /^agent restore /);
    rmSync(join(at.folder, 'etc/systemd/system/dqoes-agent.service'));
    const purged = at.deploy('install-agent.sh', '--uninstall', '--purge');
    assert.equal(purged.status, 1);
    assert.match(purged.err, /gpus knows limits that are not put back/);
  });

  it('leave the agent as it was where limits cannot be put back', () => {
    installAgent();
    at.program('usr/bin/dqoes', 'echo "no Docker" >&2; exit 1');
    const calls = join(at.folder, 'systemctl');
    for (const [state, isStarted] of [
      ['active', true],
      ['activating', true],
      ['inactive', false],
    ] as const) {
      rmSync(calls, { force: true });
      const asked = `*is-active*) echo ${state}; [ ${state} = active ] || exit 3 ;;`;
      at.program('stubs/systemctl', `echo "$*" >>${calls}; case "$*" in ${asked} esac`);
      const kept = at.deploy('install-agent.sh', '--uninstall');
      assert.equal(kept.status, 1);
      assert.match(kept.err, /no Docker\n.*not every limit is back .* everything stays as it was/);
      const called = readFileSync(calls, 'utf8');
      assert.equal(/start --no-block dqoes-agent/.test(called), isStarted, state);
      assert.doesNotMatch(called, /disable/);
      assert.deepEqual(at.listed('etc/systemd/system'), ['dqoes-agent.service']);
    }
  });

  it('of the package purge what the agent keeps, and no keys or state of others', () => {
    const OWN = ['acts', 'gpus', 'journal', 'journal.torn-1', 'names', 'sealing-key', 'starts'];
    for (const name of [...OWN, 'package-installed']) at.put(`var/lib/dqoes/${name}`);
    at.put('etc/dqoes/agent.yaml');
    mkdirSync(join(at.folder, 'var/lib/dqoes/engines/e1/agents'), { recursive: true });
    // As `dqoes auth init` of root makes them, and a `dqoes up` of root.
    for (const name of ['auth/users.json', 'nats/jetstream/a', 'agent/journal'])
      at.put(`var/lib/dqoes/${name}`);
    const purged = at.deploy('package/postrm', 'purge');
    assert.equal(purged.status, 0);
    assert.deepEqual(at.listed('var/lib/dqoes'), ['agent', 'auth', 'nats']);
    assert.deepEqual(at.listed('etc/dqoes'), []);
    assert.match(purged.err, /var\/lib\/dqoes stays: .*\(agent auth nats \); remove it by hand/);
    for (const name of ['agent', 'auth', 'nats'])
      rmSync(join(at.folder, 'var/lib/dqoes', name), { recursive: true });
    at.isDone(at.deploy('package/postrm', 'purge'));
    assert.ok(!existsSync(join(at.folder, 'var/lib/dqoes')));
  });

  it('purge all that an agent keeps, and nothing of others', () => {
    installAgent();
    const OWN = ['acts', 'gpus', 'journal', 'names', 'sealing-key', 'sealing-key.torn-1', 'starts'];
    for (const name of OWN) at.put(`var/lib/dqoes/${name}`);
    // As a `dqoes up` of root keeps them.
    for (const name of ['up.pid', 'auth/users.json']) at.put(`var/lib/dqoes/${name}`);
    // As `dqoes join` leaves it.
    at.put('etc/dqoes/agent-h1.nk');
    at.put('etc/dqoes/agent.d/join.yaml');
    at.isDone(at.deploy('install-agent.sh', '--uninstall', '--purge'));
    assert.deepEqual(at.listed('var/lib/dqoes'), ['auth', 'up.pid']);
    assert.deepEqual(at.listed('etc/dqoes'), []);
  });

  it('purge the settings that an earlier --uninstall left', () => {
    for (const [service, uninstall] of [
      ['agent', 'install-agent.sh'],
      ['coordinator', 'install-coordinator.sh'],
    ] as const) {
      at.put(`etc/systemd/system/dqoes-${service}.service`);
      at.put(`etc/dqoes/${service}.yaml`);
      at.program('usr/bin/dqoes', '');
      at.isDone(at.deploy(uninstall, '--uninstall'));
      assert.deepEqual(at.listed('etc/dqoes'), [`${service}.yaml`]);
      at.isDone(at.deploy(uninstall, '--uninstall', '--purge'));
      assert.deepEqual(at.listed('etc/dqoes'), []);
      const again = at.deploy(uninstall, '--uninstall', '--purge');
      assert.equal(again.status, 1);
      assert.match(again.err, /there is nothing to remove/);
    }
  });

  it('keep the program and its user while another service needs them', () => {
    at.program('stubs/getent', 'exit 0');
    at.program('stubs/userdel', `echo "$*" >>${at.folder}/users`);
    at.put('usr/lib/dqoes/package.json');
    at.put('etc/dqoes/coordinator.yaml');
    for (const service of ['coordinator', 'console'])
      at.put(`etc/systemd/system/dqoes-${service}.service`);
    const removed = at.deploy('install-coordinator.sh', '--uninstall', '--purge');
    at.isDone(removed);
    // As deploy/README.md has people copy it.
    assert.match(removed.out, /program: kept, as dqoes-console\.service uses it/);
    assert.deepEqual(at.listed('usr/lib/dqoes'), ['package.json']);
    assert.equal(existsSync(join(at.folder, 'users')), false);
    rmSync(join(at.folder, 'etc/systemd/system/dqoes-console.service'));
    at.put('etc/systemd/system/dqoes-coordinator.service');
    at.isDone(at.deploy('install-coordinator.sh', '--uninstall', '--purge'));
    assert.deepEqual(at.listed('usr/lib/dqoes'), []);
    assert.equal(readFileSync(join(at.folder, 'users'), 'utf8'), 'dqoes-console\ndqoes\n');
  });

  it('wait until a service is ready, whatever it logs', () => {
    // Active, in a run after the one before; with --log-level warn nothing stands in its log.
    const answers = '*InvocationID*) echo new ;; *is-failed*) exit 1 ;;';
    at.program('stubs/systemctl', `case "$*" in ${answers} esac`);
    at.program('stubs/journalctl', '');
    const waited = at.shared('install_deadline_seconds=1; wait_for_service old "agent started"');
    at.isDone(waited);
    assert.equal(waited.out, 'dqoes-agent.service: active\n');
  });

  it('leave no settings behind that were not written whole', () => {
    // Writes the first half, as on a disk that becomes full; the last argument is the file.
    at.program('stubs/install', 'for to; do :; done; printf half >"$to"; exit 1');
    const file = join(at.folder, 'agent.yaml');
    assert.notEqual(at.shared(`write_new ${file} 640 <<<"control: observe"`).status, 0);
    assert.equal(existsSync(file), false);
    rmSync(join(at.folder, 'stubs/install'));
    at.program('stubs/install', 'for to; do :; done; cat >"$to"');
    // A power cut would leave an empty one, which the next run would keep.
    at.program('stubs/sync', `[ ! -e ${file} ] && cp "$1" ${at.folder}/synced`);
    at.isDone(at.shared(`write_new ${file} 640 <<<"control: observe"`));
    assert.equal(readFileSync(join(at.folder, 'synced'), 'utf8'), 'control: observe\n');
    at.isDone(at.shared(`write_new ${file} 640 <<<"control: enforce"`));
    assert.equal(readFileSync(file, 'utf8'), 'control: observe\n');
    assert.deepEqual(
      readdirSync(at.folder).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  it('leave the launcher whole where the disk becomes full', () => {
    at.put('usr/bin/dqoes', 'of the version before', 0o755);
    at.program('stubs/sed', 'printf half; exit 1');
    assert.notEqual(at.shared('node_program=/usr/bin/node; install_launcher').status, 0);
    assert.equal(readFileSync(join(at.folder, 'usr/bin/dqoes'), 'utf8'), 'of the version before');
    rmSync(join(at.folder, 'stubs/sed'));
    at.put('deploy/lib/launcher', '#!/bin/sh\nexec @NODE@ @PROGRAM@\n');
    at.isDone(at.shared('node_program=/usr/bin/node; install_launcher'));
    const text = readFileSync(join(at.folder, 'usr/bin/dqoes'), 'utf8');
    assert.equal(text, `#!/bin/sh\nexec /usr/bin/node ${at.folder}/usr/lib/dqoes\n`);
    assert.deepEqual(at.listed('usr/bin'), ['dqoes']);
  });

  it('take the oldest Node.js on which all of it runs, and none before', () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly engines: { readonly node: string };
    };
    assert.equal(at.shared('printf "%s" ">=$node_minimum"').out, engines.node);
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    for (const [least, isEnough] of [
      [`${major}.${minor}`, true],
      [`${major - 1}.${minor + 1}`, true],
      [`${major}.${minor + 1}`, false],
      [`${major + 1}.0`, false],
    ] as const)
      assert.equal(at.shared(`node_minimum=${least}; node_is_enough node`).status === 0, isEnough);
    // As a version manager puts it on the PATH: the service runs the program behind it.
    at.program('stubs/node', `exec ${process.execPath} "$@"`);
    const found = at.shared('needs_node; printf "%s" "$node_program"');
    assert.match(`${found.out}${found.err}`, new RegExp(process.execPath));
  });

  it('copy what the program reads when it runs, and no tests', () => {
    const files = {
      'package.json': '{}',
      'schemas/agent.schema.json': '{}',
      'lab/scenarios/calm.yaml': 'name: calm\n',
      'dist/cli/main.js': '',
      'dist/test/unit/a.test.js': '',
      'node_modules/.package-lock.json': '{ "packages": { "node_modules/yaml": {} } }',
      'node_modules/yaml/index.js': '',
    };
    for (const [path, text] of Object.entries(files)) at.put(`tree/${path}`, text);
    const to = join(at.folder, 'program');
    const program = join(ROOT, 'deploy/lib/program.mjs');
    at.isDone(at.run(process.execPath, program, join(at.folder, 'tree'), to));
    const copied = Object.keys(files).filter((path) => existsSync(join(to, path)));
    assert.deepEqual(
      copied,
      Object.keys(files).filter((path) => !path.startsWith('dist/test')),
    );
  });

  it('say so where the docker command uses another engine than dqoes', () => {
    const socket = at.put('run/docker.sock');
    const noted = (env: string) =>
      at.run(
        'bash',
        '-c',
        `set -euo pipefail; cd ${ROOT}/deploy/lib; source ./say.sh; source ./engine.sh
         engine_socket=${socket}; ${env} engine_note_other`,
      );
    at.program('stubs/docker', `echo unix://${socket}`);
    at.isDone(noted('DOCKER_HOST='));
    at.program('stubs/docker', 'exit 1');
    at.isDone(noted('DOCKER_HOST='));
    at.program('stubs/docker', 'echo unix:///home/me/.docker/desktop/docker.sock');
    assert.match(noted('DOCKER_HOST=').err, /uses unix:.*desktop.*, and dqoes uses .*docker\.sock/);
    assert.match(noted('DOCKER_HOST=tcp://10.0.0.1:2375').err, /uses tcp:.*unset DOCKER_HOST/);
  });

  it('wait for another apt that is at work, and for no other fault', () => {
    // Two have to wait for the lock, the third finds it free.
    const calls = join(at.folder, 'calls');
    const isLocked = `[ "$(wc -l <${calls})" -gt 2 ] && exit 0`;
    const locked = 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt)';
    at.program('stubs/sleep', '');
    at.program('stubs/apt-get', `echo "$*" >>${calls}; ${isLocked}; echo "${locked}"; exit 100`);
    const log = join(at.folder, 'log');
    const waited = at.shared(`packages_update ${log}`);
    at.isDone(waited);
    assert.equal(waited.out, 'packages: another apt is at work; waiting for it\n');
    assert.match(readFileSync(calls, 'utf8'), /^(update\n){3}$/);
    at.program('stubs/apt-get', 'echo "E: Unable to fetch some archives"; exit 100');
    const failed = at.shared(`packages_update ${log}`);
    assert.equal(failed.status, 1);
    assert.match(failed.err, /put apt right[\s\S]*Unable to fetch/);
  });

  it('let packages start their services again, also where one was killed meanwhile', () => {
    const policy = join(at.folder, 'policy');
    const begin = (): string => {
      const begun = at.run(
        'bash',
        '-c',
        `set -euo pipefail; cd ${at.folder}/deploy/lib; source ./say.sh; source ./packages.sh
         packages_policy=${policy}; packages_forbid_service_start; cat ${policy}`,
      );
      at.isDone(begun);
      return begun.out;
    };
    const left = (pid: number): string => `#!/bin/sh\n# dqoes, process ${pid}\nexit 101\n`;
    // No process has such a number.
    at.put('policy', left(999_999_999));
    assert.match(begin(), /^# dqoes, process \d{1,8}$/m);
    assert.equal(existsSync(policy), false);
    for (const ofOthers of [left(process.pid), '#!/bin/sh\nexit 101\n']) {
      at.put('policy', ofOthers);
      assert.equal(begin(), ofOthers);
      assert.equal(readFileSync(policy, 'utf8'), ofOthers);
    }
  });
});
