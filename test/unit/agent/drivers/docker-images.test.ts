import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DockerImages } from '../../../../agent/drivers/docker-images.js';
import { ManualClock } from '../../../lib/manual-clock.js';

type Client = ConstructorParameters<typeof DockerImages>[0];

/** An engine whose images answer as `answers` says; it counts how often each is asked for. */
class FakeImages {
  readonly asked: string[] = [];
  readonly answers = new Map<string, () => Promise<unknown>>();

  get client(): Client {
    const getImage = (id: string) => ({
      inspect: () => {
        this.asked.push(id);
        return this.answers.get(id)?.() ?? Promise.reject(notFound(id));
      },
    });
    return { getImage } as unknown as Client;
  }

  has(id: string, Labels: Readonly<Record<string, string>>): void {
    this.answers.set(id, async () => ({ Config: { Labels } }));
  }
}

const notFound = (id: string) =>
  Object.assign(new Error(`no such image: ${id}`), { statusCode: 404, json: {} });

describe('DockerImages', () => {
  it('reads an image once for all lists, and forgets one that none uses', async () => {
    const engine = new FakeImages();
    engine.has('a', { 'dqoes.enable': 'true' });
    engine.has('b', {});
    const images = new DockerImages(engine.client, new ManualClock());
    const [first] = await Promise.all([images.read(new Set(['a', 'b'])), images.labelsOf('a')]);
    assert.deepEqual(first.get('a'), { ok: true, value: { 'dqoes.enable': 'true' } });
    await images.read(new Set(['a', 'b']));
    assert.deepEqual(engine.asked.sort(), ['a', 'b']);
    await images.read(new Set(['b']));
    await images.read(new Set(['a', 'b']));
    assert.deepEqual(engine.asked.sort(), ['a', 'a', 'b']);
  });

  it('holds up no list for an image that does not answer, and says when it has', async () => {
    const engine = new FakeImages();
    const clock = new ManualClock();
    let answer: (info: unknown) => void = () => {};
    engine.answers.set('slow', () => new Promise((resolve) => (answer = resolve)));
    const images = new DockerImages(engine.client, clock);
    let late = 0;
    images.onLate = () => {
      late += 1;
    };
    await images.read(new Set());
    const reading = images.read(new Set(['slow']));
    await clock.advance(600);
    assert.equal((await reading).has('slow'), false);
    assert.equal(late, 0);
    answer({ Config: { Labels: { 'dqoes.weight': '9' } } });
    await clock.advance(1);
    assert.equal(late, 1);
    const now = await images.read(new Set(['slow']));
    assert.deepEqual(now.get('slow'), { ok: true, value: { 'dqoes.weight': '9' } });
    assert.equal(engine.asked.length, 1);
  });

  it('waits longer for the first list, from which nothing should be missing', async () => {
    const [engine, clock] = [new FakeImages(), new ManualClock()];
    let answer: (info: unknown) => void = () => {};
    engine.answers.set('slow', () => new Promise((resolve) => (answer = resolve)));
    const reading = new DockerImages(engine.client, clock).read(new Set(['slow']));
    await clock.advance(1500);
    answer({ Config: { Labels: {} } });
    assert.equal((await reading).has('slow'), true);
  });

  it('waits for all of many images before the first list', async () => {
    const [engine, clock] = [new FakeImages(), new ManualClock()];
    const ids = Array.from({ length: 12 }, (_, n) => `image-${n}`);
    for (const id of ids)
      engine.answers.set(id, async () => {
        await clock.sleep(500);
        return { Config: { Labels: {} } };
      });
    const reading = new DockerImages(engine.client, clock).read(new Set(ids));
    await clock.advance(4000);
    assert.equal((await reading).size, 12);
  });

  it('asks again for an image that was not there, but not in each list', async () => {
    const engine = new FakeImages();
    const clock = new ManualClock();
    const images = new DockerImages(engine.client, clock);
    const first = await images.read(new Set(['x']));
    const answer = first.get('x');
    assert.equal(answer?.ok === false && answer.error.kind, 'gone');
    await images.read(new Set(['x']));
    assert.equal(engine.asked.length, 1);
    await clock.advance(10_000);
    engine.has('x', {});
    assert.deepEqual((await images.read(new Set(['x']))).get('x'), { ok: true, value: {} });
  });

  it('does not take an answer that was cut short for an image without labels', async () => {
    const engine = new FakeImages();
    engine.answers.set('cut', async () => ({ Id: 'sha256:1' }));
    const images = new DockerImages(engine.client, new ManualClock());
    assert.equal((await images.labelsOf('cut')).ok, false);
  });
});
