import { type Random, seededRandom, seedOf } from '../../shared/random.js';
import type { Disturbance, ForeignLoad } from '../disturbance.js';
import type { Scenario } from '../types.js';

/**
 * What a stretch of foreign load does: compute, copy memory and read and write files through the
 * page cache, or be taken by the hypervisor.
 */
export type ForeignKind = 'compute' | 'memory' | 'steal';

/** A stretch of time in which other programs want a share of the host's CPU. */
export interface ForeignBurst {
  readonly atMs: number;
  readonly untilMs: number;
  /** Share of the CPU of the whole host. */
  readonly loadRatio: number;
  readonly kind: ForeignKind;
}

/** A span of a run, ms from its start. */
export interface ForeignSpan {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The mean share of bursts can be at most this part of the mean height of one. */
export const MAX_BUSY_RATIO = 0.95;

/**
 * The stretches of one load within a span, in order of their begin. Bursts follow each other
 * without overlap: their lengths and heights are uniform between the bounds, the pauses between
 * them exponential, so that they come to `burstRatio` on average. With `changeMs` that average is
 * drawn again, from 0 to twice as much, after every half to one and a half of it. The same load,
 * span and seed give the same stretches.
 */
export function burstsOf(
  load: ForeignLoad,
  { fromMs, untilMs }: ForeignSpan,
  seed: number,
): readonly ForeignBurst[] {
  const whole = (loadRatio: number, kind: ForeignKind): readonly ForeignBurst[] =>
    loadRatio > 0 && untilMs > fromMs ? [{ atMs: fromMs, untilMs, loadRatio, kind }] : [];
  return [
    ...whole(load.steadyRatio, 'compute'),
    ...whole(load.stealRatio, 'steal'),
    ...randomBursts(load, { fromMs, untilMs }, seededRandom(seed)),
  ];
}

function randomBursts(
  load: ForeignLoad,
  span: ForeignSpan,
  random: Random,
): readonly ForeignBurst[] {
  if (load.burstRatio <= 0) return [];
  const { shortestMs, longestMs, lowestRatio, highestRatio } = load;
  const bursts: ForeignBurst[] = [];
  let phase = nextPhase(load, span.fromMs, random);
  for (let nowMs = span.fromMs; nowMs < span.untilMs; ) {
    const pauseMs = -Math.log(1 - random()) * phase.meanPauseMs;
    if (nowMs + pauseMs >= phase.untilMs) {
      // A pause has no memory: it begins again with the next average.
      nowMs = Math.max(nowMs, phase.untilMs);
      phase = nextPhase(load, nowMs, random);
      continue;
    }
    const atMs = nowMs + pauseMs;
    const lengthMs = between(shortestMs, longestMs, random);
    const loadRatio = between(lowestRatio, highestRatio, random);
    const kind = random() < load.memoryRatio ? 'memory' : 'compute';
    if (atMs >= span.untilMs) break;
    nowMs = Math.min(span.untilMs, atMs + lengthMs);
    bursts.push({ atMs, untilMs: nowMs, loadRatio, kind });
  }
  return bursts;
}

interface Phase {
  readonly untilMs: number;
  readonly meanPauseMs: number;
}

function nextPhase(load: ForeignLoad, fromMs: number, random: Random): Phase {
  const { burstRatio, changeMs } = load;
  if (changeMs === null)
    return { untilMs: Number.POSITIVE_INFINITY, meanPauseMs: meanPauseMs(load, burstRatio) };
  const untilMs = fromMs + changeMs * between(0.5, 1.5, random);
  return { untilMs, meanPauseMs: meanPauseMs(load, between(0, 2 * burstRatio, random)) };
}

function meanPauseMs(
  { shortestMs, longestMs, lowestRatio, highestRatio }: ForeignLoad,
  ratio: number,
): number {
  const height = (lowestRatio + highestRatio) / 2;
  const busyRatio = Math.min(MAX_BUSY_RATIO, ratio / height);
  return ((shortestMs + longestMs) / 2) * (1 / busyRatio - 1);
}

const between = (low: number, high: number, random: Random): number =>
  low + (high - low) * random();

type ForeignDisturbance = Extract<Disturbance, { kind: 'foreign' }>;
const isForeign = (each: Disturbance): each is ForeignDisturbance => each.kind === 'foreign';

/** Whose foreign load is meant. */
export interface ForeignPlace {
  readonly node: string;
  /** From 1. The same for every policy of a repetition. */
  readonly repetition: number;
}

/**
 * All foreign load of a scenario on one host, in order of begin. Loads of several disturbances add
 * up. The scenario's seed, the repetition and the host's name decide the bursts, the policy does
 * not.
 */
export function foreignBursts(
  { seed, durationMs, disturbances }: Scenario,
  { node, repetition }: ForeignPlace,
): readonly ForeignBurst[] {
  return disturbances
    .filter(isForeign)
    .filter((each) => each.node === null || each.node === node)
    .flatMap(({ atMs, forMs, load }, index) => {
      const untilMs = Math.min(durationMs, forMs === null ? durationMs : atMs + forMs);
      const own = seedOf(`${seed}/${repetition}/foreign/${index}/${node}`);
      return burstsOf(load, { fromMs: atMs, untilMs }, own);
    })
    .sort((a, b) => a.atMs - b.atMs);
}
