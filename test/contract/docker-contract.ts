import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogLine, LogStart } from '../../agent/ports/logs.js';
import { isLogTime } from '../../proto/log-follow.js';
import { until } from '../lib/until.js';
import { describeRunAndStop } from './docker-contract-run.js';
import { describeUpdateCpu } from './docker-contract-update.js';
import { type EngineFixture, engineFixture, OPT_IN } from './engine-fixture.js';
import type { EngineWorld } from './engine-world.js';

/**
 * What every container engine driver promises; the refusals are those measured on a real engine.
 */
export function describeEngine(title: string, open: () => Promise<EngineWorld>): void {
  describe(`container engine: ${title}`, function () {
    this.timeout(20_000);
    const fixture = engineFixture(open);
    describe('list', () => {
      testLists(fixture);
      testFinds(fixture);
      testImageLabels(fixture);
    });
    describeUpdateCpu(fixture);
    describeRunAndStop(fixture);
    describe('logs', () => {
      testLogs(fixture);
      testLogFrom(fixture);
    });
    testEvents(fixture);
  });
}

function testLists(fixture: EngineFixture): void {
  const { find, optedIn } = fixture;
  it('shows containers with our labels and no other', async () => {
    const { world } = fixture;
    const ours = await optedIn('ours', { nanoCpus: 500_000_000 });
    const foreign = await world.create({ name: `${world.prefix}-foreign`, labels: {} });
    const listed = await world.engine.list();
    assert.ok(listed.ok);
    assert.equal(
      listed.value.some((container) => container.id === foreign),
      false,
    );
    const shown = await find(ours);
    assert.equal(shown.name, `${world.prefix}-ours`);
    assert.equal(shown.running, true);
    assert.equal(shown.exitCode, null);
    assert.ok(shown.pid > 0);
    assert.equal(shown.cpu.nanoCpus, 500_000_000);
  });

  it('sees a new life of the same container', async () => {
    const { world } = fixture;
    const id = await optedIn('lives');
    const before = await find(id);
    await world.restart(id);
    await until(async () => (await find(id)).startedAt !== before.startedAt, 'another StartedAt');
    const after = await find(id);
    assert.notEqual(after.pid, before.pid);
    assert.equal(after.running, true);
  });

  it('shows a container that was never started as not running', async () => {
    const { world } = fixture;
    const id = await world.create({
      name: `${world.prefix}-never`,
      labels: OPT_IN,
      run: false,
    });
    const shown = await find(id);
    assert.equal(shown.running, false);
    assert.equal(shown.pid, 0);
    assert.match(shown.startedAt, /^0001-/);
  });
}

function testFinds(fixture: EngineFixture): void {
  const { find, optedIn } = fixture;
  it('finds any container by id, as it is now, and says gone where there is none', async () => {
    const { world } = fixture;
    const id = await world.create({ name: `${world.prefix}-found`, labels: {}, cpu: {} });
    const found = await world.engine.find(id);
    assert.ok(found.ok);
    assert.deepEqual([found.value.name, found.value.cpu.quotaUs], [`${world.prefix}-found`, 0]);
    await world.remove(id);
    const gone = await world.engine.find(id);
    assert.equal(!gone.ok && gone.error.kind, 'gone');
  });

  it('forgets a container that was removed', async () => {
    const { world } = fixture;
    const id = await optedIn('removed');
    await find(id);
    await world.remove(id);
    const listed = await world.engine.list();
    assert.ok(listed.ok);
    assert.equal(
      listed.value.some((container) => container.id === id),
      false,
    );
  });
}

function testImageLabels(fixture: EngineFixture): void {
  const { find } = fixture;
  it('tells the labels of a person from those of the image', async () => {
    const { world } = fixture;
    const imageLabels = { 'dqoes.enable': 'true', 'dqoes.weight': '1000' };
    const fromImage = await world.create({
      name: `${world.prefix}-from-image`,
      labels: { 'test.own': 'yes' },
      imageLabels,
    });
    const shown = await find(fromImage);
    assert.equal(shown.imageLabels?.['dqoes.enable'], 'true');
    assert.equal(shown.imageLabels?.['dqoes.weight'], '1000');
    assert.equal(shown.labels['test.own'], 'yes');
    assert.equal(shown.labels['dqoes.enable'], undefined);
    const found = await world.engine.find(fromImage);
    assert.ok(found.ok);
    assert.deepEqual(found.value.labels, shown.labels);

    const own = { 'dqoes.enable': 'true', 'dqoes.weight': '2' };
    const overriding = await world.create({
      name: `${world.prefix}-overriding`,
      labels: own,
      imageLabels,
    });
    const listed = await find(overriding);
    assert.equal(listed.labels['dqoes.weight'], '2');
    // The same value on both sides: nothing tells who meant it, so it does not count.
    assert.equal(listed.labels['dqoes.enable'], undefined);
  });

  it('lets no image pass for the container of a job', async () => {
    const { world } = fixture;
    const imageLabels = { 'dqoes.allocation': 'face-1', 'dqoes.job': 'face' };
    const id = await world.create({ name: `${world.prefix}-faked`, labels: {}, imageLabels });
    assert.equal((await find(id)).labels['dqoes.allocation'], undefined);
  });
}

