import { useRef } from 'preact/hooks';
import { besideOf } from '../model/marks.js';
import type { Mark } from '../model/series.js';
import { PLOT_LEFT, PLOT_RIGHT } from './chart.js';

interface MarksProps {
  readonly marks: readonly Mark[];
  readonly chosen: Mark | null;
  readonly onChoose: (mark: Mark) => void;
}

/**
 * A button under the chart for each change of the limit, where it stands in time. Tab goes to one
 * of them, the arrows to those beside it: an hour may have a hundred.
 */
export function Marks({ marks, chosen, onChoose }: MarksProps) {
  const box = useRef<HTMLFieldSetElement>(null);
  const isThere = marks.some(({ sequence }) => sequence === chosen?.sequence);
  const stop = isThere ? chosen?.sequence : marks.at(-1)?.sequence;
  const onKey = (event: KeyboardEvent, mark: Mark): void => {
    const next = besideOf(marks, mark, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    box.current?.querySelector<HTMLElement>(`[data-mark="${next.sequence}"]`)?.focus();
  };
  return (
    <fieldset
      ref={box}
      class="marks"
      style={{ marginLeft: `${PLOT_LEFT}px`, marginRight: `${PLOT_RIGHT}px` }}
    >
      <legend class="hidden">Changes of the limit; the arrow keys go through them</legend>
      {marks.map((mark) => (
        <button
          key={mark.sequence}
          type="button"
          class="mark"
          data-mark={mark.sequence}
          style={{ left: `${mark.at * 100}%` }}
          tabIndex={mark.sequence === stop ? 0 : -1}
          aria-pressed={chosen?.sequence === mark.sequence}
          aria-label={mark.what}
          title={mark.what}
          onClick={() => onChoose(mark)}
          onKeyDown={(event) => onKey(event, mark)}
        />
      ))}
    </fieldset>
  );
}
