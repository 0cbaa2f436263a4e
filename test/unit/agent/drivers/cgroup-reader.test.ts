import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  type FileBytes,
  keyOf,
  lineKey,
  numberAfter,
  numberAt,
  numberOfLine,
} from '../../../../agent/drivers/cgroup-parse.js';
import { locate, parseMemberships, parseMounts } from '../../../../agent/drivers/cgroup-paths.js';
import { createCgroupReader } from '../../../../agent/drivers/cgroup-reader.js';
import type { CgroupCounters } from '../../../../agent/ports/cgroup.js';
import { containerId } from '../observe/build.js';

const root = (name: string): string =>
  fileURLToPath(new URL(`../../../../../test/fixtures/cgroup/${name}`, import.meta.url));
const ID = 'b7d1f0c94a2e58d3617c0b9fe84dd2a6503e7f19c2ab84d05e6f3a9178cd40be';

const EXPECTED: Readonly<Record<string, CgroupCounters>> = {
  hybrid: {
    cpuUsageSeconds: 0.788052966,
    periods: 83,
    throttledPeriods: 69,
    pressureTotalUs: 495_332,
    memory: { currentBytes: 2_752_512, workingSetBytes: 401_408, oomKills: 0 },
    limit: { cpuCores: 0.5, periodUs: 20_000 },
    weight: { version: 1, value: 512 },
    burstUs: null,
  },
  'v1-cgroupfs': {
    cpuUsageSeconds: 36,
    periods: 1200,
    throttledPeriods: 300,
    pressureTotalUs: null,
    memory: { currentBytes: 146_800_640, workingSetBytes: 125_829_120, oomKills: 2 },
    limit: { cpuCores: null, periodUs: 100_000 },
    weight: { version: 1, value: 1024 },
    burstUs: null,
  },
  'v1-systemd': {
    cpuUsageSeconds: 5.25,
    periods: 0,
    throttledPeriods: 0,
    // The unified tree's root speaks for the whole host, not for this container.
    pressureTotalUs: null,
    // This kernel has no oom_kill line: not known is not 0.
    memory: null,
    limit: { cpuCores: 0.5, periodUs: 100_000 },
    weight: null,
    burstUs: null,
  },
  'v2-systemd': {
    cpuUsageSeconds: 7.654321,
    periods: 640,
    throttledPeriods: 160,
    pressureTotalUs: 4_567_890,
    memory: { currentBytes: 88_080_384, workingSetBytes: 75_497_472, oomKills: 1 },
    limit: { cpuCores: 0.4, periodUs: 100_000 },
    weight: { version: 2, value: 39 },
    burstUs: null,
  },
  'v2-cgroupfs': {
    cpuUsageSeconds: 7.654321,
    periods: 640,
    throttledPeriods: 160,
    pressureTotalUs: 4_567_890,
    memory: { currentBytes: 88_080_384, workingSetBytes: 75_497_472, oomKills: 1 },
    limit: { cpuCores: null, periodUs: 100_000 },
    weight: null,
    burstUs: null,
  },
};

