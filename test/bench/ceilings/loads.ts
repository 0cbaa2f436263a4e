import type { ContainerLoad } from './containers.js';
import { type RunKey, seedFor } from './plan.js';
import { type Calibration, NEIGHBOURS, ratesFor, SERVICES } from './work.js';

/** The containers of one run. */
export function loadsOf(
  { loadPercent, neighbours, repetition }: RunKey,
  calibration: Calibration,
): readonly ContainerLoad[] {
  const { targetMs } = calibration;
  const rates = ratesFor(loadPercent / 100, calibration);
  const services = SERVICES.map(({ id, model, batch }, index): ContainerLoad => {
    const arrivals = {
      kind: 'open',
      ratePerSecond: rates[id] ?? 0,
      seed: seedFor(repetition, index),
    } as const;
    return {
      id,
      model,
      batch,
      arrivals,
      target: { latencyMs: targetMs[id] ?? 0, statistic: 'p95', mode: 'ceiling' },
    };
  });
  const beside = NEIGHBOURS.map((work): ContainerLoad => {
    const target = {
      latencyMs: targetMs[work.id] ?? 0,
      statistic: 'mean',
      mode: 'ceiling',
    } as const;
    return { ...work, arrivals: { kind: 'closed' }, target };
  });
  return neighbours === 'noisy' ? [...services, ...beside] : services;
}
