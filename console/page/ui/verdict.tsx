import { VERDICT_WORDS, type Verdict } from '../model/verdict.js';

/** A shape for each verdict, so that none is told by its colour alone. */
const SHAPES: Readonly<Record<Verdict, string>> = {
  failed: 'M3 3L13 13M13 3L3 13',
  slower: 'M8 2L15 14H1Z',
  pending: 'M8 2A6 6 0 1 0 8 14A6 6 0 1 0 8 2M8 5V8.5L10.5 10',
  unknown: 'M8 2A6 6 0 1 0 8 14A6 6 0 1 0 8 2',
  faster: 'M8 14L15 2H1Z',
  'at-target': 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5Z',
  idle: 'M2 8H14',
};

/** The shape and the word of a verdict. */
export function VerdictMark({
  verdict,
  withWord = true,
}: {
  readonly verdict: Verdict;
  readonly withWord?: boolean;
}) {
  return (
    <span class={`verdict verdict-${verdict}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
        <path d={SHAPES[verdict]} />
      </svg>
      {withWord ? <span>{VERDICT_WORDS[verdict]}</span> : null}
    </span>
  );
}
