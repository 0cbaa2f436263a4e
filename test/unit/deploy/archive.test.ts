import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { machine } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ROOT } from '../tools/planted-tree.js';
import { InstallHost } from './install-host.js';

describe('the scripts of the packages', () => {
  let at: InstallHost;
  beforeEach(() => {
    at = new InstallHost();
  });
  afterEach(() => at.remove());

  /** An archive that is unpacked; `names`: of its files. */
  const unpackArchive = () => {
    const files: Readonly<Record<string, number>> = {
      '/etc/default/dqoes-agent': 0o600,
      '/etc/dqoes/policy.yaml': 0o600,
      '/usr/bin/dqoes': 0o700,
      '/usr/lib/dqoes/bin/node': 0o700,
      '/usr/lib/dqoes/dist/cli/main.js': 0o600,
    };
    // As `tar` leaves them for a user with the umask 077.
    for (const [path, mode] of Object.entries(files))
      at.put(`archive/files${path}`, '#!/bin/sh\n', mode);
    symlinkSync('main.js', join(at.folder, 'archive/files/usr/lib/dqoes/dist/cli/link.js'));
    const names = [...Object.keys(files), '/usr/lib/dqoes/dist/cli/link.js'];
    at.put('archive/scripts/files', `${names.join('\n')}\n`);
    for (const name of ['prerm', 'postrm', 'postinst']) at.put(`archive/scripts/${name}`);
    at.put('archive/uninstall.sh');
    const text = readFileSync(join(ROOT, 'deploy/package/install.sh'), 'utf8');
    const installer = at.put('archive/install.sh', text.replaceAll('@MACHINE@', machine()), 0o700);
    mkdirSync(join(at.folder, 'a root'));
    return { installer, names, root: join(at.folder, 'a root') };
  };

  it('of the archive install a program that all may run, however it was unpacked', () => {
    const { installer, names, root } = unpackArchive();
    at.isDone(at.run(installer, '--root', root));
    const modes = names.map((name) => (lstatSync(join(root, name)).mode & 0o777).toString(8));
    assert.deepEqual(modes, ['640', '644', '755', '755', '644', '777']);
  });

  it('of the archive leave settings the rights that somebody gave them', () => {
    const { installer, root } = unpackArchive();
    const options = at.put('a root/etc/default/dqoes-agent', '#!/bin/sh\n', 0o604);
    at.isDone(at.run(installer, '--root', root));
    assert.equal((lstatSync(options).mode & 0o777).toString(8), '604');
    assert.deepEqual(at.listed('a root/etc/default'), ['dqoes-agent']);
  });

  it('of the archive keep settings, and put those of this version beside them', () => {
    const { installer, root } = unpackArchive();
    at.put('a root/etc/dqoes/policy.yaml', 'mine\n');
    const kept = at.run(installer, '--root', root);
    at.isDone(kept);
    assert.match(kept.out, /kept \/etc\/dqoes\/policy\.yaml; .*policy\.yaml\.dqoes-new/);
    assert.equal(readFileSync(join(root, 'etc/dqoes/policy.yaml'), 'utf8'), 'mine\n');
    assert.deepEqual(at.listed('a root/etc/dqoes'), ['policy.yaml', 'policy.yaml.dqoes-new']);
  });

  it('of the archive say so where there is no such root', () => {
    const { installer, root } = unpackArchive();
    const refused = at.run(installer, '--root', `${root} 2`);
    assert.equal(refused.status, 2);
    assert.match(refused.err, /--root ".*a root 2" is no folder; make it/);
    assert.deepEqual(at.listed('a root 2'), []);
  });

  it('of the archive change nothing where the disk becomes full', () => {
    const { installer, root } = unpackArchive();
    at.put('a root/usr/bin/dqoes', 'of the version before');
    const full = '{ echo "No space left on device" >&2; exit 1; }';
    const copies = join(at.folder, 'copies');
    // Among the files of the program, and at last at what uninstall.sh has to know.
    for (const last of [3, 6, 10]) {
      rmSync(copies, { force: true });
      const isFull = `echo >>${copies}; [ "$(wc -l <${copies})" -lt ${last} ] || ${full}`;
      at.program('stubs/cp', `${isFull}\nexec /bin/cp "$@"`);
      const failed = at.run(installer, '--root', root);
      assert.equal(failed.status, 1, `${last}`);
      assert.match(failed.err, /No space left on device\n.*nothing was changed; make room/);
      assert.equal(readFileSync(join(root, 'usr/bin/dqoes'), 'utf8'), 'of the version before');
      const left = readdirSync(root, { recursive: true, encoding: 'utf8' });
      assert.deepEqual(left.sort(), ['usr', 'usr/bin', 'usr/bin/dqoes']);
    }
  });

  it('of the archive let no file take its place before the disk has all of them', () => {
    const { installer, root } = unpackArchive();
    at.put('a root/usr/bin/dqoes', 'of the version before');
    const seen = join(at.folder, 'seen');
    // All disks of a host may be too many: one of the network that is gone never answers.
    at.program('stubs/sync', `[ "$1" = -f ] && cat '${root}/usr/bin/dqoes' >>${seen}`);
    at.isDone(at.run(installer, '--root', root));
    assert.equal(readFileSync(seen, 'utf8'), 'of the version before');
    assert.deepEqual(at.listed('a root/usr/lib/dqoes/uninstall'), [
      ...['files', 'folders', 'postrm', 'prerm', 'uninstall.sh'],
    ]);
  });

  it('of the archive change nothing where they are stopped', () => {
    const { installer, root } = unpackArchive();
    at.put('a root/usr/bin/dqoes', 'of the version before');
    const copies = join(at.folder, 'copies');
    const isStopped = `echo >>${copies}; [ "$(wc -l <${copies})" -lt 3 ] || kill -TERM $PPID`;
    at.program('stubs/cp', `${isStopped}\nexec /bin/cp "$@"`);
    const stopped = at.run(installer, '--root', root);
    assert.equal(stopped.status, 1);
    assert.match(stopped.err, /stopped, so nothing was changed; run this again/);
    assert.equal(readFileSync(join(root, 'usr/bin/dqoes'), 'utf8'), 'of the version before');
    const left = readdirSync(root, { recursive: true, encoding: 'utf8' });
    assert.deepEqual(left.sort(), ['usr', 'usr/bin', 'usr/bin/dqoes']);
  });

  /** A host with dqoes of an archive, of which the package has this file, and not that. */
  const installArchive = (): void => {
    const files = ['bin/node', 'old.js', 'uninstall/files'];
    for (const file of files) at.put(`usr/lib/dqoes/${file}`);
    at.put('etc/dqoes/policy.yaml');
    const listed = ['/usr/lib/dqoes/bin/node', '/usr/lib/dqoes/old.js', '/etc/dqoes/policy.yaml'];
    const text = listed.map((path) => `${at.folder}${path}\n`).join('');
    at.put('usr/lib/dqoes/uninstall/files', text);
    at.program('stubs/getent', 'exit 0');
    at.program('stubs/dpkg-query', `echo ${at.folder}/usr/lib/dqoes/bin/node`);
  };

  it('of the package take over what the archive has installed', () => {
    installArchive();
    const postinst = join(at.folder, 'deploy/package/postinst');
    // As install.sh calls it: the archive keeps what is its own.
    at.isDone(at.run(postinst, 'configure'));
    assert.deepEqual(at.listed('usr/lib/dqoes'), ['bin', 'old.js', 'uninstall']);
    const byDpkg = at.run('env', 'DPKG_MAINTSCRIPT_PACKAGE=dqoes', postinst, 'configure');
    at.isDone(byDpkg);
    assert.match(byDpkg.out, /has taken over .* apt removes dqoes from now on/);
    assert.deepEqual(at.listed('usr/lib/dqoes'), ['bin']);
    assert.deepEqual(at.listed('etc/dqoes'), ['agent.d', 'policy.yaml']);
  });

  it('of the package remove nothing where dpkg does not say what is its own', () => {
    installArchive();
    at.program('stubs/dpkg-query', 'exit 1');
    const postinst = join(at.folder, 'deploy/package/postinst');
    at.isDone(at.run('env', 'DPKG_MAINTSCRIPT_PACKAGE=dqoes', postinst, 'configure'));
    assert.deepEqual(at.listed('usr/lib/dqoes'), ['bin', 'old.js', 'uninstall']);
  });

  /** The calls of systemctl on a host where the unit is in a state and the others are not there. */
  const calls = (unit: string, state: string, script: string, ...args: readonly string[]) => {
    const path = join(at.folder, 'systemctl');
    rmSync(path, { force: true });
    const others = '*is-active*) echo inactive; exit 3 ;;';
    const answers = `*is-active*${unit}*) echo ${state}; exit 3 ;; ${others}`;
    at.program('stubs/systemctl', `echo "$*" >>${path}; case "$*" in ${answers} esac`);
    at.program('stubs/getent', 'exit 0');
    const ended = at.run(join(at.folder, 'deploy/package', script), ...args);
    return { ended, called: readFileSync(path, 'utf8') };
  };

  it('of the package start again what waited for Docker or NATS, where it stays', () => {
    at.put('var/lib/dqoes/journal', '{"entries":[["c1"]]}');
    at.program('usr/bin/dqoes', 'echo "no Docker" >&2; exit 1');
    for (const [state, isStarted] of [
      ['activating', true],
      ['active', true],
      ['failed', false],
    ] as const) {
      const { ended, called } = calls('dqoes-agent', state, 'prerm', 'remove');
      assert.equal(ended.status, 1);
      assert.match(ended.err, /no Docker\n.*nothing is removed/);
      assert.equal(/--no-block start dqoes-agent/.test(called), isStarted, state);
    }
  });

  it('of the package let the group of the services alone read addresses of NATS', () => {
    at.put('etc/default/dqoes-console', 'DQOES_NATS_URL=nats://user:password@n1\n');
    at.isDone(at.run(join(at.folder, 'deploy/package/postinst'), 'configure'));
    const console = join(at.folder, 'etc/default/dqoes-console');
    const mode = (): string => (lstatSync(console).mode & 0o777).toString(8);
    assert.equal(mode(), '640');
    // Somebody has kept it from the group, too.
    chmodSync(console, 0o600);
    at.isDone(at.run(join(at.folder, 'deploy/package/postinst'), 'configure'));
    assert.equal(mode(), '600');
  });

  it('of the package keep the settings of the agent from the user of the coordinator', () => {
    const groups = join(at.folder, 'groups');
    const given = (): readonly string[] => {
      rmSync(groups, { force: true });
      at.isDone(at.run(join(at.folder, 'deploy/package/postinst'), 'configure'));
      return readFileSync(groups, 'utf8').trim().split('\n').sort();
    };
    const agent = at.put('etc/dqoes/agent.yaml', 'nats: { url: "nats://user:password@n1" }\n');
    const coordinator = at.put('etc/dqoes/coordinator.yaml');
    at.program('stubs/chgrp', `echo "$*" >>${groups}`);
    assert.deepEqual(given(), [`dqoes ${coordinator}`, `root ${agent}`]);
    assert.equal((lstatSync(agent).mode & 0o777).toString(8), '640');
    // Somebody has the agent run without root.
    at.put('etc/systemd/system/dqoes-agent.service.d/user.conf', '[Service]\nUser=dqoes\n');
    assert.deepEqual(given(), [`dqoes ${coordinator}`]);
  });

  it('of a clone keep the settings of the agent from the user of the coordinator', () => {
    const calls = join(at.folder, 'install');
    const file = '"$(printf "%s\\n" "$@" | tail -n 1)"';
    at.program('stubs/install', `echo "$*" >>${calls}; cat >${file}`);
    mkdirSync(join(at.folder, 'etc/default'), { recursive: true });
    for (const service of ['agent', 'coordinator']) {
      at.isDone(at.shared(`service=${service}; echo x | write_new ${at.folder}/${service} 640`));
      at.isDone(at.shared(`service=${service}; write_defaults`));
    }
    const said = [...readFileSync(calls, 'utf8').matchAll(/ -m (\d+) .* -g (\S+) /g)];
    assert.deepEqual(
      said.map(([, mode, group]) => [mode, group]),
      ['root', 'root', 'dqoes', 'dqoes'].map((group) => ['640', group]),
    );
  });

  /** What the package says, and which files it gives to the group of the console. */
  const consoleFiles = (groupOfKey: string) => {
    const path = join(at.folder, 'groups');
    rmSync(path, { force: true });
    at.program('stubs/stat', `echo ${groupOfKey}`);
    at.program('stubs/chgrp', `echo "$*" >>${path}`);
    const { status, err } = at.run(join(at.folder, 'deploy/package/postinst'), 'configure');
    assert.equal(status, 0, err);
    const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
    const given = lines.flatMap((line) => /^dqoes-console (.+)$/.exec(line)?.[1] ?? []);
    return { given, err };
  };

  it('of the package let the console find the key that an earlier version kept for it', () => {
    const key = at.put('etc/dqoes/console.nk', 'key', 0o640);
    const settings = at.put('etc/default/dqoes-console', `DQOES_NATS_CREDS=${key}\n`);
    assert.deepEqual(consoleFiles('dqoes'), { given: [settings, key], err: '' });
    // Somebody has given it to another group.
    assert.deepEqual(consoleFiles('web'), { given: [settings], err: '' });
    const unit = 'etc/systemd/system/dqoes-console.service';
    at.put(unit, '[Service]\nUser=dqoes-console\nGroup=dqoes-console\n');
    assert.deepEqual(consoleFiles('dqoes'), { given: [settings, key], err: '' });
    // There the console runs as it did.
    at.put(`${unit}.d/user.conf`, '[Service]\nUser=dqoes\n');
    assert.deepEqual(consoleFiles('dqoes'), { given: [settings], err: '' });
    rmSync(join(at.folder, `${unit}.d`), { recursive: true });
    rmSync(key);
    symlinkSync(at.put('keys/mine.nk'), key);
    assert.deepEqual(consoleFiles('dqoes'), { given: [settings], err: '' });
  });

  it('of the package say which file the console cannot read, and leave it as it is', () => {
    const [creds, key] = [at.put('keys/mine.nk'), at.put('keys/tls.key')];
    const options = `DQOES_CONSOLE_OPTIONS="--listen 127.0.0.1:8470 --creds ${creds}"`;
    const settings = at.put(
      'etc/default/dqoes-console',
      `# DQOES_NATS_CREDS=${at.put('keys/old.nk')}\n${options}\nDQOES_NATS_TLS_KEY=${key}\n`,
    );
    at.program('stubs/runuser', 'exit 1');
    const { given, err } = consoleFiles('dqoes');
    assert.deepEqual(given, [settings]);
    const named = [...err.matchAll(/cannot read (\S+); chgrp dqoes-console/g)].map(
      ([, file]) => file,
    );
    assert.deepEqual(named, [creds, key]);
  });

  it('of a clone leave a package or an archive alone', () => {
    at.isDone(at.shared('refuses_package'));
    at.put('usr/lib/dqoes/uninstall/files');
    const archive = at.shared('refuses_package');
    assert.equal(archive.status, 1);
    assert.match(archive.err, /installed from its archive here; .*uninstall\.sh: settings/);
    // What apt remove leaves there: settings only.
    rmSync(join(at.folder, 'usr'), { recursive: true });
    at.put('var/lib/dpkg/info/dqoes.list', `${at.folder}/etc/dqoes/agent.yaml\n`);
    at.isDone(at.shared('refuses_package'));
    at.put('var/lib/dpkg/info/dqoes.list', `/.\n${at.folder}/usr/bin/dqoes\n`);
    const debian = at.shared('refuses_package');
    assert.equal(debian.status, 1);
    assert.match(debian.err, /as a Debian package here; upgrade that/);
  });
});
