import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ROOT } from '../tools/planted-tree.js';
import { InstallHost } from './install-host.js';

// cspell:ignore drwxr drwxrwxrwt rwxr
describe('the scripts that build images', () => {
  let at: InstallHost;
  beforeEach(() => {
    at = new InstallHost();
    // Knows no image yet, and keeps what is imported.
    const answers = `import) cat >${at.folder}/imported ;; image) exit 1 ;;`;
    at.program('stubs/docker', `case $1 in ${answers} esac`);
  });
  afterEach(() => at.remove());

  /** Runs lines of bash beside what the scripts share. */
  const shared = (lines: string) =>
    at.run(
      'bash',
      '-c',
      `set -euo pipefail; cd ${ROOT}/deploy/lib; source ./say.sh; source ./rootfs.sh; ${lines}`,
    );
  /** Rights and owner of each entry of the image. */
  const imported = (): ReadonlyMap<string, string> => {
    const args = ['--list', '--verbose', '--numeric-owner', '--file', join(at.folder, 'imported')];
    const { stdout } = spawnSync('tar', args, { encoding: 'utf8' });
    const rows = stdout.trim().split('\n');
    return new Map(
      rows.map((row) => {
        const [rights = '', owner = ''] = row.split(/\s+/);
        return [row.split(/\s+/).at(-1) ?? '', `${rights} ${owner}`];
      }),
    );
  };

  it('let others read what a person with the umask 077 has cloned and copies', () => {
    const source = at.put('clone/program/main.mjs', '', 0o600);
    chmodSync(join(at.folder, 'clone/program'), 0o700);
    const root = join(at.folder, 'image');
    mkdirSync(root);
    // The umask of the person; sourcing comes after it.
    const built = at.run(
      'bash',
      '-c',
      `set -euo pipefail; umask 077; cd ${ROOT}/deploy/lib; source ./say.sh; source ./rootfs.sh
       rootfs_add_base ${root}; rootfs_add_file ${root} ${source} /usr/bin/main
       cp -r ${at.folder}/clone/program ${root}/app; image_import ${root} i:1 hash`,
    );
    at.isDone(built);
    const entries = imported();
    for (const [path, rights] of [
      ['./app/', 'drwxr-xr-x 0/0'],
      ['./app/main.mjs', '-rw-r--r-- 0/0'],
      ['./usr/bin/', 'drwxr-xr-x 0/0'],
      ['./usr/bin/main', '-rw-r--r-- 0/0'],
      ['./etc/passwd', '-rw-r--r-- 0/0'],
      ['./tmp/', 'drwxrwxrwt 0/0'],
    ] as const)
      assert.equal(entries.get(path), rights, path);
  });

  it('take the shell that a machine has, where it has no dash', () => {
    const found = shared('type() { [[ $2 != dash ]] && echo "/usr/bin/$2"; }; rootfs_shell');
    at.isDone(found);
    assert.equal(found.out, '/usr/bin/sh\n');
  });

  it('say so where nothing can run in the folder for temporary files', () => {
    const tried = shared('rootfs_folder; [[ -d $folder && ! -e $folder/try ]]');
    at.isDone(tried);
    // As on a file system that is mounted with noexec.
    at.program('stubs/chmod', '');
    const refused = shared('rootfs_folder');
    assert.equal(refused.status, 1);
    assert.match(refused.err, /no program can run in .* \(noexec\); set TMPDIR/);
  });

  it('make the image of the packages without root, with folders its programs may write', () => {
    const files = 'dqoes-1.2.3-linux-x86_64/files/usr';
    at.put(`${files}/bin/dqoes`, '#!/bin/sh\n', 0o755);
    at.put(`${files}/lib/dqoes/dist/main.js`);
    at.put(`${files}/share/doc/dqoes/copyright`);
    at.put(`${files}/share/doc/dqoes/licences.txt.gz`);
    mkdirSync(join(at.folder, files, 'lib/dqoes/bin'));
    const node = join(at.folder, files, 'lib/dqoes/bin/node');
    spawnSync('cp', ['-L', '/bin/sh', node]);
    const archive = join(at.folder, 'dqoes-1.2.3-linux-x86_64.tar.gz');
    spawnSync('tar', ['-C', at.folder, '-czf', archive, 'dqoes-1.2.3-linux-x86_64']);
    at.program('stubs/chown', 'echo "Operation not permitted" >&2; exit 1');
    const env = `DQOES_PACKAGES=${at.folder}`;
    at.program('stubs/docker', DOCKER(at.folder));
    const built = at.run('env', env, 'bash', join(ROOT, 'deploy/images/build.sh'));
    assert.equal(built.status, 0, built.err);
    assert.match(built.out, /^dqoes\/dqoes:1\.2\.3: built/);
    const entries = imported();
    for (const [path, rights] of [
      ['./keys/', 'drwxr-x--- 65532/65532'],
      ['./server/', 'drwxr-x--- 65532/65532'],
      ['./console/', 'drwxr-x--- 65532/65533'],
      ['./data/', 'drwxr-x--- 65532/65532'],
      ['./usr/bin/dqoes', '-rwxr-xr-x 0/0'],
      ['./usr/lib/dqoes/images/keys.mjs', '-rw-r--r-- 0/0'],
    ] as const)
      assert.equal(entries.get(path), rights, path);
  });
});

/** Has the image once it was imported, with a size. */
const DOCKER = (folder: string): string =>
  `case "$1 $2" in
  import*) cat >${folder}/imported ;;
  "image inspect") [ -e ${folder}/imported ] && echo 1 ;;
esac`;
