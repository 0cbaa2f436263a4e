import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import { roundsOr } from '../lib/rounds.js';
import { look } from './containers.js';
import { atRandom, Ups } from './ups.js';

const ROUNDS = roundsOr(2);
/** From the start, and from when all is limited. */
const MAX_DELAY_MS = 6000;
const LATER_MS = 1500;

describe('trust: what is put back after a crash', () => {
  let ups: Ups;
  before(async () => {
    ups = await Ups.open('restore');
  });
  afterEach(async () => {
    await ups.restore('--state', ups.stateOf('a'));
  });
  after(() => ups?.close());

  const asBefore = async (): Promise<void> =>
    assert.deepEqual(await look(ups.containers), ups.before);

  it('is everything, by name, after SIGKILL, without being told the folder', async () => {
    const up = ups.start('a');
    await ups.untilLimited(up);
    await up.end('SIGKILL');
    const { code, out, err } = await ups.restore();
    assert.equal(code, 0, err);
    await asBefore();
    const lines = out.trim().split('\n').sort();
    const names = ups.containers.map(({ name }) => name).sort();
    assert.deepEqual(
      lines.map((line) => line.split(' ').slice(0, 2).join(' ')),
      names.map((name) => `${name} restored:`),
    );
    assert.match(out, /free restored: no limit\n/);
    assert.match(out, /cpus restored: 1\.5 cores\n/);
    assert.deepEqual(await ups.registered(), []);
    const again = await ups.restore();
    assert.deepEqual(
      [again.code, again.out, again.err.match(/Nothing to restore\./)?.length],
      [0, '', 1],
      again.err,
    );
  });

  it('is refused in one sentence while an agent runs', async () => {
    const up = ups.start('a');
    await ups.untilLimited(up);
    const limited = await look(ups.containers);
    const { code, out, err } = await ups.restore('--state', ups.stateOf('a'));
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(
      err,
      new RegExp(
        `^Another agent \\(process ${up.child.pid}, state folder ` +
          `${ups.stateOf('a')}/agent, cluster a, since `,
      ),
    );
    assert.match(err, /\[engine\.held\]\n$/);
    assert.equal(err.trim().split('\n').length, 1);
    assert.deepEqual(await look(ups.containers), limited);
    assert.equal((await up.end('SIGTERM')).code, 0);
    await asBefore();
    assert.deepEqual(await ups.registered(), []);
  });

  it('is known though the journal is lost or torn, or is all that is left', async () => {
    const journal = join(ups.stateOf('a'), 'agent', 'journal');
    const damages = [
      { code: 0, damage: () => rm(journal) },
      { code: 1, damage: () => writeFile(journal, 'dqoes-journal 1 sha256:torn') },
      { code: 0, damage: () => rm(ups.recordsDir, { recursive: true }) },
    ];
    for (const { code, damage } of damages) {
      const up = ups.start('a');
      await ups.untilLimited(up);
      await up.end('SIGKILL');
      await damage();
      const restored = await ups.restore('--state', ups.stateOf('a'));
      assert.equal(restored.code, code, restored.err);
      await asBefore();
    }
  });

  it('does not include limits that nobody of us set, but they are named', async () => {
    const { code, err } = await ups.restore();
    assert.equal(code, 0, err);
    assert.match(err, /cpus has 1\.5 cores, which no record explains: its owner may have set it\./);
    assert.match(err, /shares has no limit, shares 512, which no record explains/);
    assert.doesNotMatch(err, /free has/);
    await asBefore();
  });

  it(`is everything, whatever signal comes at whatever moment (${ROUNDS} rounds)`, async () => {
    let limited = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const isLater = round % 2 === 1;
      const { signal, afterMs } = atRandom(isLater ? LATER_MS : MAX_DELAY_MS);
      const up = ups.start('a');
      if (isLater) await ups.untilLimited(up);
      await sleep(afterMs);
      limited += (await ups.isTouched()) ? 1 : 0;
      const ended = await up.end(signal);
      const what =
        `round ${round}: ${signal} ${isLater ? 'when limited, ' : ''}after ` +
        `${afterMs.toFixed(0)} ms, ended with ${ended.code}`;
      if (ended.code === 0)
        assert.deepEqual(await look(ups.containers), ups.before, `${what}: ${ended.err}`);
      const { code, err } =
        round % 2 === 0 ? await ups.restore() : await ups.restore('--state', ups.stateOf('a'));
      assert.equal(code, 0, `${what}: ${err}`);
      assert.deepEqual(await look(ups.containers), ups.before, what);
      assert.deepEqual(await ups.registered(), [], what);
    }
    process.stdout.write(`      limits were in force at ${limited} of ${ROUNDS} signals\n`);
  });
});