describe('cgroup reader on fixtures', () => {
  for (const [name, expected] of Object.entries(EXPECTED))
    it(`reads ${name}, the same each time`, async () => {
      const opened = await createCgroupReader({ root: root(name) }).open(4242);
      assert.ok(opened.ok, opened.ok ? '' : opened.error);
      for (let n = 0; n < 3; n += 1)
        assert.deepEqual(await opened.value.read(), { ok: true, value: expected });
      assert.deepEqual(await opened.value.readLimit(), { ok: true, value: expected.limit });
      assert.deepEqual(await opened.value.readWeight(), { ok: true, value: expected.weight });
      assert.deepEqual(await opened.value.readBurst(), { ok: true, value: expected.burstUs });
      await opened.value.close();
    });

  it('does not mix up the files of two containers that share one buffer', async () => {
    const reader = createCgroupReader({ root: root('v2-systemd') });
    const [one, two] = [await reader.open(4242), await reader.open(4242)];
    assert.ok(one.ok && two.ok);
    const [first, second] = await Promise.all([one.value.read(), two.value.read()]);
    assert.deepEqual(first, second);
    await one.value.close();
    assert.equal((await two.value.read()).ok, true);
    await two.value.close();
  });

  it('gives a reason when the process is gone or is of another container', async () => {
    const reader = createCgroupReader({ root: root('v2-systemd') });
    assert.deepEqual(await reader.open(999), { ok: false, error: 'process 999 is gone' });
    assert.deepEqual(await reader.open(0), { ok: false, error: 'the container has no process' });
    assert.deepEqual(await reader.open(4242, containerId('abc')), {
      ok: false,
      error: 'process 4242 is in another cgroup than container abc000000000',
    });
    const opened = await reader.open(4242, ID as ReturnType<typeof containerId>);
    assert.ok(opened.ok);
    await opened.value.close();
    await opened.value.close();
    assert.equal((await opened.value.read()).ok, false);
    assert.equal((await opened.value.readLimit()).ok, false);
  });
});

describe('cgroup files that cannot be opened', () => {
  let copy = '';
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'dqoes-cgroup-'));
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  it('are not taken for none: what cannot be opened is not no limit', async () => {
    cpSync(root('v2-systemd'), copy, { recursive: true });
    const folder = join(copy, `sys/fs/cgroup/system.slice/docker-${ID}.scope`);
    rmSync(join(folder, 'cpu.max'));
    // Opening it fails for another reason than that it is not there, as with too many open files.
    symlinkSync('cpu.max', join(folder, 'cpu.max'));
    const opened = await createCgroupReader({ root: copy }).open(4242);
    assert.match(opened.ok ? '' : opened.error, /ELOOP/);
  });

  it('of a kernel without CPU quotas leave the usage', async () => {
    cpSync(root('v1-cgroupfs'), copy, { recursive: true });
    const folder = join(copy, `sys/fs/cgroup/cpu,cpuacct/docker/${ID}`);
    for (const name of ['cpu.stat', 'cpu.cfs_quota_us', 'cpu.cfs_period_us'])
      rmSync(join(folder, name));
    const opened = await createCgroupReader({ root: copy }).open(4242);
    assert.ok(opened.ok, opened.ok ? '' : opened.error);
    const read = await opened.value.read();
    assert.ok(read.ok);
    const { cpuUsageSeconds, periods, throttledPeriods, limit } = read.value;
    assert.deepEqual(
      { cpuUsageSeconds, periods, throttledPeriods, limit },
      {
        cpuUsageSeconds: 36,
        periods: 0,
        throttledPeriods: 0,
        limit: { cpuCores: null, periodUs: 100_000 },
      },
    );
    await opened.value.close();
  });
});

describe('burst', () => {
  const folders = {
    'v2-systemd': `sys/fs/cgroup/system.slice/docker-${ID}.scope/cpu.max.burst`,
    'v1-cgroupfs': `sys/fs/cgroup/cpu,cpuacct/docker/${ID}/cpu.cfs_burst_us`,
  };
  for (const [name, file] of Object.entries(folders))
    it(`is read and written: ${name}`, async () => {
      const copy = mkdtempSync(join(tmpdir(), 'dqoes-cgroup-'));
      try {
        cpSync(root(name), copy, { recursive: true });
        writeFileSync(join(copy, file), '25000\n');
        const opened = await createCgroupReader({ root: copy }).open(4242);
        assert.ok(opened.ok);
        assert.deepEqual(await opened.value.readBurst(), { ok: true, value: 25_000 });
        assert.deepEqual(await opened.value.writeBurst(17_000), { ok: true, value: undefined });
        assert.deepEqual(await opened.value.readBurst(), { ok: true, value: 17_000 });
        const counters = await opened.value.read();
        assert.equal(counters.ok && counters.value.burstUs, 17_000);
        for (const bad of [-1, 0.5, 2e9, Number.NaN]) {
          const refused = await opened.value.writeBurst(bad);
          assert.match(
            refused.ok ? '' : refused.error,
            /is no value of cpu\.max\.burst: whole µs from 0 to 1000000000/,
          );
        }
        await opened.value.close();
      } finally {
        rmSync(copy, { recursive: true });
      }
    });

  it('cannot be written where the kernel has none, and says so', async () => {
    const opened = await createCgroupReader({ root: root('v2-systemd') }).open(4242);
    assert.ok(opened.ok);
    assert.deepEqual(await opened.value.writeBurst(1), {
      ok: false,
      error: 'this kernel has no cpu.max.burst',
    });
    await opened.value.close();
  });
});

