import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { counted } from '../model/words.js';
import type { SuggestionList } from './use-completion.js';

interface SuggestionsProps extends SuggestionList {
  readonly text: string;
  readonly scroll: { readonly top: number; readonly left: number };
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** What may stand at the cursor, below it. The focus stays in the field. */
export function Suggestions(props: SuggestionsProps) {
  const { id, completion, chosen, onTake, text, scroll, field } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const said =
    completion === null
      ? ''
      : `${counted(completion.options.length, 'suggestion')}: ` +
        `${completion.options[chosen]?.name ?? ''}`;
  return (
    <>
      <span class="hidden" role="status">
        {said}
      </span>
      {completion === null ? null : (
        <div
          ref={list}
          id={id}
          class="suggestions"
          role="listbox"
          aria-label="Suggestions"
          style={placeOf({ text, from: completion.from, scroll, left: field.current?.offsetLeft })}
        >
          {completion.options.map((option, i) => (
            <div
              key={option.name}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              // Before the field loses the focus, which would close the list.
              onMouseDown={(event) => {
                event.preventDefault();
                onTake(option);
              }}
            >
              <strong>{option.name}</strong>
              {option.isRequired ? ' (needed)' : ''} <span class="quiet">{option.about}</span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}

interface Cursor {
  readonly text: string;
  readonly from: number;
  readonly scroll: { readonly top: number; readonly left: number };
  /** Where the field begins, px. */
  readonly left: number | undefined;
}

/** Below the word at the cursor: the signs of the field have one width and its lines one height. */
function placeOf({ text, from, scroll, left = 0 }: Cursor): Record<string, string> {
  const before = text.slice(0, from).split('\n');
  const column = before.at(-1)?.length ?? 0;
  return {
    top: `calc(0.5rem + ${before.length} * 1.275rem - ${scroll.top}px)`,
    left: `min(calc(${left - scroll.left}px + 0.5rem + ${column}ch), calc(100% - 17rem))`,
  };
}
