import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { machine, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ROOT } from '../tools/planted-tree.js';

/** Programs that the scripts call, as they answer on a host where no service runs. */
const STUBS: Readonly<Record<string, string>> = {
  systemctl: 'case "$*" in *is-active*) exit 3 ;; esac',
  docker: '',
  getent: 'exit 2',
  id: 'echo 0',
};
const PLACES = /\/(?:etc\/|usr\/lib\/dqoes|usr\/bin\/dqoes|var\/lib\/(?:dqoes|dpkg)|run\/systemd)/g;
const INSTALLERS = ['install-agent.sh', 'install-coordinator.sh'];
const LIBRARIES = ['lib/say.sh', 'lib/packages.sh', 'lib/install.sh'];

describe('the scripts that install and remove', () => {
  /** A folder that stands for the root of a host. */
  let host = '';
  beforeEach(() => {
    host = mkdtempSync(join(tmpdir(), 'dqoes-installers-'));
    for (const [name, text] of Object.entries(STUBS)) program(`stubs/${name}`, text);
    mkdirSync(join(host, 'run/systemd/system'), { recursive: true });
    for (const path of [...INSTALLERS, ...LIBRARIES, 'package/prerm', 'package/postinst'])
      moved(path);
  });
  afterEach(() => rmSync(host, { recursive: true, force: true }));

  const put = (path: string, text = '', mode = 0o644): string => {
    const file = join(host, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  };
  const program = (path: string, text: string): string => put(path, `#!/bin/sh\n${text}\n`, 0o755);
  /** A script of the tree that works below the folder, for any user. */
  const moved = (path: string): string => {
    const text = readFileSync(join(ROOT, 'deploy', path), 'utf8');
    const placed = text.replaceAll(PLACES, (place) => `${host}${place}`);
    return put(`deploy/${path}`, placed.replace('((EUID == 0))', '((EUID >= 0))'), 0o755);
  };
  const run = (file: string, ...args: readonly string[]) => {
    const env = { ...process.env, PATH: `${join(host, 'stubs')}:${process.env.PATH ?? ''}` };
    const { status, stdout, stderr } = spawnSync(file, [...args], { encoding: 'utf8', env });
    return { status, out: stdout, err: stderr };
  };
  /** Runs lines of bash beside what the installers share. */
  const shared = (lines: string) =>
    run(
      'bash',
      '-c',
      `set -euo pipefail; script=install-agent service=agent here=${host}/deploy
       source "$here/lib/say.sh"; source "$here/lib/install.sh"; ${lines}`,
    );
  const deploy = (name: string, ...args: readonly string[]) =>
    run(join(host, 'deploy', name), ...args);
  const isDone = ({ status, err }: ReturnType<typeof run>, what = ''): void =>
    assert.deepEqual({ status, err }, { status: 0, err: '' }, what);
  const listed = (path: string): readonly string[] =>
    existsSync(join(host, path)) ? readdirSync(join(host, path)).sort() : [];

  /** An agent that is installed; its command notes how it is called. */
  const installAgent = (): void => {
    put('etc/systemd/system/dqoes-agent.service');
    put('etc/dqoes/agent.yaml', 'control: observe\n');
    program('usr/bin/dqoes', `echo "$*" >>${host}/called`);
  };
  const calledWith = (): string => readFileSync(join(host, 'called'), 'utf8').trim();

  it('take the options of the agent as systemd does, several without quotes, too', () => {
    const restore = `agent restore --config ${host}/etc/dqoes/agent.yaml`;
    for (const [written, options] of [
      ['--log-level warn', ' --log-level warn'],
      ['"--log-level warn"', ' --log-level warn'],
      ['', ''],
    ] as const) {
      for (const remove of [
        ['install-agent.sh', '--uninstall'],
        ['package/prerm', 'remove'],
      ]) {
        rmSync(join(host, 'called'), { force: true });
        installAgent();
        put('etc/default/dqoes-agent', `# Options.\nDQOES_AGENT_OPTIONS=${written}\n`);
        put('var/lib/dqoes/journal', '{"entries":[["c1"]]}');
        const [name = '', ...args] = remove;
        isDone(deploy(name, ...args), `${name}: ${written}`);
        assert.equal(calledWith(), `${restore}${options}`, name);
      }
    }
  });

  it('purge all that an agent keeps, and nothing of others', () => {
    installAgent();
    const OWN = ['acts', 'gpus', 'journal', 'sealing-key', 'sealing-key.torn-1', 'starts'];
    for (const name of OWN) put(`var/lib/dqoes/${name}`);
    // As a `dqoes up` of root keeps them.
    for (const name of ['up.pid', 'auth/users.json']) put(`var/lib/dqoes/${name}`);
    // As `dqoes join` leaves it.
    put('etc/dqoes/agent-h1.nk');
    put('etc/dqoes/agent.d/join.yaml');
    isDone(deploy('install-agent.sh', '--uninstall', '--purge'));
    assert.deepEqual(listed('var/lib/dqoes'), ['auth', 'up.pid']);
    assert.deepEqual(listed('etc/dqoes'), []);
  });

  it('purge the settings that an earlier --uninstall left', () => {
    for (const [service, uninstall] of [
      ['agent', 'install-agent.sh'],
      ['coordinator', 'install-coordinator.sh'],
    ] as const) {
      put(`etc/systemd/system/dqoes-${service}.service`);
      put(`etc/dqoes/${service}.yaml`);
      program('usr/bin/dqoes', '');
      isDone(deploy(uninstall, '--uninstall'));
      assert.deepEqual(listed('etc/dqoes'), [`${service}.yaml`]);
      isDone(deploy(uninstall, '--uninstall', '--purge'));
      assert.deepEqual(listed('etc/dqoes'), []);
      const again = deploy(uninstall, '--uninstall', '--purge');
      assert.equal(again.status, 1);
      assert.match(again.err, /there is nothing to remove/);
    }
  });

  it('wait until a service is ready, whatever it logs', () => {
    // Active, in a run after the one before; with --log-level warn nothing stands in its log.
    const answers = '*InvocationID*) echo new ;; *is-failed*) exit 1 ;;';
    program('stubs/systemctl', `case "$*" in ${answers} esac`);
    program('stubs/journalctl', '');
    const waited = shared('install_deadline_seconds=1; wait_for_service old "agent started"');
    isDone(waited);
    assert.equal(waited.out, 'dqoes-agent.service: active\n');
  });

  it('leave no settings behind that were not written whole', () => {
    // Writes the first half, as on a disk that becomes full; the last argument is the file.
    program('stubs/install', 'for to; do :; done; printf half >"$to"; exit 1');
    const file = join(host, 'agent.yaml');
    assert.notEqual(shared(`write_new ${file} 640 <<<"control: observe"`).status, 0);
    assert.equal(existsSync(file), false);
    rmSync(join(host, 'stubs/install'));
    program('stubs/install', 'for to; do :; done; cat >"$to"');
    isDone(shared(`write_new ${file} 640 <<<"control: observe"`));
    isDone(shared(`write_new ${file} 640 <<<"control: enforce"`));
    assert.equal(readFileSync(file, 'utf8'), 'control: observe\n');
    assert.deepEqual(
      readdirSync(host).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  it('leave the launcher whole where the disk becomes full', () => {
    put('usr/bin/dqoes', 'of the version before', 0o755);
    program('stubs/sed', 'printf half; exit 1');
    assert.notEqual(shared('node_program=/usr/bin/node; install_launcher').status, 0);
    assert.equal(readFileSync(join(host, 'usr/bin/dqoes'), 'utf8'), 'of the version before');
    rmSync(join(host, 'stubs/sed'));
    put('deploy/lib/launcher', '#!/bin/sh\nexec @NODE@ @PROGRAM@\n');
    isDone(shared('node_program=/usr/bin/node; install_launcher'));
    const text = readFileSync(join(host, 'usr/bin/dqoes'), 'utf8');
    assert.equal(text, `#!/bin/sh\nexec /usr/bin/node ${host}/usr/lib/dqoes\n`);
    assert.deepEqual(listed('usr/bin'), ['dqoes']);
  });

  it('let packages start their services again, also where one was killed meanwhile', () => {
    const lines = (text: string) =>
      `set -euo pipefail; source ${host}/deploy/lib/say.sh; source ${host}/deploy/lib/packages.sh
       packages_policy=${host}/policy; ${text}`;
    const begin = (): string => {
      const begun = run('bash', '-c', lines(`packages_forbid_service_start; cat ${host}/policy`));
      isDone(begun);
      return begun.out;
    };
    const left = (pid: number): string => `#!/bin/sh\n# dqoes, process ${pid}\nexit 101\n`;
    // No process has such a number.
    put('policy', left(999_999_999));
    assert.match(begin(), /^# dqoes, process \d{1,8}$/m);
    assert.equal(existsSync(join(host, 'policy')), false);
    for (const ofOthers of [left(process.pid), '#!/bin/sh\nexit 101\n']) {
      put('policy', ofOthers);
      assert.equal(begin(), ofOthers);
      assert.equal(readFileSync(join(host, 'policy'), 'utf8'), ofOthers);
    }
  });

  /** An archive that is unpacked; `names`: of its files. */
  const unpackArchive = () => {
    const files: Readonly<Record<string, number>> = {
      '/etc/dqoes/policy.yaml': 0o600,
      '/usr/bin/dqoes': 0o700,
      '/usr/lib/dqoes/bin/node': 0o700,
      '/usr/lib/dqoes/dist/cli/main.js': 0o600,
    };
    // As `tar` leaves them for a user with the umask 077.
    for (const [path, mode] of Object.entries(files))
      put(`archive/files${path}`, '#!/bin/sh\n', mode);
    symlinkSync('main.js', join(host, 'archive/files/usr/lib/dqoes/dist/cli/link.js'));
    const names = [...Object.keys(files), '/usr/lib/dqoes/dist/cli/link.js'];
    put('archive/scripts/files', `${names.join('\n')}\n`);
    for (const name of ['prerm', 'postrm', 'postinst']) put(`archive/scripts/${name}`);
    put('archive/uninstall.sh');
    const text = readFileSync(join(ROOT, 'deploy/package/install.sh'), 'utf8');
    const installer = put('archive/install.sh', text.replaceAll('@MACHINE@', machine()), 0o700);
    mkdirSync(join(host, 'a root'));
    return { installer, names, root: join(host, 'a root') };
  };

  it('of the archive install a program that all may run, however it was unpacked', () => {
    const { installer, names, root } = unpackArchive();
    isDone(run(installer, '--root', root));
    const modes = names.map((name) => (lstatSync(join(root, name)).mode & 0o777).toString(8));
    assert.deepEqual(modes, ['644', '755', '755', '644', '777']);
  });

  it('of the archive keep settings, and put those of this version beside them', () => {
    const { installer, root } = unpackArchive();
    put('a root/etc/dqoes/policy.yaml', 'mine\n');
    const kept = run(installer, '--root', root);
    isDone(kept);
    assert.match(kept.out, /kept \/etc\/dqoes\/policy\.yaml; .*policy\.yaml\.dqoes-new/);
    assert.equal(readFileSync(join(root, 'etc/dqoes/policy.yaml'), 'utf8'), 'mine\n');
    assert.deepEqual(listed('a root/etc/dqoes'), ['policy.yaml', 'policy.yaml.dqoes-new']);
  });

  it('of the archive change nothing where the disk becomes full', () => {
    const { installer, root } = unpackArchive();
    put('a root/usr/bin/dqoes', 'of the version before');
    const full = '{ echo "No space left on device" >&2; exit 1; }';
    program(
      'stubs/cp',
      `echo >>${host}/copies; [ "$(wc -l <${host}/copies)" -lt 3 ] || ${full}\nexec /bin/cp "$@"`,
    );
    const failed = run(installer, '--root', root);
    assert.equal(failed.status, 1);
    assert.match(failed.err, /No space left on device\n.*nothing was changed; make room/);
    assert.equal(readFileSync(join(root, 'usr/bin/dqoes'), 'utf8'), 'of the version before');
    const left = readdirSync(root, { recursive: true, encoding: 'utf8' });
    assert.deepEqual(left.sort(), ['usr', 'usr/bin', 'usr/bin/dqoes']);
  });

  /** A host with dqoes of an archive, of which the package has this file, and not that. */
  const installArchive = (): void => {
    const files = ['bin/node', 'old.js', 'uninstall/files'];
    for (const file of files) put(`usr/lib/dqoes/${file}`);
    put('etc/dqoes/policy.yaml');
    const listed = ['/usr/lib/dqoes/bin/node', '/usr/lib/dqoes/old.js', '/etc/dqoes/policy.yaml'];
    const text = listed.map((path) => `${host}${path}\n`).join('');
    put('usr/lib/dqoes/uninstall/files', text);
    program('stubs/getent', 'exit 0');
    program('stubs/dpkg-query', `echo ${host}/usr/lib/dqoes/bin/node`);
  };

  it('of the package take over what the archive has installed', () => {
    installArchive();
    const postinst = join(host, 'deploy/package/postinst');
    // As install.sh calls it: the archive keeps what is its own.
    isDone(run(postinst, 'configure'));
    assert.deepEqual(listed('usr/lib/dqoes'), ['bin', 'old.js', 'uninstall']);
    const byDpkg = run('env', 'DPKG_MAINTSCRIPT_PACKAGE=dqoes', postinst, 'configure');
    isDone(byDpkg);
    assert.match(byDpkg.out, /has taken over .* apt removes dqoes from now on/);
    assert.deepEqual(listed('usr/lib/dqoes'), ['bin']);
    assert.deepEqual(listed('etc/dqoes'), ['agent.d', 'policy.yaml']);
  });

  it('of the package remove nothing where dpkg does not say what is its own', () => {
    installArchive();
    program('stubs/dpkg-query', 'exit 1');
    const postinst = join(host, 'deploy/package/postinst');
    isDone(run('env', 'DPKG_MAINTSCRIPT_PACKAGE=dqoes', postinst, 'configure'));
    assert.deepEqual(listed('usr/lib/dqoes'), ['bin', 'old.js', 'uninstall']);
  });

  it('of a clone leave a package or an archive alone', () => {
    isDone(shared('refuses_package'));
    put('usr/lib/dqoes/uninstall/files');
    const archive = shared('refuses_package');
    assert.equal(archive.status, 1);
    assert.match(archive.err, /installed from its archive here; .*uninstall\.sh: settings/);
    // What apt remove leaves there: settings only.
    rmSync(join(host, 'usr'), { recursive: true });
    put('var/lib/dpkg/info/dqoes.list', `${host}/etc/dqoes/agent.yaml\n`);
    isDone(shared('refuses_package'));
    put('var/lib/dpkg/info/dqoes.list', `/.\n${host}/usr/bin/dqoes\n`);
    const debian = shared('refuses_package');
    assert.equal(debian.status, 1);
    assert.match(debian.err, /as a Debian package here; upgrade that/);
  });
});
