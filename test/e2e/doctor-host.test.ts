import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { DoctorFinding } from '../../cli/doctor/section.js';
import { VERSION } from '../../shared/version.js';
import { DoctorWorld, type Looked, type Trouble } from './doctor-world.js';

interface Condition {
  readonly name: string;
  /** Makes it so; a text = it cannot be made here, and why. */
  readonly make: (trouble: Trouble) => string | undefined;
  readonly what: string;
  readonly state: DoctorFinding['state'];
  readonly detail: RegExp;
  readonly cure: RegExp;
}

/** The looking itself, by the real program, at what is really so. */
describe('dqoes doctor finds', function () {
  this.timeout(60_000);
  let world: DoctorWorld;
  let healthy: Looked;

  before(async () => {
    world = await DoctorWorld.open();
    await world.begin();
    healthy = await world.look();
    await world.end();
  });
  after(() => world.close());
  beforeEach(() => world.begin());
  afterEach(() => world.end());

  const CONDITIONS: readonly Condition[] = [
    {
      name: 'a socket of Docker that this user may not use',
      make: () => world.closeSocket(),
      what: 'Docker Engine',
      state: 'missing',
      detail: /^does not answer at \/.*engine\.sock \(connect EACCES/,
      cure: /^run as root or as a member of the group docker$/,
    },
    {
      name: 'a socket on which nothing listens',
      make: () => void rmSync(world.socketPath),
      what: 'Docker Engine',
      state: 'missing',
      detail: /^does not answer at \/.*engine\.sock \(connect ENOENT/,
      cure: /^start it, or set docker\.socket to its path$/,
    },
    {
      name: 'a kernel that lets Docker set no quota',
      make: () => world.say({ CpuCfsQuota: false }),
      what: 'CPU controller',
      state: 'missing',
      detail: /sets no quota/,
      cure: /CONFIG_CFS_BANDWIDTH/,
    },
    {
      name: 'that NATS cannot be reached',
      make: (now) => {
        now.natsUrl = 'nats://127.0.0.1:1';
        return undefined;
      },
      what: 'NATS',
      state: 'missing',
      detail: /^nats:\/\/127\.0\.0\.1:1: CONNECTION_REFUSED$/,
      cure: /^start nats-server there .*or give the right address$/,
    },
    {
      name: 'a cluster that no coordinator serves',
      make: (now) => {
        now.cluster = 'nobody-leads';
        return undefined;
      },
      what: 'coordinator',
      state: 'missing',
      detail: /no coordinator serves this cluster/,
      cure: /see its log .*--cluster is right/,
    },
    {
      name: 'a clock that is a minute off',
      make: (now) => {
        now.clockMs = 60_000;
        return undefined;
      },
      what: 'clock',
      state: 'limited',
      detail: /^the coordinator is (?:1m|59\.\d+s|1m1s) ahead, to \S+$/,
      cure: /^let both machines keep time by NTP/,
    },
    {
      name: 'a coordinator several releases ahead',
      make: (now) => {
        now.coordinatorVersion = '9.4.0';
        return undefined;
      },
      what: 'versions',
      state: 'missing',
      detail: /^cli \(\S+\) not of 9\.4\.0, and more than one release apart$/,
      cure: /^upgrade to 9\.4\.0 now, release by release/,
    },
    {
      name: 'a coordinator of the next release',
      make: (now) => {
        const [major = '', minor = ''] = VERSION.split('.');
        now.coordinatorVersion = `${major}.${Number(minor) + 1}.0`;
        return undefined;
      },
      what: 'versions',
      state: 'limited',
      detail: /^cli \(\S+\) not of \d+\.\d+\.0$/,
      cure: /^upgrade to \d+\.\d+\.0 when it suits$/,
    },
    {
      name: 'a full disk',
      make: () => world.onSmallDisk((disk) => disk.fill()),
      what: 'state folder',
      state: 'missing',
      detail: /disk, 0 MiB free$/,
      cure: /^make room/,
    },
    {
      name: 'a disk that is read-only',
      make: () => world.onSmallDisk((disk) => disk.becomeReadOnly(true)),
      what: 'state folder',
      state: 'missing',
      detail: /is on a read-only disk$/,
      cure: /^mount it for writing/,
    },
    {
      name: 'GPUs that Docker gives by the legacy hook',
      make: () => world.withGpu('vendor.test/net'),
      what: 'GPUs for containers',
      state: 'limited',
      detail: /^by the nvidia runtime \(legacy hook\)$/,
      cure: /^enable CDI in Docker/,
    },
    {
      name: 'GPUs that Docker gives by CDI',
      make: () => world.withGpu('nvidia.com/gpu'),
      what: 'GPUs for containers',
      state: 'works',
      detail: /^by CDI$/,
      cure: /^$/,
    },
  ];

  const missingOf = ({ findings }: Looked): readonly string[] =>
    findings.filter(({ state }) => state === 'missing').map(({ what }) => what);

  it('nothing of all that where nothing is wrong', () => {
    const { findings, code } = healthy;
    for (const { what } of CONDITIONS) {
      const found = findings.filter((one) => one.what === what);
      // A host without a GPU tool has no line about GPUs; this one may have no CPU controller.
      if (['GPUs for containers', 'CPU controller'].includes(what)) continue;
      assert.deepEqual(
        found.map(({ state }) => state),
        ['works'],
        JSON.stringify(found),
      );
    }
    assert.equal(code, missingOf(healthy).length === 0 ? 0 : 1);
  });

  for (const { name, make, what, state, detail, cure } of CONDITIONS)
    it(name, async function () {
      const why = make(world.trouble);
      if (why !== undefined) {
        process.stderr.write(`skipped: ${why}\n`);
        this.skip();
      }
      const looked = await world.look();
      const found = looked.findings.find((one) => one.what === what);
      assert.equal(found?.state, state, JSON.stringify(looked.findings));
      assert.match(found?.detail ?? '', detail);
      assert.match(found?.cure ?? '', cure);
      // Nothing else is blamed.
      const blamed = missingOf(looked).filter((each) => !missingOf(healthy).includes(each));
      assert.deepEqual(
        blamed.filter((each) => each !== what),
        [],
      );
      assert.equal(looked.code, missingOf(looked).length === 0 ? 0 : 1);
    });
});
