import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../tools/planted-tree.js';

/** Programs that the scripts call, as they answer on a host where no service runs. */
const STUBS: Readonly<Record<string, string>> = {
  systemctl: 'case "$*" in *is-active*) exit 3 ;; esac',
  'systemd-run': '',
  docker: '',
  getent: 'exit 2',
  id: 'echo 0',
  // Of the whole machine.
  sync: '',
  // No test may make a user of this machine.
  ...{ chgrp: '', groupadd: '', groupdel: '', useradd: '', userdel: '', runuser: '' },
};
const PLACES = /\/(?:etc\/|usr\/(?:lib|libexec|bin)\/dqoes|var\/lib\/(?:dqoes|dpkg)|run\/systemd)/g;
const INSTALLERS = ['install-agent.sh', 'install-coordinator.sh'];
const LIBRARIES = [
  'lib/say.sh',
  'lib/node.sh',
  'lib/packages.sh',
  'lib/renew.sh',
  'lib/install.sh',
];
const PACKAGE = ['preinst', 'postinst', 'prerm', 'postrm'].map((name) => `package/${name}`);

/** How a script ended. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder that stands for the root of a host on which the scripts of deploy/ work. */
export class InstallHost {
  readonly folder = mkdtempSync(join(tmpdir(), 'dqoes-installers-'));

  constructor() {
    for (const [name, text] of Object.entries(STUBS)) this.program(`stubs/${name}`, text);
    mkdirSync(join(this.folder, 'run/systemd/system'), { recursive: true });
    for (const path of [...INSTALLERS, ...LIBRARIES, ...PACKAGE]) this.#move(path);
  }

  /** Writes a file, and the folders above it; returns its path. */
  put(path: string, text = '', mode = 0o644): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  }

  program(path: string, text: string): string {
    return this.put(path, `#!/bin/sh\n${text}\n`, 0o755);
  }

  run(file: string, ...args: readonly string[]): Ended {
    const path = `${join(this.folder, 'stubs')}:${process.env.PATH ?? ''}`;
    const env = { ...process.env, PATH: path };
    const { status, stdout, stderr } = spawnSync(file, [...args], { encoding: 'utf8', env });
    return { status, out: stdout, err: stderr };
  }

  /** Runs lines of bash beside what the installers share. */
  shared(lines: string): Ended {
    return this.run(
      'bash',
      '-c',
      `set -euo pipefail; script=install-agent service=agent here=${this.folder}/deploy
       for name in say node packages install; do source "$here/lib/$name.sh"; done; ${lines}`,
    );
  }

  /** Runs a script of deploy/. */
  deploy(name: string, ...args: readonly string[]): Ended {
    return this.run(join(this.folder, 'deploy', name), ...args);
  }

  isDone({ status, err }: Ended, what = ''): void {
    assert.deepEqual({ status, err }, { status: 0, err: '' }, what);
  }

  /** Names in a folder, sorted; none where it is not there. */
  listed(path: string): readonly string[] {
    const folder = join(this.folder, path);
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A script of the tree that works below the folder, for any user. */
  #move(path: string): void {
    const text = readFileSync(join(ROOT, 'deploy', path), 'utf8');
    const placed = text.replaceAll(PLACES, (place) => `${this.folder}${place}`);
    const own = placed
      .replace('((EUID == 0))', '((EUID >= 0))')
      // Where a package has put what its scripts share.
      .replaceAll(`${this.folder}/usr/lib/dqoes/lib/`, `${this.folder}/deploy/lib/`);
    this.put(`deploy/${path}`, own, 0o755);
  }
}