const NEVER = new AbortController().signal;

function testLogs(fixture: EngineFixture): void {
  const { optedIn } = fixture;
  it('hands on new lines only, until aborted', async () => {
    const { world } = fixture;
    const id = await optedIn('talks');
    await world.write(id, 'before');
    const seen: string[] = [];
    const controller = new AbortController();
    const sink = { onLine: (line: string) => void seen.push(line), onSkip: () => undefined };
    world.engine.followLogs(id, sink, controller.signal);
    let round = 0;
    await until(async () => {
      round += 1;
      await world.write(id, `round ${round}`);
      return seen.length > 0;
    }, 'a line');
    controller.abort();
    assert.match(seen[0] ?? '', /^round \d+$/);
    assert.equal(seen.includes('before'), false);
  });

  it('gives the last lines', async () => {
    const { world } = fixture;
    const id = await optedIn('talked');
    for (const line of ['one', 'two', 'three']) await world.write(id, line);
    await until(async () => {
      const tail = await world.engine.tailLogs(id, 2);
      return tail.ok && tail.value.join() === 'two,three';
    }, 'the last two lines');
  });

  it('says gone for a removed container', async () => {
    const { world } = fixture;
    const id = await optedIn('silent');
    await world.remove(id);
    const tail = await world.engine.tailLogs(id, 2);
    assert.ok(!tail.ok);
    assert.equal(tail.error.kind, 'gone');
  });
}

function testLogFrom(fixture: EngineFixture): void {
  const { optedIn } = fixture;
  it('gives a log from a place on, with times, and follows it to the end', async () => {
    const { world } = fixture;
    const id = await optedIn('followed');
    for (const line of ['one', 'two', 'three']) await world.write(id, line);
    const read = async (start: Omit<LogStart, 'follow'>): Promise<readonly LogLine[]> => {
      const opened = await world.engine.openLog(id, { ...start, follow: false }, NEVER);
      assert.ok(opened.ok, JSON.stringify(opened));
      const lines: LogLine[] = [];
      for await (const batch of opened.value) lines.push(...batch);
      return lines;
    };
    let all: readonly LogLine[] = [];
    await until(async () => {
      all = await read({});
      return all.length === 3;
    }, 'three lines');
    const textsOf = (lines: readonly LogLine[]) => lines.map(({ text }) => text);
    assert.deepEqual(textsOf(all), ['one', 'two', 'three']);
    for (const { time } of all) assert.ok(isLogTime(time), time);
    assert.deepEqual(textsOf(await read({ tail: 2 })), ['two', 'three']);
    assert.deepEqual(await read({ since: all[1]?.time ?? '' }), all.slice(1));
    const end = new AbortController();
    const opened = await world.engine.openLog(id, { tail: 0, follow: true }, end.signal);
    assert.ok(opened.ok);
    const iterator = opened.value[Symbol.asyncIterator]();
    const next = iterator.next();
    await world.write(id, 'four');
    const { value } = await next;
    assert.deepEqual(textsOf((value as readonly LogLine[] | undefined) ?? []), ['four']);
    const last = iterator.next();
    end.abort();
    assert.equal((await last).done, true);
  });

  it('has no log of a container that is gone', async () => {
    const { world } = fixture;
    const id = await optedIn('unread');
    await world.remove(id);
    const opened = await world.engine.openLog(id, { follow: true }, NEVER);
    assert.ok(!opened.ok);
    assert.equal(opened.error.kind, 'gone');
  });
}

function testEvents(fixture: EngineFixture): void {
  const { optedIn, update } = fixture;
  it('tells events until aborted', async () => {
    const { world } = fixture;
    const id = await optedIn('events');
    const seen: string[] = [];
    const controller = new AbortController();
    world.engine.events(
      (event) => event.containerId === id && seen.push(event.action),
      controller.signal,
    );
    let quotaUs = 20_000;
    await until(async () => {
      quotaUs += 1000;
      await update(id, { quotaUs });
      return seen.includes('update');
    }, 'an update event');
    await world.remove(id);
    await until(() => seen.includes('destroy'), 'a destroy event');
    controller.abort();
  });

  it('answers a ping with its version', async () => {
    const { world } = fixture;
    const answer = await world.engine.ping();
    assert.ok(answer.ok);
    assert.notEqual(answer.value.version, '');
  });
}
