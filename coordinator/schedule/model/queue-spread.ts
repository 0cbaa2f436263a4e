import { type LatencyLaw, serviceSecondsAt } from './latency-law.js';

/** A busier queue is taken for one that is busy for this share of the time. */
const MAX_UTILISATION = 0.95;

/**
 * Relative standard deviation of the mean response time that a queue shows in `seconds`, through
 * its arrivals alone; 0 for a closed loop. That of one request's wait is known (Takács: Var =
 * W_q² + λE[S³]/(3(1−ρ))). Neighbours wait for the same requests, so that in a long time t only
 * (1−ρ)²·t/(2(1 + σ²)·s) waits are independent of each other (heavy traffic: Whitt, Planning
 * Queueing Simulations, Management Science 35(11), 1989), with 1 + σ² = 2v; in a short one, one.
 */
export function queueSpread(law: LatencyLaw, cores: number, seconds: number): number {
  const { ratePerSecond, queueing } = law;
  if (ratePerSecond === 0) return 0;
  const serviceSeconds = serviceSecondsAt(law, cores);
  const idle = 1 - Math.min(MAX_UTILISATION, ratePerSecond * serviceSeconds);
  const waitSeconds = (serviceSeconds * queueing * (1 - idle)) / idle;
  const cube = serviceSeconds ** 3 * (2 * queueing) ** 2;
  const variance = waitSeconds ** 2 + (ratePerSecond * cube) / (3 * idle);
  const independent = 1 + (idle * idle * seconds) / (4 * queueing * serviceSeconds);
  return Math.sqrt(variance / independent) / (serviceSeconds + waitSeconds);
}
