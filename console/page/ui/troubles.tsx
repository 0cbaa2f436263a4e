import { useState } from 'preact/hooks';
import type { Trouble } from '../model/trouble.js';
import type { Verdict } from '../model/verdict.js';
import { Link } from './link.js';
import { useHeld } from './use-hand.js';
import { VerdictMark } from './verdict.js';

const SHOWN = 6;
/** The mark of what is no verdict: what is wrong with a host, or with a change. */
const MARKS: Readonly<Record<string, Verdict>> = {
  'change-waits': 'pending',
  'host-down': 'failed',
  'host-silent': 'unknown',
  'host-waits': 'pending',
  'host-warns': 'unknown',
};

/** What is wrong, the worst first: who, what, why, and what to do. */
export function Troubles({ troubles: newest }: { readonly troubles: readonly Trouble[] }) {
  const [isWhole, setWhole] = useState(false);
  const troubles = useHeld(newest);
  if (troubles.length === 0) return null;
  const shown = isWhole ? troubles : troubles.slice(0, SHOWN);
  return (
    <section class="troubles" aria-labelledby="troubles">
      <h2 id="troubles">What is wrong</h2>
      <ul>
        {shown.map(({ key, kind, subject, href, what, why, cure }) => (
          <li key={key} class={`trouble trouble-${kind}`}>
            <VerdictMark verdict={MARKS[kind] ?? (kind as Verdict)} withWord={false} />
            <div>
              <p>
                <Link to={href} class="subject">
                  {subject}
                </Link>{' '}
                {what}
                {why === '' ? '.' : `: ${why}`}
              </p>
              {cure === '' ? null : <p class="cure">{cure}</p>}
            </div>
          </li>
        ))}
      </ul>
      {troubles.length > SHOWN ? (
        <button type="button" class="plain" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show the worst only' : `Show all ${troubles.length}`}
        </button>
      ) : null}
    </section>
  );
}
