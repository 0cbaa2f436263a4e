import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the source tree; tests run from `dist/test/package`. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** How a command inside ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What lies below `/`, by path: kind, rights, owner, and for a file its size or target. */
export type Tree = ReadonlyMap<string, string>;

/** A Debian without Node.js, Docker and systemd, in namespaces of its own. */
export class DebianRoot {
  readonly folder = mkdtempSync(join(tmpdir(), 'dqoes-root-'));

  private constructor() {}

  /** Unpacks one; the first takes the time of a debootstrap. Throws with the reason. */
  static make(): DebianRoot {
    const built = spawnSync('bash', [join(ROOT, 'deploy/root-image/build.sh')], {
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(built.stderr);
    const root = new DebianRoot();
    const archive = built.stdout.trim().split('\n').at(-1) ?? '';
    const args = [
      '--extract',
      '--numeric-owner',
      `--file=${archive}`,
      `--directory=${root.folder}`,
    ];
    const unpacked = spawnSync('tar', args, { encoding: 'utf8' });
    if (unpacked.status !== 0) throw new Error(unpacked.stderr);
    return root;
  }

  /** Copies a file or folder of this machine to a path inside. */
  add(from: string, to: string): void {
    cpSync(from, join(this.folder, to), { recursive: true, preserveTimestamps: true });
  }

  /** Runs a command of the shell inside: no network, no process of this machine. */
  sh(command: string): Ended {
    const inside = ['--mount', '--pid', '--net', '--uts', '--ipc', '--fork', '--kill-child'];
    const prepared = `mount -t proc proc "$0/proc" && exec chroot "$0" /bin/sh -c "$1"`;
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      [...inside, 'sh', '-c', prepared, this.folder, command],
      {
        encoding: 'utf8',
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C' },
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    return { code: status, out: stdout, err: stderr };
  }

  /** Everything inside, but what the running system itself writes. */
  tree(): Tree {
    const { out } = this.sh(
      'find / -xdev \\( -path /proc -o -path /tmp -o -path /root \\) -prune -o -printf ' +
        "'%p\\t%y %m %u:%g %l %s\\n'",
    );
    const lines = out.split('\n').filter((line) => line !== '');
    return new Map(
      lines.map((line) => {
        const [path = '', rest = ''] = line.split('\t');
        // The size of a folder says nothing.
        return [path, rest.startsWith('d') ? rest.replace(/ \d+$/, '') : rest];
      }),
    );
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What differs between two trees, a line each: `+ path`, `- path` or `~ path`. */
const differenceOf = (before: Tree, after: Tree): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    if (was === undefined) return [`+ ${path}`];
    return [is === undefined ? `- ${path}` : `~ ${path}`];
  });

/** What useradd, userdel and dpkg write down each time, whatever they do. */
const IS_SYSTEMS = [
  /^[~+] \/etc\/(passwd|group|shadow|gshadow|subuid|subgid)-?$/,
  /^[~+] \/etc\/\.pwd\.lock$/,
  /^[~+-] \/var\/(lib\/dpkg|log)(\/|$)/,
];

/** What differs between two trees and is no notebook of the system. */
export const leftOf = (before: Tree, after: Tree): readonly string[] =>
  differenceOf(before, after).filter((line) => !IS_SYSTEMS.some((each) => each.test(line)));
