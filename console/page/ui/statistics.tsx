import type { AllocationStatus } from '../../../proto/schemas/status.js';
import { ageText, msText, percentText } from '../model/words.js';

/** Every statistic of the newest window, on demand: the target names one of them. */
export function Statistics({ container }: Pick<AllocationStatus, 'container'>) {
  const latency = container?.latency ?? null;
  if (latency === null) return null;
  const { window, newestAgeMs } = latency;
  const facts: readonly (readonly [string, string])[] = [
    ['mean', msText(window.meanMs)],
    ['p50', msText(window.p50Ms)],
    ['p90', msText(window.p90Ms)],
    ['p95', msText(window.p95Ms)],
    ['p99', msText(window.p99Ms)],
    ['fastest', msText(window.minMs)],
    ['slowest', msText(window.maxMs)],
    ['answers in the window', String(window.count)],
    ['newest answer', `${ageText(newestAgeMs)} before its report`],
    ['waiting for CPU', percentText(container?.cpu?.pressureRatio)],
  ];
  return (
    <details>
      <summary>All statistics of the newest answers</summary>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