describe('cgroup paths', () => {
  const v2 = parseMounts('35 24 0:29 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw,nsdelegate');
  const anywhere = (): boolean => true;
  const of = (membership: string) => locate(v2, parseMemberships(membership), anywhere);

  it('skips mounts of other kinds and broken lines, and undoes octal escapes', () => {
    const mounts = parseMounts(
      'garbage\n1 2 0:3 / /a\\040b\\134c rw - cgroup cgroup rw,cpu,cpuacct\n5 6 0:7 / /x ' +
        'rw - ext4 /dev/sda1 rw\n',
    );
    assert.deepEqual(mounts, [
      { version: 1, root: '/', mountPoint: '/a b\\c', controllers: ['cpu', 'cpuacct'] },
    ]);
  });

  it('knows mounts of a part of the tree', () => {
    const mounts = parseMounts('1 2 0:3 /docker /cg rw - cgroup2 cgroup2 rw');
    const found = locate(mounts, parseMemberships('0::/docker/x'), anywhere);
    assert.ok(found.ok);
    assert.equal(found.value.unified, '/cg/x');
    assert.equal(locate(mounts, parseMemberships('0::/docker-2/x'), anywhere).ok, false);
  });

  it('takes the innermost container of nested engines, without what it made inside', () => {
    const outer = 'f'.repeat(64);
    const found = of(`0::/docker/${outer}/docker/${ID}/init`);
    assert.ok(found.ok);
    assert.equal(found.value.cpu, `/sys/fs/cgroup/docker/${outer}/docker/${ID}`);
  });

  it('refuses the root cgroup, other namespaces and unknown places with a reason', () => {
    for (const [membership, expected] of [
      ['0::/', /root cgroup/],
      [`0::/../${ID}`, /outside this cgroup namespace: run the agent on the host/],
      ['', /no cgroup/],
      [`3:cpu:/docker/${ID}`, /under no mounted cgroup/],
    ] as const) {
      const found = of(membership);
      assert.ok(!found.ok);
      assert.match(found.error, expected);
    }
  });
});

describe('cgroup numbers', () => {
  const bytes = (text: string, stale = ''): FileBytes => ({
    bytes: Buffer.from(text + stale),
    length: text.length,
  });
  it('reads whole, negative and broken numbers', () => {
    assert.equal(numberAt(bytes('123456789012345\n'), 0), 123_456_789_012_345);
    assert.equal(numberAt(bytes('-1\n'), 0), -1);
    assert.equal(numberAt(bytes('12.50 '), 0), 12.5);
    for (const text of ['', 'max', '-', ' 1'])
      assert.ok(Number.isNaN(numberAt(bytes(text), 0)), text);
  });
  it('never reads what an earlier file left behind', () => {
    assert.ok(Number.isNaN(numberOfLine(bytes('oom 1\n', '\noom_kill 7\n'), lineKey('oom_kill'))));
    assert.ok(Number.isNaN(numberAfter(bytes('some ', 'total=5'), keyOf('total='))));
    assert.equal(numberAt(bytes('12', '34'), 0), 12);
  });
  it('takes whole names of lines', () => {
    const file = bytes('nr_periods 5\nnr_periods_x 6\nno_nr_throttled 7\nnr_throttled 8\n');
    assert.equal(numberOfLine(file, lineKey('nr_periods')), 5);
    assert.equal(numberOfLine(file, lineKey('nr_throttled')), 8);
  });
});
