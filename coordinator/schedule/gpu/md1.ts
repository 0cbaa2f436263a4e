/**
 * Waiting times of an M/D/1 queue (Erlang 1909): Poisson arrivals, one server, constant service
 * time. Times are in units of the service time; `utilisation` is 0..1.
 */

/** Share of requests that wait longer, and how fast that share falls with the wait. */
export interface WaitTail {
  readonly ratio: number;
  readonly slope: number;
}

/**
 * P(wait > t) of an M/D/1 queue. Exact up to one service time; beyond that the tail is taken to be
 * exponential, which is within 0.013 of it.
 */
export function waitExceeds(utilisation: number, wait: number): WaitTail {
  if (wait < 0) return { ratio: 1, slope: 0 };
  if (wait <= 1) {
    const sooner = (1 - utilisation) * Math.exp(utilisation * wait);
    return { ratio: 1 - sooner, slope: utilisation * sooner };
  }
  const { decay, factor } = tailOf(utilisation);
  const ratio = factor * Math.exp(-decay * wait);
  return { ratio, slope: decay * ratio };
}

/** The wait that the share `quantile` of requests does not exceed, in service times. */
export function waitQuantile(utilisation: number, quantile: number): number {
  if (quantile <= 1 - utilisation) return 0;
  const early = Math.log(quantile / (1 - utilisation)) / utilisation;
  if (early <= 1) return early;
  const { decay, factor } = tailOf(utilisation);
  return Math.max(1, Math.log(factor / (1 - quantile)) / decay);
}

const MAX_ROUNDS = 50;

/**
 * C·e^(−θt): θ is the root of ρ(e^θ − 1) = θ, C = (1 − ρ)/(ρe^θ − 1) (Cramér–Lundberg
 * approximation; Asmussen, Applied Probability and Queues). Newton from above, where the function
 * is convex.
 */
function tailOf(utilisation: number): { readonly decay: number; readonly factor: number } {
  let decay = (2 * (1 - utilisation)) / utilisation + 1;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const grown = Math.exp(decay);
    const step = (utilisation * (grown - 1) - decay) / (utilisation * grown - 1);
    decay -= step;
    if (Math.abs(step) < 1e-9) break;
  }
  return { decay, factor: (1 - utilisation) / (utilisation * Math.exp(decay) - 1) };
}
