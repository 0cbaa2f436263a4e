import { useEffect } from 'preact/hooks';
import type { Capacity } from '../../../proto/schemas/capacity.js';
import { isYounger } from '../model/age.js';
import { capacityText } from '../model/capacity.js';
import { type State, whyNot } from '../model/state.js';
import { useApp } from './context.js';
import { clockText } from './time.js';
import { whileSeen } from './while-seen.js';

/** The answer takes the coordinator seconds of work: it is asked for about this often, ms. */
const EVERY_MS = 300_000;
/** One that is younger is shown again as it is. */
const FRESH_MS = 60_000;
const TIMEOUT_MS = 10_000;

/** Room for more, in one sentence and a bar; nothing where it may not be, or cannot be, asked. */
export function CapacityLine({ state }: { readonly state: State }) {
  const { client, store } = useApp();
  const { capacity } = state;
  const mayAsk = whyNot(state, 'viewer') === '';
  useEffect(() => {
    if (!mayAsk) return;
    return whileSeen(() => {
      const { capacity: known, nowMs } = store.state;
      if (known !== null && isYounger(known.atMs, nowMs, FRESH_MS)) return;
      void client.ask<Capacity>('/capacity', { timeoutMs: TIMEOUT_MS }).then((answer) => {
        // One that failed takes away nothing: the one of before says of when it is.
        if (!answer.ok && known !== null) return;
        const value = answer.ok ? answer.value : null;
        store.dispatch({ type: 'capacity', value, atMs: store.state.nowMs });
      });
    }, EVERY_MS);
  }, [client, store, mayAsk]);
  const text = capacity?.value == null ? null : capacityText(capacity.value);
  if (text === null) return null;
  const { sentence, why, freeRatio, barText } = text;
  return (
    <section class="capacity" aria-labelledby="capacity">
      <h2 id="capacity">Room</h2>
      <p>
        {sentence}{' '}
        <span class="quiet">
          {why} As of {clockText(capacity?.atMs ?? 0)}.
        </span>
      </p>
      {freeRatio === null ? null : (
        <>
          <div class="capacity-bar" role="img" aria-label={barText}>
            <span style={{ width: `${Math.round((1 - freeRatio) * 1000) / 10}%` }} />
          </div>
          <p class="quiet">{barText}.</p>
        </>
      )}
    </section>
  );
}
