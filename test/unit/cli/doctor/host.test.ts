import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { causeOf } from '../../../../cli/doctor/cluster.js';
import type { ConnectionFacts } from '../../../../cli/doctor/cluster-findings.js';
import { runDoctorHost } from '../../../../cli/doctor/host.js';
import type { DoctorFinding } from '../../../../cli/doctor/section.js';
import { err, ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';
import {
  cgroups,
  cluster,
  disk,
  engine,
  type HostFacts,
  healthy,
  rights,
  STATE_DIR,
  sectionsOf,
  versionsOf,
} from './host-build.js';

const url = 'nats://10.0.0.5:4222';
/** Without a connection nothing else of the cluster is known. */
const cut = (sentence: string, isGuess = false): HostFacts['cluster'] => {
  const connection: ConnectionFacts = { isConnected: false, url, isGuess, ...causeOf(sentence) };
  return { connection };
};
const UNREACHABLE =
  `NATS at ${url} cannot be reached (CONNECTION_REFUSED): start nats-server there (dqoes up ` +
  'starts one) or give the right address.';
const REFUSED =
  `NATS at ${url} cannot be reached ('Authorization Violation'): it does not know these ` +
  'credentials, or none were given: give a key with --creds or nats.credentials; whoever runs ' +
  'it makes one with dqoes auth add-user.';

interface Case {
  readonly name: string;
  readonly facts: Partial<HostFacts>;
  readonly what: string;
  readonly state: DoctorFinding['state'];
  readonly detail: RegExp;
  readonly cure: RegExp;
  readonly code: 0 | 1;
}

const CASES: readonly Case[] = [
  {
    name: 'no rights on the socket of Docker',
    facts: {
      engine: err({
        what: 'does not answer at /var/run/docker.sock (connect EACCES)',
        cure: 'run as root or as a member of the group docker',
      }),
    },
    what: 'Docker Engine',
    state: 'missing',
    detail: /does not answer at \/var\/run\/docker\.sock \(connect EACCES\)/,
    cure: /member of the group docker/,
    code: 1,
  },
  {
    name: 'no CPU controller',
    facts: { cgroups: { ...cgroups, controllers: ['memory', 'pids'] } },
    what: 'CPU controller',
    state: 'missing',
    detail: /is missing/,
    cure: /CONFIG_CFS_BANDWIDTH.*cgroup_disable=cpu/,
    code: 1,
  },
  {
    name: 'a CPU controller without quotas, as Docker says',
    facts: { engine: ok({ ...engine, hasCpuQuota: false }) },
    what: 'CPU controller',
    state: 'missing',
    detail: /sets no quota/,
    cure: /CONFIG_CFS_BANDWIDTH/,
    code: 1,
  },
  {
    name: 'a quota above all containers',
    facts: { cgroups: { ...cgroups, parentQuotaCores: 2.5 } },
    what: 'CPU of all containers',
    state: 'limited',
    detail: /leaves 2\.5 of 8 CPUs/,
    cure: /plans with that/,
    code: 0,
  },
  {
    name: 'a cpuset for all containers',
    facts: { cgroups: { ...cgroups, parentCpus: 4 } },
    what: 'CPUs of containers',
    state: 'limited',
    detail: /leaves 4 of 8/,
    cure: /reserve\.cpu/,
    code: 0,
  },
  {
    name: 'NATS unreachable',
    facts: { cluster: cut(UNREACHABLE) },
    what: 'NATS',
    state: 'missing',
    detail: /^nats:\/\/10\.0\.0\.5:4222: CONNECTION_REFUSED$/,
    cure: /^start nats-server there/,
    code: 1,
  },
  {
    name: 'no cluster, where none was named',
    facts: { cluster: cut(UNREACHABLE, true) },
    what: 'NATS',
    state: 'limited',
    detail: /^no cluster was named, and nats:/,
    cure: /give the right address, with --nats$/,
    code: 0,
  },
  {
    name: 'wrong credentials',
    facts: { cluster: cut(REFUSED) },
    what: 'NATS',
    state: 'missing',
    detail: /refuses this key \('Authorization Violation'\)/,
    cure: /give a key with --creds/,
    code: 1,
  },
  {
    name: 'one permission missing',
    facts: { cluster: { ...cluster, permissions: rights('dqoes.v1.main.svc.policy-get.U1') } },
    what: 'may publish',
    state: 'missing',
    detail: /^not dqoes\.v1\.main\.svc\.policy-get\.U1$/,
    cure: /dqoes auth update/,
    code: 1,
  },
  {
    name: 'a server that asks for no key',
    facts: { cluster: { ...cluster, permissions: { ...rights(), isOpen: true } } },
    what: 'rights',
    state: 'limited',
    detail: /whoever reaches it may do everything/,
    cure: /dqoes auth init/,
    code: 0,
  },
  {
    name: 'a coordinator that is silent',
    facts: {
      cluster: {
        connection: cluster.connection,
        coordinator: { what: 'no coordinator serves this cluster', cure: 'see its log' },
      },
    },
    what: 'coordinator',
    state: 'missing',
    detail: /no coordinator serves/,
    cure: /see its log/,
    code: 1,
  },
  {
    name: 'a clock off by a minute',
    facts: { cluster: { ...cluster, clock: { offsetMs: -60_000, uncertaintyMs: 2 } } },
    what: 'clock',
    state: 'limited',
    detail: /the coordinator is 1m(in)? behind, to 2ms/,
    cure: /NTP/,
    code: 0,
  },
  {
    name: 'a coordinator of the release before',
    facts: { cluster: { ...cluster, clock: null } },
    what: 'clock',
    state: 'limited',
    detail: /0\.1\.0 does not tell the time/,
    cure: /upgrade/,
    code: 0,
  },
  {
    name: 'a full disk',
    facts: { disk: ok({ ...disk, freeBytes: 1e6 }) },
    what: 'state folder',
    state: 'missing',
    detail: /\/var\/lib\/dqoes, 0 MiB free/,
    cure: /make room/,
    code: 1,
  },
  {
    name: 'a disk that is read-only',
    facts: { disk: ok({ ...disk, isWritable: false, isReadOnly: true }) },
    what: 'state folder',
    state: 'missing',
    detail: /\/var\/lib\/dqoes is on a read-only disk/,
    cure: /mount it for writing/,
    code: 1,
  },
  {
    name: 'no files left on the disk',
    facts: { disk: ok({ ...disk, freeFiles: 3 }) },
    what: 'state folder',
    state: 'missing',
    detail: /3 files can be made/,
    cure: /make room/,
    code: 1,
  },
  {
    name: 'a GPU by the legacy hook',
    facts: { gpus: { vendors: ['nvidia'], gpus: [], troubles: [], injectionMode: 'hook' } },
    what: 'GPUs for containers',
    state: 'limited',
    detail: /legacy hook/,
    cure: /enable CDI in Docker/,
    code: 0,
  },
  {
    name: 'an agent of the release before',
    facts: { cluster: { ...cluster, versions: versionsOf('0.2.0', '0.1.0') } },
    what: 'versions',
    state: 'limited',
    detail: /^agent h2 \(0\.1\.0\) not of 0\.2\.0$/,
    cure: /upgrade to 0\.2\.0/,
    code: 0,
  },
  {
    name: 'an agent two releases ahead',
    facts: { cluster: { ...cluster, versions: versionsOf('0.4.0') } },
    what: 'versions',
    state: 'missing',
    detail: /more than one release apart/,
    cure: /release by release/,
    code: 1,
  },
];

describe('dqoes doctor', () => {
  const look = async (facts: HostFacts, output: 'json' | 'table' | 'wide' = 'json') => {
    const { app, out } = testApp();
    const code = await runDoctorHost(app, { output }, sectionsOf(facts));
    return { code, text: out.join('\n') };
  };
  const findingsOf = async (facts: HostFacts) => {
    const { code, text } = await look(facts);
    const { sections } = JSON.parse(text) as {
      sections: readonly { readonly findings: readonly DoctorFinding[] }[];
    };
    return { code, findings: sections.flatMap(({ findings }) => findings) };
  };

  it('finds nothing to do on a healthy host', async () => {
    const { code, findings } = await findingsOf(healthy);
    assert.equal(code, 0);
    assert.deepEqual(
      findings.filter(({ state, cure }) => state !== 'works' || cure !== ''),
      [],
    );
    const names = new Set(findings.map(({ what }) => what));
    for (const { what } of CASES)
      if (what !== 'GPUs for containers') assert.ok(names.has(what), what);
  });

  for (const { name, facts, what, state, detail, cure, code: expected } of CASES)
    it(`says so and what to do: ${name}`, async () => {
      const { code, findings } = await findingsOf({ ...healthy, ...facts });
      const found = findings.find((one) => one.what === what && one.state !== 'works');
      assert.equal(found?.state, state, JSON.stringify(findings));
      assert.match(found?.detail ?? '', detail);
      assert.match(found?.cure ?? '', cure);
      assert.equal(code, expected);
      // Nothing else is blamed but what belongs to it.
      const others = findings.filter((one) => one.state !== 'works' && one !== found);
      const isKin = (one: DoctorFinding): boolean => ['rights', what].includes(one.what);
      assert.ok(others.every(isKin), JSON.stringify(others));
    });

  it('lists each right in JSON and -o wide, in the table only those that are missing', async () => {
    const wide = await look(healthy, 'wide');
    assert.match(wide.text, /may publish +works +dqoes\.v1\.main\.svc\.job-list\.U1/);
    const table = await look(healthy, 'table');
    assert.doesNotMatch(table.text, /may publish/);
    assert.match(table.text, /rights +works +2 of 2 that the role viewer needs/);
    assert.match(table.text, new RegExp(`state folder +works +${STATE_DIR}, 4096 MiB free`));
  });

  it('goes on with --watch until it is aborted, with one object a line', async () => {
    const stop = new AbortController();
    const { app, out } = testApp();
    let sleeps = 0;
    const clock = {
      ...app.clock,
      sleep: async () => {
        sleeps += 1;
        if (sleeps === 2) stop.abort();
      },
    };
    const watched = { ...app, clock, signal: stop.signal };
    const asked = { output: 'json', watch: true } as const;
    assert.equal(await runDoctorHost(watched, asked, sectionsOf(healthy)), 0);
    assert.equal(out.length, 2);
    for (const line of out) assert.ok(Array.isArray(JSON.parse(line).sections));
  });
});
