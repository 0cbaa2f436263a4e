import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { until } from '../lib/until.js';
import { consoleRuns } from '../lib/vm/console-unit.js';
import { coordinatorReloads, leads } from '../lib/vm/coordinator-unit.js';
import {
  ADOPTED,
  InstalledAgent,
  type KernelLimitsSeen,
  LABELS,
  PATIENCE_MS,
} from '../lib/vm/limits.js';
import { TestWorker } from '../lib/vm/worker.js';

const DEPLOY = '/payload/tree/deploy';
const NAMES = Object.keys(ADOPTED);
const JOB = `name: batch
image: dqoes/tiny:1
target: { latency: 100ms }
resources: { memory: 64MiB }
latency: { source: push }
`;
const JOB_CONTAINER = 'dqoes-batch-1';
const ALL = [...NAMES, JOB_CONTAINER];

describe('vm: a worker node with systemd and cgroup v2', function () {
  this.timeout(900_000);
  let worker: TestWorker;
  let agent: InstalledAgent;
  let originals: KernelLimitsSeen = {};
  let limited: KernelLimitsSeen = {};

  const agentPid = (): Promise<string> => agent.pid();
  const untilLimitedAgain = (): Promise<void> => agent.untilAgain(limited);
  const untilNewAgent = (old: string): Promise<void> => agent.untilNew(old);

  before(async () => {
    worker = await TestWorker.start();
    agent = new InstalledAgent(worker);
    for (const [name, options] of Object.entries(ADOPTED))
      await worker.container(name, ...LABELS, options);
    await worker.container('foreign');
    originals = await worker.kernel([...NAMES, 'foreign']);
  });
  after(() => worker?.close());

  it('is what it should be: cgroup v2, limits through systemd', async () => {
    assert.equal(await worker.sh('stat -fc %T /sys/fs/cgroup'), 'cgroup2fs');
    assert.equal(
      await worker.sh("docker info -f '{{.CgroupDriver}} {{.CgroupVersion}}'"),
      'systemd 2',
    );
    assert.deepEqual(
      Object.values(originals).map(({ max }) => max),
      ['max 100000', '150000 100000', '60000 50000', 'max 100000'],
    );
  });

  it('joins by the install script, and only observes', async () => {
    const said = await worker.sh(
      `${DEPLOY}/install-agent.sh --nats ${worker.natsInside} --node guest`,
    );
    // The script waits for as long as a machine takes that is not emulated.
    assert.match(said, /dqoes-agent\.service: (active|runs, but is not ready yet)/);
    const joined = async (): Promise<boolean> => {
      const { out } = await worker.dqoes(['ps', '-o', 'json']);
      return NAMES.every((name) => out.includes(name));
    };
    await until(joined, 'the coordinator to know the containers', PATIENCE_MS);
    assert.deepEqual(await worker.kernel([...NAMES, 'foreign']), originals);
    const kept = '/etc/dqoes/agent.yaml /etc/default/dqoes-agent /var/lib/dqoes';
    const rights = (await worker.sh(`stat -c "%a %U:%G %n" ${kept}`)).split('\n');
    assert.deepEqual(rights, [
      '640 root:root /etc/dqoes/agent.yaml',
      '640 root:root /etc/default/dqoes-agent',
      '700 root:root /var/lib/dqoes',
    ]);
    assert.equal(await worker.sh('systemd-analyze verify dqoes-agent.service 2>&1'), '');
    await worker.sh('systemd-analyze security --threshold=29 dqoes-agent.service');
    const shown = await worker.sh('systemctl show -p Type -p WatchdogUSec dqoes-agent');
    assert.match(shown, /^Type=notify$/m);
    assert.match(shown, /^WatchdogUSec=1min$/m);
    const tells = async (): Promise<boolean> =>
      (await worker.sh('systemctl show -p StatusText --value dqoes-agent')).startsWith(
        'control observe: 3 containers with a target, ',
      );
    await until(tells, 'the status of the agent', PATIENCE_MS);
  });

  it('limits the containers that opted in once it is told to enforce, and no other', async () => {
    const old = await agentPid();
    await worker.sh(
      "sed -i 's/^control: .*/control: enforce/' /etc/dqoes/agent.yaml; systemctl reload " +
        'dqoes-agent',
    );
    await untilNewAgent(old);
    await agent.untilEach(NAMES, 1.9 / 3);
    assert.deepEqual((await worker.kernel(['foreign'])).foreign, originals.foreign);
  });

  it('waits no longer before the next restart for a reload', async () => {
    const old = await agentPid();
    await worker.sh('systemctl reload dqoes-agent');
    await untilNewAgent(old);
    // The second reload: without a reset of the counter it is 2.
    assert.equal(await worker.sh('systemctl show -p NRestarts --value dqoes-agent'), '1');
  });

  it('runs a job that was submitted elsewhere, limited', async () => {
    const run = await worker.dqoes(['job', 'run', '-'], JOB);
    assert.equal(run.code, 0, run.err);
    const runs = async (): Promise<boolean> =>
      (await worker.sh('docker ps')).includes(JOB_CONTAINER);
    await until(runs, 'the job to run', PATIENCE_MS);
    await agent.untilEach(ALL, 1.9 / 4);
    limited = await worker.kernel(ALL);
  });

  it('restores limits that a reload of systemd rounded up or that somebody undid', async () => {
    const pid = await agentPid();
    await worker.sh(`kill -STOP ${pid}; systemctl daemon-reload; systemd-run --quiet --wait true`);
    const rounded = await worker.kernel(ALL);
    assert.deepEqual(
      ALL.map((name) => rounded[name]?.max),
      ALL.map(() => '48000 100000'),
    );
    await worker.sh(`kill -CONT ${pid}`);
    await untilLimitedAgain();
    await worker.sh(
      'echo max 100000 >$(cgroup-of free)/cpu.max; echo 3000 100000 >$(cgroup-of quota)/cpu.max',
    );
    await untilLimitedAgain();
    const said = await agent.said();
    assert.match(said, /was changed by others from 0.475 cores to 0.48 cores/);
    assert.match(said, /was changed by others from 0.475 cores to no limit/);
  });

  it('holds limits when the agent is killed: systemd starts another one', async () => {
    const old = await agentPid();
    const seen = await worker.valuesDuring('free', async () => {
      await worker.sh(`kill -KILL ${old}`);
      await untilNewAgent(old);
    });
    assert.deepEqual(seen, [limited.free?.max]);
    await untilLimitedAgain();
  });

  it('is started again by the watchdog when its loops stand still; limits are held', async () => {
    const old = await agentPid();
    const seen = await worker.valuesDuring('free', async () => {
      await worker.sh(`kill -STOP ${old}`);
      await untilNewAgent(old);
    });
    assert.deepEqual(seen, [limited.free?.max]);
    const said = await worker.sh('journalctl -u dqoes-agent -o cat --no-pager');
    assert.match(said, /Watchdog timeout \(limit 1min\)!/);
    await untilLimitedAgain();
    assert.equal(await worker.sh('systemctl is-active dqoes-agent'), 'active');
  });

  it('needs no device and no capability on a host without GPUs', async () => {
    const old = await agentPid();
    const folder = '/etc/systemd/system/dqoes-agent.service.d';
    await worker.sh(
      `install -D -m 644 ${DEPLOY}/systemd/no-gpu.conf ${folder}/no-gpu.conf; ` +
        'systemctl daemon-reload; systemctl reload dqoes-agent',
    );
    await untilNewAgent(old);
    await untilLimitedAgain();
    await worker.sh('systemd-analyze security --threshold=22 dqoes-agent.service');
    await worker.sh(`rm -r ${folder}; systemctl daemon-reload`);
    await untilLimitedAgain();
  });

  it('starts without NATS: it waits, and says for what', async () => {
    await worker.sh(
      'systemd-run --quiet --unit=dqoes-lost -p Type=notify -p NotifyAccess=all ' +
        '-p TimeoutStartSec=infinity --no-block /usr/bin/dqoes agent --nats nats://127.0.0.1:1',
    );
    const waits = async (): Promise<boolean> =>
      (await worker.sh('systemctl show -p ActiveState -p StatusText dqoes-lost | sort')) ===
      'ActiveState=activating\nStatusText=waits for NATS';
    await until(waits, 'it to say so', PATIENCE_MS);
    await worker.sh('systemctl kill --signal=SIGKILL dqoes-lost; systemctl reset-failed || true');
  });

  it('is upgraded without a moment without limits, and keeps its settings', async () => {
    await worker.sh('touch /usr/lib/dqoes/of-the-old-program');
    const seen = await worker.valuesDuring('free', () => worker.sh(`${DEPLOY}/install-agent.sh`));
    assert.equal(seen.includes('max 100000'), false, seen.join());
    assert.equal((await worker.machine.run('test -e /usr/lib/dqoes/of-the-old-program')).code, 1);
    assert.equal(await worker.sh('grep ^control: /etc/dqoes/agent.yaml'), 'control: enforce');
    const refused = await worker.machine.run(`${DEPLOY}/install-agent.sh --node other`);
    assert.equal(refused.code, 2);
    assert.match(
      refused.out,
      /--node "other" is not applied, as \/etc\/dqoes\/agent\.yaml exists and is yours/,
    );
    await untilLimitedAgain();
  });

  it('puts every limit and weight back on stop, and takes them again on start', async () => {
    await worker.sh('systemctl stop dqoes-agent');
    assert.deepEqual(await worker.kernel([...NAMES, 'foreign']), originals);
    assert.deepEqual((await worker.kernel([JOB_CONTAINER]))[JOB_CONTAINER], {
      max: 'max 100000',
      weight: '100',
    });
    assert.equal(await worker.sh('systemctl is-failed dqoes-agent || true'), 'inactive');
    await worker.sh('systemctl start dqoes-agent');
    await untilLimitedAgain();
    await worker.sh('systemctl restart dqoes-agent');
    await untilLimitedAgain();
  });

  it('is not uninstalled while limits cannot be put back', async () => {
    await worker.sh('systemctl stop docker.socket docker');
    const refused = await worker.machine.run(`${DEPLOY}/install-agent.sh --uninstall --purge`);
    assert.equal(refused.code, 1);
    assert.match(refused.out, /not every limit is back/);
    await worker.sh(
      'test -e /usr/lib/dqoes/dist && test -s /var/lib/dqoes/journal && test -e ' +
        '/etc/dqoes/agent.yaml',
    );
    await worker.sh('systemctl start docker');
    const back = async (): Promise<boolean> =>
      (await worker.sh('docker ps -q')).split('\n').length > NAMES.length;
    await until(back, 'the containers to come back with their engine', PATIENCE_MS);
    // What stays limited keeps its agent.
    await untilLimitedAgain();
    await worker.sh('systemctl is-enabled dqoes-agent');
  });

  it('is uninstalled: limits as before, no program, --purge takes the rest', async () => {
    await worker.sh(`${DEPLOY}/install-agent.sh --uninstall`);
    assert.deepEqual(await worker.kernel([...NAMES, 'foreign']), originals);
    const gone = ['/usr/lib/dqoes', '/usr/bin/dqoes', '/etc/systemd/system/dqoes-agent.service'];
    await worker.sh(`! ls -d ${gone.join(' ')} 2>/dev/null && test -e /etc/dqoes/agent.yaml`);
  });

  it('runs a coordinator and a console by their units', async () => {
    const url = await worker.otherNats();
    const script = `${DEPLOY}/install-coordinator.sh`;
    assert.match(
      await worker.sh(`${script} --nats ${url.inside} --new-cluster`),
      /dqoes-coordinator\.service: (active|runs, but is not ready yet)/,
    );
    assert.equal(await worker.sh('systemd-analyze verify dqoes-coordinator.service 2>&1'), '');
    await worker.sh('systemd-analyze security --threshold=15 dqoes-coordinator.service');
    const isLeader = (): Promise<boolean> => leads(worker);
    await until(isLeader, 'the status to say that it leads', PATIENCE_MS);
    await coordinatorReloads(worker, PATIENCE_MS);
    const listed = await worker.dqoes(['node', 'ls', '--nats', url.outside]);
    assert.equal(listed.code, 0, listed.err);
    await worker.sh('kill -STOP $(systemctl show -p MainPID --value dqoes-coordinator)');
    const barked = async (): Promise<boolean> =>
      (await worker.sh('journalctl -u dqoes-coordinator -o cat --no-pager')).includes(
        'Watchdog timeout (limit 2min)!',
      );
    await until(barked, 'the watchdog to bark', 2 * PATIENCE_MS);
    await until(isLeader, 'a coordinator to lead again', PATIENCE_MS);
    assert.equal(await worker.sh('systemctl show -p User --value dqoes-coordinator'), 'dqoes');
    await consoleRuns(worker, DEPLOY, url.inside);
    await worker.sh(
      `${script} --uninstall --purge; ${DEPLOY}/install-agent.sh --uninstall --purge`,
    );
    await worker.sh(
      '! ls -d /etc/dqoes /usr/lib/dqoes /etc/default/dqoes-* 2>/dev/null && ' +
        '! getent passwd dqoes && ! getent passwd dqoes-console',
    );
  });
});
