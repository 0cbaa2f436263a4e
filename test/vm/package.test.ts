import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { until } from '../lib/until.js';
import { type EarlierPackage, earlierPackage } from '../lib/upgrade/earlier-package.js';
import {
  ADOPTED,
  InstalledAgent,
  type KernelLimitsSeen,
  LABELS,
  PATIENCE_MS,
} from '../lib/vm/limits.js';
import { TestWorker } from '../lib/vm/worker.js';
import { packages } from '../package/packages.js';

const NODE = 'guest';
const NAMES = Object.keys(ADOPTED);
const ALL = [...NAMES, 'foreign'];
/** Where a package could leave something, without what other programs write there at any time. */
const TREE =
  'find /etc /usr /var/lib /run/systemd/system -xdev ' +
  '\\( -path /var/lib/docker -o -path /var/lib/containerd -o -path /var/lib/dpkg ' +
  '-o -path /var/lib/apt -o -path /var/lib/systemd \\) -prune -o ' +
  "-printf '%p %y %m %u:%g %l\\n' | sort";
/** What useradd and userdel write down each time. */
const IS_SYSTEMS = /^[<>] \/etc\/((passwd|group|shadow|gshadow|subuid|subgid)-?|\.pwd\.lock) /;
/** What stays when the package goes and is not purged. */
const IS_KEPT = /^> \/(etc\/dqoes|etc\/default\/dqoes-[a-z]+|var\/lib\/dqoes)[/ ]/;

