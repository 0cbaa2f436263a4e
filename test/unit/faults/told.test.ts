import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lineLog } from '../../../cli/log.js';
import { EventPublisher } from '../../../coordinator/dispatch/event-publisher.js';
import { Complaints } from '../../../proto/nats/complaints.js';
import { subjectsOf } from '../../../proto/subjects.js';
import type { Log } from '../../../shared/log.js';
import { err } from '../../../shared/result.js';
import type { Fault, Play } from '../../faults/kinds/fault.js';
import { FAULTS } from '../../faults/kinds/index.js';
import { ManualClock } from '../../lib/manual-clock.js';
import { jobName } from '../coordinator/build.js';
import { DividedWorld, LEASE_MS } from '../coordinator/workers/divided-world.js';

/** What a program writes to its log, as it does. */
class Said {
  text = '';
  readonly log: Log;

  constructor(clock = new ManualClock()) {
    const write = (line: string): void => {
      this.text += `${line}\n`;
    };
    this.log = lineLog({ write, clock, level: 'info' });
  }
}

/** Whether the fault counts as told where each program has written that since it began. */
async function isToldBy(fault: Fault, text: string): Promise<boolean> {
  const cluster = { events: [], saidSince: () => text, ask: async () => undefined };
  const nodes = { node: async () => undefined };
  const play = { cluster: { ...cluster, ...nodes }, fromMs: 0, mark: {} };
  return (await fault.told?.(play as unknown as Play)) === true;
}

/** Those in which NATS answers late, or not, or cannot store. */
const NATS_AWAY = FAULTS.filter(
  ({ name, told }) =>
    told !== undefined && /of NATS/.test(name) && !/back empty|coordinators|everything/.test(name),
);

describe('faults of NATS are told', () => {
  it('of which there are several', () => {
    assert.ok(NATS_AWAY.length >= 6, NATS_AWAY.map(({ name }) => name).join('; '));
  });

  for (const kind of ['read', 'write'] as const)
    it(`by a ${kind} of the store that fails`, async () => {
      const said = new Said();
      const complaints = new Complaints(said.log);
      complaints.failed('KV_dqoes-x-jobs', kind, { failure: 'unknown', error: 'TIMEOUT' });
      for (const fault of NATS_AWAY) assert.ok(await isToldBy(fault, said.text), fault.name);
    });

  it('by a leadership that ends, and not before', async () => {
    const world = await DividedWorld.make(1);
    const said = new Said(world.clock);
    let isAway = false;
    const settings = world.settingsOf(0);
    const { deps } = world.depsOf(settings, async (_, put) =>
      isAway ? err('unknown' as const) : put(),
    );
    const started = await world.tryStart(settings, { ...deps, log: said.log });
    assert.ok(started.ok);
    await world.live(5);
    assert.notEqual(said.text, '', 'it has said that it leads');
    for (const fault of NATS_AWAY) assert.ok(!(await isToldBy(fault, said.text)), fault.name);
    isAway = true;
    await world.live((2 * LEASE_MS) / 1000);
    for (const fault of NATS_AWAY) assert.ok(await isToldBy(fault, said.text), fault.name);
    const stopped = started.value.stop();
    for (let turn = 0; turn < 20; turn += 1) await world.clock.advance(1000);
    await stopped;
  });

  it('by events that wait, where the disk of NATS is full', async () => {
    const clock = new ManualClock();
    const said = new Said(clock);
    const append = async () => err('unknown' as const);
    const subjects = subjectsOf('x');
    const publisher = new EventPublisher({ log: said.log, clock, subjects, events: { append } });
    const full = FAULTS.find(({ name }) => name === 'the disk of NATS is full') ?? assert.fail();
    assert.ok(!(await isToldBy(full, said.text)));
    const data = { job: jobName('a'), reason: 'test' };
    publisher.add([{ type: 'dqoes.job.stopped', id: '1', source: '/test', timeMs: 0, data }]);
    await clock.advance(0);
    assert.ok(await isToldBy(full, said.text), said.text);
    await publisher.stop();
  });

  it('not by what a coordinator says that has its answers again', async () => {
    const said = new Said();
    const complaints = new Complaints(said.log);
    for (let i = 0; i < 2; i += 1)
      complaints.failed('KV_dqoes-x-jobs', 'read', { failure: 'unknown', error: 'TIMEOUT' });
    said.text = '';
    complaints.worked('KV_dqoes-x-jobs', 'read');
    assert.match(said.text, /works again/);
    for (const fault of NATS_AWAY) assert.ok(!(await isToldBy(fault, said.text)), fault.name);
  });
});
