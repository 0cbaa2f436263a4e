import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { DebianRoot, leftOf, type Tree } from './debian-root.js';
import { packages } from './packages.js';

describe('package: the archive on a Debian without Node.js', function () {
  this.timeout(900_000);
  let root: DebianRoot;
  let bare: Tree;
  let folder = '';
  before(() => {
    const { archive } = packages();
    root = DebianRoot.make();
    bare = root.tree();
    root.add(archive, `/tmp/${basename(archive)}`);
    folder = `/tmp/${basename(archive, '.tar.gz')}`;
    const unpacked = root.sh(`tar -xzf /tmp/${basename(archive)} -C /tmp`);
    assert.equal(unpacked.code, 0, unpacked.err);
  });
  after(() => root?.close());

  it('finds no Node.js there', () => {
    assert.notEqual(root.sh('command -v node').code, 0);
  });

  it('is installed by one command, and works', () => {
    const installed = root.sh(`${folder}/install.sh`);
    assert.equal(installed.code, 0, installed.err);
    assert.match(installed.out, /agent\.yaml \(control: observe\)/);
    const version = root.sh('dqoes --version');
    assert.match(version.out, /^\d+\.\d+\.\d+\nbuild \S+\n$/, version.err);
    // No Docker Engine is here: the doctor says so, and what to do.
    const looked = root.sh('dqoes doctor');
    assert.match(`${looked.out}${looked.err}`, /Docker Engine/);
    assert.match(root.sh('dqoes lab sim burst-10').out, /burst-10/);
    const rights = root.sh('stat -c "%a %U:%G" /etc/dqoes/agent.yaml /etc/default/dqoes-*').out;
    assert.deepEqual(rights.trim().split('\n'), [
      ...['640 root:root', '640 root:root'],
      ...['640 root:dqoes-console', '640 root:root'],
    ]);
  });

  it('installs itself again and leaves settings alone that were changed', () => {
    root.sh("sed -i 's/^control: observe/control: enforce/' /etc/dqoes/agent.yaml");
    const again = root.sh(`${folder}/install.sh`);
    assert.equal(again.code, 0, again.err);
    assert.match(again.out, /kept \/etc\/dqoes\/agent\.yaml/);
    assert.match(root.sh('cat /etc/dqoes/agent.yaml').out, /^control: enforce$/m);
  });

  it('lets the console read its key and no other, also one that a version before gave away', () => {
    const make = 'echo x >$key.nk; chgrp dqoes $key.nk; chmod 640 $key.nk';
    root.sh(`cd /etc/dqoes; for key in console coordinator; do ${make}; done`);
    const again = root.sh(`${folder}/install.sh`);
    assert.equal(again.code, 0, again.err);
    const groups = root.sh('cd /etc/dqoes; stat -c "%a %U:%G" console.nk coordinator.nk').out;
    assert.equal(groups, '640 root:dqoes-console\n640 root:dqoes\n');
    const reads = (user: string, key: string): boolean =>
      root.sh(`runuser -u ${user} -- test -r /etc/dqoes/${key}.nk`).code === 0;
    for (const [user, own, other] of [
      ['dqoes-console', 'console', 'coordinator'],
      ['dqoes', 'coordinator', 'console'],
    ] as const)
      assert.deepEqual([reads(user, own), reads(user, other)], [true, false], user);
    root.sh('rm /etc/dqoes/console.nk /etc/dqoes/coordinator.nk');
  });

  it('is removed and leaves settings and state, then comes back', () => {
    const removed = root.sh('/usr/lib/dqoes/uninstall/uninstall.sh');
    assert.equal(removed.code, 0, removed.err);
    const left = leftOf(bare, root.tree());
    const kept = (line: string): boolean =>
      /^\+ \/(etc\/(dqoes|default)|var\/lib\/dqoes)(\/|$)/.test(line);
    assert.deepEqual(
      left.filter((line) => !kept(line)),
      [],
    );
    assert.ok(left.includes('+ /etc/dqoes/agent.yaml'), left.join('\n'));
    assert.equal(root.sh(`${folder}/install.sh`).code, 0);
    assert.match(root.sh('cat /etc/dqoes/agent.yaml').out, /^control: enforce$/m);
  });

  it('leaves nothing when it is purged, file by file', () => {
    const purged = root.sh('/usr/lib/dqoes/uninstall/uninstall.sh --purge');
    assert.equal(purged.code, 0, purged.err);
    assert.deepEqual(leftOf(bare, root.tree()), []);
    for (const user of ['dqoes', 'dqoes-console'])
      for (const kind of ['passwd', 'group'])
        assert.notEqual(root.sh(`getent ${kind} ${user}`).code, 0, `${kind} ${user}`);
  });
});
