import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { container, job, jobName, nodeId, target } from '../build.js';
import { World } from '../world.js';

describe('coordinator: calls and stores', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.make();
  });
  afterEach(() => world.stop());

  it('updates in place: a new target is no restart, the same file changes nothing', async () => {
    await world.start();
    await world.call('job-submit', { jobs: [job('a')] });
    await world.live(2);
    const revision = world.agent.desired?.revision;
    assert.deepEqual(await world.call('job-submit', { jobs: [job('a')] }), {
      ok: true,
      value: { created: [], updated: [], unchanged: ['a'] },
    });
    assert.equal(world.agent.desired?.revision, revision);
    await world.call('job-submit', { jobs: [job('a', { target: target(250) })] });
    assert.deepEqual(
      [
        world.agent.desired?.revision,
        world.agent.desired?.allocations[0]?.spec?.target.latencyMs,
        world.agent.desired?.allocations[0]?.limit.cpuCores,
      ],
      [(revision ?? 0) + 1, 250, 2],
    );
    await world.call('job-submit', { jobs: [job('a', { image: 'dqoes/tiny:2' })] });
    assert.deepEqual(
      [world.agent.desired?.allocations[0]?.id, world.agent.desired?.allocations[0]?.spec?.image],
      ['a-1', 'dqoes/tiny:2'],
    );
  });

  it('says how to stop a job whose containers dqoes did not start', async () => {
    await world.start();
    world.agent.others = [
      container('adopted-0b26c2052fbf', {
        origin: 'label',
        name: 'search-api',
        job: jobName('search'),
        target: null,
      }),
    ];
    await world.live(1);
    const answer = await world.call('job-stop', { name: jobName('search') });
    assert.ok(!answer.ok);
    assert.equal(answer.error[0]?.code, 'service.adopted');
    assert.match(
      answer.error[0]?.message ?? '',
      /search-api on h1: stop it there \(docker stop search-api\)/,
    );
    const none = await world.call('job-stop', { name: jobName('nobody') });
    assert.ok(!none.ok && none.error[0]?.code === 'service.not-found');
  });

  it('acknowledges an unchanged job only where the store still holds it', async () => {
    await world.start();
    await world.call('job-submit', { jobs: [job('a')] });
    const opened = await world.stores.open('test', 'jobs');
    assert.ok(opened.ok);
    await opened.value.delete('a');
    const answer = await world.call('job-submit', { jobs: [job('a')] });
    assert.deepEqual(answer.ok && answer.value.updated, ['a']);
    const read = await opened.value.get('a');
    assert.ok(read.ok && read.value !== null);
  });

  it('a coordinator that is replaced while it starts answers no call', async () => {
    const first = await world.start('c1');
    await world.call('job-submit', { jobs: [job('a')] });
    await world.live(1);
    const second = await world.start('c2');
    await world.clock.advance(100);
    assert.match(await first.ended, /another coordinator has led since epoch/);
    // While it starts, raising the epoch finds the later epoch of the third coordinator.
    const begun = world.tryStart('c3');
    const third = world.tryStart('c4');
    await world.clock.advance(50);
    const handles = (await Promise.all([begun, third])).flatMap((each) =>
      each.ok ? [each.value] : [],
    );
    await world.clock.advance(12_000);
    for (let n = 0; n < 4; n += 1) assert.ok((await world.call('job-list', {})).ok);
    const submitted = await world.call('job-submit', { jobs: [job('b')] });
    assert.ok(submitted.ok, JSON.stringify(submitted));
    await Promise.all([second, ...handles].map((each) => each.stop()));
  });

  it('refuses a token that ends after all time, and makes none', async () => {
    await world.start();
    const token = { id: 'abcdefgh01', name: '', role: 'viewer', hash: '0'.repeat(64) } as const;
    const made = await world.call('token-create', { ...token, expiresAtMs: 8.64e15 + 1 });
    assert.equal(made.ok ? '' : made.error[0]?.code, 'service.bad-request');
    const listed = await world.call('token-list', {});
    assert.deepEqual(listed.ok && listed.value.tokens, []);
    assert.ok((await world.call('token-create', { ...token, expiresAtMs: 8.64e15 })).ok);
  });

  it('changes the policy at once and stores it', async () => {
    const first = await world.start();
    await world.call('job-submit', { jobs: [job('a'), job('b')] });
    await world.live(2);
    await world.call('policy-set', { policy: 'default' });
    assert.deepEqual([world.coresOf('a'), world.coresOf('b')], [null, null]);
    await first.stop();
    await world.start();
    const got = await world.call('policy-get', {});
    assert.ok(got.ok && got.value.policy === 'default');
  });

  it('cordons and opens a node, also across a restart', async () => {
    const first = await world.start();
    await world.live(1);
    assert.deepEqual(await world.call('node-set', { id: nodeId('h1'), scheduling: 'cordoned' }), {
      ok: true,
      value: { id: 'h1', scheduling: 'cordoned' },
    });
    await first.stop();
    await world.start();
    await world.call('job-submit', { jobs: [job('a')] });
    await world.live(2);
    const waits = await world.call('job-status', { name: job('a').name });
    assert.match(
      waits.ok ? (waits.value.job.reasons[0] ?? '') : '',
      /node h1 accepts no new allocations: cordoned/,
    );
    await world.call('node-set', { id: nodeId('h1'), scheduling: 'open' });
    await world.live(2);
    assert.equal(world.agent.desired?.allocations.length, 1);
    const unknown = await world.call('node-set', { id: nodeId('h9'), scheduling: 'draining' });
    assert.ok(!unknown.ok && unknown.error[0]?.code === 'service.not-found');
    assert.equal(unknown.error[0].field, 'id', 'as the request calls it');
  });

  it('plans without storing anything, and refuses a bad job as a submission would', async () => {
    await world.start();
    await world.live(1);
    const planned = await world.call('job-plan', { jobs: [job('a')] });
    assert.ok(planned.ok);
    assert.deepEqual(
      planned.value.plans.map(({ change, allocations }) => [
        change,
        allocations[0]?.node,
        allocations[0]?.verdict,
      ]),
      [['created', 'h1', 'unknown']],
    );
    await world.live(2);
    assert.equal(world.agent.desired?.allocations.length ?? 0, 0);
    const bad = await world.call('job-plan', { jobs: [job('a'), job('a')] });
    assert.ok(!bad.ok && bad.error[0]?.code === 'job.duplicate');
  });

  it('gives way to a later leader for good', async () => {
    const first = await world.start('c1');
    await world.call('job-submit', { jobs: [job('a')] });
    await world.live(1);
    const second = await world.start('c2');
    assert.match(await first.ended, /epoch 2/);
    const answer = await world.call('job-submit', { jobs: [job('b')] });
    assert.ok(answer.ok);
    await world.live(1);
    assert.equal(second.status().jobs.length, 2);
    assert.ok(world.agent.commands.slice(-2).every(({ epoch }) => epoch === 2));
  });

  it('refuses a bad submission with every fault at once and stores nothing of it', async () => {
    await world.start();
    const twins = ['a', 'b'].map((end) => job(`${'x'.repeat(58)}${end}`));
    const bad = job('bad', {
      replicas: 5000,
      env: { CUDA_MPS_PIPE_DIRECTORY: '/tmp' },
      resources: { cpu: { minCores: 0.001, maxCores: 0.0005 }, memoryBytes: 1 },
      latency: { source: 'log', pattern: '(', unit: 'ms' },
    });
    const answer = await world.call('job-submit', { jobs: [bad, ...twins, job('a'), job('a')] });
    assert.ok(!answer.ok);
    assert.deepEqual(
      answer.error.map(({ code, field }) => `${code} ${field}`),
      [
        'job.bad-value jobs[0].resources.cpu.min',
        'job.bad-value jobs[0].resources.cpu.max',
        'job.bad-value jobs[0].resources.memory',
        'job.bad-value jobs[0].replicas',
        'job.bad-value jobs[0].latency.pattern',
        'job.bad-value jobs[0].env',
        'job.bad-value jobs[2].name',
        'job.duplicate jobs[4].name',
      ],
    );
    const jobs = await world.call('job-list', {});
    assert.deepEqual(jobs, { ok: true, value: { jobs: [] } });
  });

  it('shows the names of environment variables, never their values', async () => {
    await world.start();
    const secret = { env: { TOKEN: 'open-sesame', MODE: '' } };
    assert.ok((await world.call('job-submit', { jobs: [job('a', secret)] })).ok);
    await world.live(3);
    const answers = [
      await world.call('job-status', { name: jobName('a') }),
      await world.call('job-list', {}),
      await world.call('allocation-list', {}),
      await world.call('node-list', {}),
    ];
    assert.doesNotMatch(JSON.stringify(answers), /open-sesame/);
    assert.match(JSON.stringify(answers), /"env":{"TOKEN":"\(hidden\)","MODE":"\(hidden\)"}/);
    assert.equal(world.agent.desired?.allocations[0]?.spec?.env.TOKEN, 'open-sesame');
    const copied = { env: { TOKEN: '(hidden)' } };
    assert.ok((await world.call('job-plan', { jobs: [job('a', copied)] })).ok);
    assert.ok((await world.call('job-submit', { jobs: [job('a', copied)] })).ok);
    await world.live(3);
    assert.deepEqual(world.agent.desired?.allocations[0]?.spec?.env, { TOKEN: 'open-sesame' });
    for (const name of ['b', 'a']) {
      const env = { OTHER: '(hidden)' };
      const none = await world.call('job-submit', { jobs: [job(name, { env })] });
      assert.ok(!none.ok && /write the value itself/.test(none.error[0]?.message ?? ''));
    }
  });

  it('answers JSON in JSON, and an unreadable request with a coded fault', async () => {
    await world.start();
    const headers = { 'content-type': 'application/json' };
    const ask = async (text: string) => {
      const asked = world.bus.request(
        world.subjects.service('policy-set'),
        new TextEncoder().encode(text),
        {
          timeoutMs: 60_000,
          headers,
        },
      );
      await world.clock.advance(50);
      const answer = await asked;
      assert.ok(answer.ok);
      return JSON.parse(new TextDecoder().decode(answer.value.data));
    };
    assert.deepEqual(await ask('{"policy":"equal"}'), { ok: true, value: { policy: 'equal' } });
    const refused = await ask('{"policy":"fair"}');
    assert.deepEqual(
      [refused.ok, refused.faults[0].code, refused.faults[0].field],
      [false, 'service.bad-request', 'policy'],
    );
    assert.equal((await ask('{')).faults[0].code, 'service.bad-request');
  });

  it('starts only on stores that exist and can be read, and names the bad one', async () => {
    const jobs = await world.stores.open('test', 'jobs');
    const desired = await world.stores.open('test', 'desired');
    assert.ok(jobs.ok && desired.ok);
    await jobs.value.put('a', new Uint8Array([255, 255]));
    await desired.value.put('h9', new Uint8Array([255, 255]));
    const unreadable = await world.tryStart('c1');
    assert.ok(!unreadable.ok && unreadable.error[0]?.field === 'jobs/a');
    world.stores.destroy('test', 'desired');
    const missing = await world.tryStart('c1');
    assert.ok(!missing.ok && /desired does not exist/.test(missing.error[0]?.message ?? ''));
  });

  it('never mistakes a missing bucket for an empty cluster', async () => {
    const coordinator = await world.start();
    await world.call('job-submit', { jobs: [job('a')] });
    await world.live(2);
    world.stores.destroy('test', 'desired');
    const { revision } = world.agent.holds;
    await world.call('job-submit', { jobs: [job('b')] });
    await world.live(3);
    assert.deepEqual(
      [world.agent.holds.revision, world.agent.desired?.allocations.length],
      [revision, 1],
    );
    assert.ok(coordinator.counters().dispatch.failed > 0);
  });

  it('counts malformed messages and goes on', async () => {
    const coordinator = await world.start();
    for (const road of [
      world.subjects.telemetry(world.agent.node),
      world.subjects.ack(world.agent.node),
      world.subjects.telemetry(nodeId('x')),
    ])
      world.bus.publish(road, new Uint8Array([0xc1, 0xff]));
    await world.clock.advance(50);
    await world.live(1);
    assert.deepEqual(Object.fromEntries(coordinator.counters().ingest.rejected), {
      'wire.malformed': 3,
    });
    assert.equal(coordinator.status().nodes.length, 1);
  });
});