// The road of docs/install.md, as its reader takes it.
describe('vm: the Debian package on a host without Node.js', function () {
  this.timeout(900_000);
  let earlier: EarlierPackage | undefined;
  let worker: TestWorker;
  let agent: InstalledAgent;
  let originals: KernelLimitsSeen = {};
  let limited: KernelLimitsSeen = {};
  let debs: { readonly before: string; readonly now: string };

  /** What differs below `TREE` from before the installation, a line each: `<` gone, `>` come. */
  const changed = async (): Promise<readonly string[]> => {
    const compare = 'diff /tmp/tree.bare /tmp/tree.now || true';
    const said = await worker.sh(`${TREE} >/tmp/tree.now; ${compare}`);
    return said.split('\n').filter((line) => /^[<>]/.test(line) && !IS_SYSTEMS.test(line));
  };
  const apt = (...words: readonly string[]): Promise<string> =>
    worker.sh(`DEBIAN_FRONTEND=noninteractive apt-get -y ${words.join(' ')} 2>&1`);
  const version = async (): Promise<string | undefined> =>
    (await worker.sh('dpkg-query --show dqoes')).split('\t')[1];

  before(async function () {
    // Two packages, a machine, and perhaps its image.
    this.timeout(1_200_000);
    const { deb } = packages();
    earlier = earlierPackage();
    debs = {
      before: `/payload/files/${basename(earlier.deb)}`,
      now: `/payload/files/${basename(deb)}`,
    };
    worker = await TestWorker.start({ files: [earlier.deb, deb], isGuarded: true });
    agent = new InstalledAgent(worker);
    // No Node.js, and the folder of manuals that the image lacks.
    await worker.sh('rm -f /usr/bin/node /usr/bin/nodejs; mkdir -p /usr/share/man/man1');
    for (const [name, options] of Object.entries(ADOPTED))
      await worker.container(name, ...LABELS, options);
    await worker.container('foreign');
    originals = await worker.kernel(ALL);
    await worker.sh(`${TREE} >/tmp/tree.bare`);
  });
  after(async () => {
    await worker?.close();
    earlier?.remove();
  });

  it('is installed by apt, without a network: the agent waits for a cluster', async () => {
    assert.equal((await worker.machine.run('command -v node')).code, 1);
    await apt('install', debs.before);
    assert.equal(await version(), '0.0.1');
    assert.equal(await worker.sh('systemctl is-enabled dqoes-agent'), 'enabled');
    for (const unit of ['dqoes-coordinator', 'dqoes-console'])
      assert.equal(
        await worker.sh(`systemctl is-enabled ${unit} || systemctl is-active ${unit} || true`),
        'disabled\ninactive',
      );
    const waits = async (): Promise<boolean> =>
      (await worker.sh('systemctl show -p StatusText --value dqoes-agent')) === 'waits for NATS';
    await until(waits, 'the agent to say so', PATIENCE_MS);
    assert.deepEqual(await worker.kernel(ALL), originals);
  });

  it('joins a cluster with keys by a token, and only observes', async () => {
    const token = await worker.token(NODE);
    const old = await agent.pid();
    const said = await worker.sh(`echo ${token.text} | dqoes join - 2>&1`);
    assert.match(said, /This host is guest of cluster main now/);
    assert.equal((await token.ended).code, 0);
    await agent.untilNew(old);
    const knows = async (): Promise<boolean> => {
      const { out } = await worker.dqoes(['ps', '-o', 'json']);
      return NAMES.every((name) => out.includes(name));
    };
    await until(knows, 'the coordinator to know the containers', PATIENCE_MS);
    assert.deepEqual(await worker.kernel(ALL), originals);
    const rights = await worker.sh('cd /etc/dqoes; stat -c "%a %n" agent.d/join.yaml agent-*.nk');
    assert.equal(rights, '640 agent.d/join.yaml\n600 agent-guest.nk');
  });

  it('limits the containers that opted in once it is told to enforce, and no other', async () => {
    const old = await agent.pid();
    await worker.sh(
      "sed -i 's/^control: .*/control: enforce/' /etc/dqoes/agent.yaml; " +
        'systemctl reload dqoes-agent',
    );
    await agent.untilNew(old);
    await agent.untilEach(NAMES, 1.9 / NAMES.length);
    assert.deepEqual((await worker.kernel(['foreign'])).foreign, originals.foreign);
    limited = await worker.kernel(NAMES);
  });

  for (const [what, command] of [
    ['is killed: systemd starts another one', 'kill -KILL'],
    ['stands still: the watchdog has another one started', 'kill -STOP'],
    ['reads its settings again', 'kill -USR2'],
  ] as const)
    it(`holds limits when the agent ${what}`, async () => {
      const old = await agent.pid();
      const seen = await worker.valuesDuring('free', async () => {
        await worker.sh(`${command} ${old}`);
        await agent.untilNew(old);
      });
      assert.deepEqual(seen, [limited.free?.max]);
      await agent.untilAgain(limited);
    });

  it('is upgraded from the package of the commit before; limits are held', async () => {
    const old = await agent.pid();
    // As docs/install.md had it put there, when the console was of the user dqoes.
    const consoleKey = '/etc/dqoes/console.nk';
    await worker.sh(`install -m 640 -g dqoes /dev/null ${consoleKey}`);
    const options = '/etc/default/dqoes-agent';
    await worker.sh(`chmod 604 ${options}`);
    let said = '';
    const seen = await worker.valuesDuring('free', async () => {
      said = await apt('install', debs.now);
      await agent.untilNew(old);
    });
    assert.match(said, /^dqoes-agent\.service: started again by this version$/m);
    // The packages have systemd read its units again, which rounds limits up to 1 % of a core until
    // the agent looks next.
    const rounded = limited.free?.max.replace(/^\d+/, (us) => String(1000 * Math.ceil(+us / 1000)));
    assert.deepEqual(
      seen.filter((max) => max !== rounded),
      [limited.free?.max],
    );
    assert.notEqual(await version(), '0.0.1');
    assert.equal(await worker.sh('grep ^control: /etc/dqoes/agent.yaml'), 'control: enforce');
    assert.equal(await worker.sh(`stat -c "%a %G" ${consoleKey}`), '640 dqoes-console');
    assert.equal(await worker.sh(`stat -c "%a %U:%G" ${options}`), '604 root:root');
    assert.equal(await worker.sh('dpkg --verify dqoes | grep -v " c /etc/" || true'), '');
    await agent.untilAgain(limited);
  });

  it('is not removed while limits cannot be put back', async () => {
    await worker.sh('systemctl stop docker.socket docker');
    const refused = await worker.machine.run('apt-get -y remove dqoes');
    assert.notEqual(refused.code, 0);
    assert.match(refused.out, /not every limit is back .*so nothing is removed/);
    assert.match(await worker.sh('dqoes --version'), /^\d/);
    await worker.sh('systemctl start docker');
    const back = async (): Promise<boolean> =>
      (await worker.sh('docker ps -q')).split('\n').length >= ALL.length;
    await until(back, 'the containers to come back with their engine', PATIENCE_MS);
    await agent.untilAgain(limited);
  });

  it('is removed: limits as they were, settings and state stay, and nothing else', async () => {
    await apt('remove', 'dqoes');
    assert.deepEqual(await worker.kernel(ALL), originals);
    const left = await changed();
    assert.deepEqual(
      left.filter((line) => !IS_KEPT.test(line)),
      [],
    );
    for (const kept of ['/etc/dqoes/agent.yaml', '/etc/dqoes/agent.d/join.yaml', '/var/lib/dqoes'])
      assert.ok(
        left.some((line) => line.startsWith(`> ${kept} `)),
        `${kept}: ${left.join('\n')}`,
      );
  });

  it('is purged: nothing is left, file by file, and no user', async () => {
    await apt('purge', 'dqoes');
    assert.deepEqual(await changed(), []);
    for (const user of ['dqoes', 'dqoes-console']) {
      const known = `getent passwd ${user} || getent group ${user}`;
      assert.equal((await worker.machine.run(known)).code, 2, user);
    }
    assert.deepEqual(await worker.kernel(ALL), originals);
  });
});
