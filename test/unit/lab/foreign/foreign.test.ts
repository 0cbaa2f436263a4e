import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { burstsOf, foreignBursts } from '../../../../lab/foreign/bursts.js';
import {
  FOREIGN_LEVELS,
  foreignLoadOf,
  NO_FOREIGN_LOAD,
  withForeign,
} from '../../../../lab/foreign/levels.js';
import { foreignSteps, meanForeignRatio } from '../../../../lab/foreign/steps.js';
import { scenario } from '../bench/build.js';

const HOUR_MS = 3_600_000;
const LONG = { fromMs: 0, untilMs: 3 * HOUR_MS };
const meanOf = (bursts: ReturnType<typeof burstsOf>): number =>
  meanForeignRatio(foreignSteps(bursts), 0, LONG.untilMs);

describe('foreign load: bursts', () => {
  it('are the same for the same level and seed, and others for another seed', () => {
    for (const level of FOREIGN_LEVELS) {
      const load = foreignLoadOf(level);
      assert.deepEqual(burstsOf(load, LONG, 7), burstsOf(load, LONG, 7));
      if (level !== 'idle') assert.notDeepEqual(burstsOf(load, LONG, 7), burstsOf(load, LONG, 8));
    }
  });

  it('come to the share of the level over time: none, 5 %, 20 %', () => {
    const means = FOREIGN_LEVELS.map((level) => meanOf(burstsOf(foreignLoadOf(level), LONG, 3)));
    assert.equal(means[0], 0);
    assert.ok(Math.abs((means[1] ?? 0) - 0.05) < 0.003, String(means[1]));
    assert.ok(Math.abs((means[2] ?? 0) - 0.2) < 0.02, String(means[2]));
  });

  it('stay between the bounds of length and height, in order and without overlap', () => {
    const bursts = burstsOf(foreignLoadOf('light'), LONG, 5);
    assert.ok(bursts.length > 1000, String(bursts.length));
    for (const [i, { atMs, untilMs, loadRatio }] of bursts.entries()) {
      const lengthMs = untilMs - atMs;
      assert.ok(lengthMs >= 49.999 && lengthMs <= 500.001, String(lengthMs));
      assert.ok(loadRatio >= 0.25 && loadRatio <= 0.75, String(loadRatio));
      assert.ok(atMs >= (bursts[i - 1]?.untilMs ?? 0));
    }
  });

  it('of the rough level change: some half minutes have little, others much', () => {
    const steps = foreignSteps(burstsOf(foreignLoadOf('rough'), LONG, 5));
    const means = Array.from({ length: 200 }, (_, i) =>
      meanForeignRatio(steps, i * 30_000, (i + 1) * 30_000),
    );
    assert.ok(Math.min(...means) < 0.1, String(Math.min(...means)));
    assert.ok(Math.max(...means) > 0.3, String(Math.max(...means)));
  });

  it('end with the span, and begin with it', () => {
    const span = { fromMs: 10_000, untilMs: 20_000 };
    const load = { ...NO_FOREIGN_LOAD, burstRatio: 0.4, steadyRatio: 0.1, stealRatio: 0.02 };
    const bursts = burstsOf(load, span, 1);
    assert.deepEqual(bursts.slice(0, 2), [
      { atMs: 10_000, untilMs: 20_000, loadRatio: 0.1, kind: 'compute' },
      { atMs: 10_000, untilMs: 20_000, loadRatio: 0.02, kind: 'steal' },
    ]);
    for (const { atMs, untilMs } of bursts)
      assert.ok(atMs >= span.fromMs && untilMs <= span.untilMs && untilMs > atMs);
  });
});

describe('foreign load: of a scenario', () => {
  const light = withForeign(scenario(), 'light');
  const at = { node: 'h1', repetition: 1 };

  it('depends on seed, repetition and host, and on nothing else', () => {
    const bursts = foreignBursts(light, at);
    assert.ok(bursts.length > 3, String(bursts.length));
    assert.deepEqual(foreignBursts({ ...light, jobs: [] }, at), bursts);
    for (const [world, place] of [
      [{ ...light, seed: 8 }, at],
      [light, { ...at, node: 'h2' }],
      [light, { ...at, repetition: 2 }],
    ] as const)
      assert.notDeepEqual(foreignBursts(world, place), bursts);
  });

  it('replaces that of the file where a level is named, and keeps it where none is', () => {
    const own = scenario({}, [
      { kind: 'target', atMs: 5000, job: 'a', targetMs: 500 },
      { kind: 'foreign', atMs: 1000, forMs: 2000, node: 'h1', load: foreignLoadOf('rough') },
    ]);
    const kinds = (level: Parameters<typeof withForeign>[1]): readonly string[] =>
      withForeign(own, level).disturbances.map(
        (each) => `${each.kind}${each.kind === 'foreign' ? ` ${each.load.burstRatio}` : ''}`,
      );
    assert.deepEqual(kinds(undefined), ['target', 'foreign 0.15']);
    assert.deepEqual(kinds('idle'), ['target']);
    assert.deepEqual(kinds('light'), ['target', 'foreign 0.05']);
    assert.deepEqual(foreignBursts(own, { ...at, node: 'h2' }), []);
  });
});

describe('foreign load: as steps', () => {
  it('adds up what overlaps, at most the whole host, and ends at nothing', () => {
    const steps = foreignSteps([
      { atMs: 0, untilMs: 100, loadRatio: 0.3, kind: 'compute' },
      { atMs: 50, untilMs: 150, loadRatio: 0.9, kind: 'memory' },
    ]);
    assert.deepEqual(
      steps.map(({ atMs, loadRatio }) => [atMs, Math.round(loadRatio * 1e9) / 1e9]),
      [
        [0, 0.3],
        [50, 1],
        [100, 0.9],
        [150, 0],
      ],
    );
    assert.equal(steps[1]?.memoryRatio, 0.9);
    assert.equal(steps.at(-1)?.loadRatio, 0);
    assert.ok(Math.abs(meanForeignRatio(steps, 0, 200) - (15 + 50 + 45) / 200) < 1e-9);
    assert.ok(Math.abs(meanForeignRatio(steps, 60, 80) - 1) < 1e-9);
  });
});
