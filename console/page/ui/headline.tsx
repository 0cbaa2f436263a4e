import { useMemo } from 'preact/hooks';
import { hourOf } from '../model/hour.js';
import type { State } from '../model/state.js';
import { type Tally, VERDICT_WORDS, VERDICTS } from '../model/verdict.js';
import { percentText } from '../model/words.js';
import { Link } from './link.js';
import { clockText } from './time.js';
import { VerdictMark } from './verdict.js';

/** "38 of 40 at target", and how many do what else. */
export function Headline({ tally, hour, nowMs }: { readonly tally: Tally } & HourProps) {
  const good = tally.by['at-target'];
  const others = VERDICTS.filter((each) => each !== 'at-target' && tally.by[each] > 0);
  return (
    <section class="headline" aria-labelledby="headline">
      <div>
        <h1 id="headline" tabIndex={-1}>
          <strong>{good}</strong> of {tally.counted} at target
        </h1>
        {others.length === 0 ? (
          <p class="quiet">Nothing is wrong with them.</p>
        ) : (
          <ul class="tally">
            {others.map((each) => (
              <li key={each}>
                <Link to={`/?only=${each}#jobs`} label={`${tally.by[each]} ${VERDICT_WORDS[each]}`}>
                  <VerdictMark verdict={each} withWord={false} />
                  <span>
                    {tally.by[each]} {VERDICT_WORDS[each]}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
      <HourStrip hour={hour} nowMs={nowMs} />
    </section>
  );
}

interface HourProps {
  readonly hour: State['hour'];
  readonly nowMs: number;
}

const BAR = { width: 6, gap: 1, height: 48 };

/** The share at target in each minute of the last hour. */
function HourStrip({ hour, nowMs }: HourProps) {
  const minute = Math.floor(nowMs / 60_000);
  const { slots, meanAtTarget, worst } = useMemo(
    () => hourOf(hour?.points ?? [], minute * 60_000),
    [hour, minute],
  );
  const width = slots.length * (BAR.width + BAR.gap);
  const text =
    meanAtTarget === null
      ? hour?.complete === false
        ? 'The last hour is still being read.'
        : 'Nothing is known of the last hour yet.'
      : `Last hour: ${percentText(meanAtTarget)} at target` +
        (worst === null
          ? ''
          : `; least ${percentText(worst.atTarget)} at ${clockText(worst.atMs)}`);
  return (
    <figure class="strip">
      {/* What it shows is said below it. */}
      <svg viewBox={`0 0 ${width} ${BAR.height}`} aria-hidden="true" focusable="false">
        {slots.map(({ atMs, atTarget }, i) => {
          const x = i * (BAR.width + BAR.gap);
          const good = (atTarget ?? 0) * BAR.height;
          return atTarget === null ? (
            <rect
              key={atMs}
              class="strip-none"
              x={x}
              y={BAR.height - 2}
              width={BAR.width}
              height="2"
            />
          ) : (
            <g key={atMs}>
              <rect class="strip-bad" x={x} y="0" width={BAR.width} height={BAR.height - good} />
              <rect
                class="strip-good"
                x={x}
                y={BAR.height - good}
                width={BAR.width}
                height={good}
              />
            </g>
          );
        })}
      </svg>
      <figcaption>{text}</figcaption>
    </figure>
  );
}
