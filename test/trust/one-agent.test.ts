import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import { roundsOr } from '../lib/rounds.js';
import { look } from './containers.js';
import { atRandom, Ups } from './ups.js';

const ROUNDS = roundsOr(2);
/** From the start, and from when all is limited. */
const MAX_DELAY_MS = 8000;
const LATER_MS = 4000;

describe('trust: one agent per Engine', () => {
  let ups: Ups;
  before(async () => {
    ups = await Ups.open('one');
  });
  afterEach(async () => {
    await ups.restore();
  });
  after(() => ups?.close());

  const asBefore = async (what = ''): Promise<void> =>
    assert.deepEqual(await look(ups.containers), ups.before, what);

  it('the second is told in one sentence who the first is, and changes nothing', async () => {
    const first = ups.start('a');
    await ups.untilLimited(first);
    const limited = await look(ups.containers);
    const second = await ups.start('b').ended;
    assert.equal(second.code, 1, second.err);
    const who =
      `Another agent (process ${first.child.pid}, state folder ${ups.stateOf('a')}/agent, ` +
      'cluster a, since ';
    const sentence = second.err.split('\n').filter((line) => line.startsWith(who));
    assert.equal(sentence.length, 1, second.err);
    assert.match(sentence[0] ?? '', /end it first.*\[engine\.held\]$/);
    assert.deepEqual(await look(ups.containers), limited);
    assert.equal((await first.end('SIGTERM')).code, 0);
    await asBefore();
  });

  it('the next after a crash starts at once, and puts back what the first found', async () => {
    const first = ups.start('a');
    await ups.untilLimited(first);
    await first.end('SIGKILL');
    const second = ups.start('b');
    await ups.untilUp(second);
    const { code, err } = await second.end('SIGTERM');
    assert.equal(code, 0, err);
    await asBefore(err);
  });

  it('one that starts while another is ending waits for it', async () => {
    const first = ups.start('a');
    await ups.untilLimited(first);
    const second = ups.start('b');
    // It has begun to wait, or will soon: both are to be right.
    await sleep(1500);
    const ended = await first.end('SIGTERM');
    assert.equal(ended.code, 0, ended.err);
    await ups.untilUp(second);
    await ups.untilLimited(second);
    assert.equal((await second.end('SIGTERM')).code, 0);
    await asBefore();
  });

  it(`two at once, killed together or one by one, leave nothing (${ROUNDS} rounds)`, async () => {
    let limited = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const both = [ups.start('a'), ups.start('b')];
      const isLater = round % 2 === 1;
      const mostMs = isLater ? LATER_MS : MAX_DELAY_MS;
      const [one, other] = [atRandom(mostMs), atRandom(mostMs)];
      const isAtOnce = Math.random() < 0.5;
      if (isLater) await ups.untilLimited(...both);
      limited += isLater ? 1 : 0;
      await Promise.all(
        both.map(async (program, i) => {
          const { signal, afterMs } = i === 0 || isAtOnce ? one : other;
          await sleep(afterMs);
          return program.end(signal);
        }),
      );
      const what = `round ${round}: ${JSON.stringify(isAtOnce ? [one] : [one, other])}`;
      const { code, err } = await ups.restore();
      assert.equal(code, 0, `${what}: ${err}`);
      await asBefore(what);
      assert.deepEqual(await ups.registered(), [], what);
    }
    process.stdout.write(
      `      limits were in force, or about to be, at ${limited} of ${ROUNDS} signals or more\n`,
    );
  });
});
