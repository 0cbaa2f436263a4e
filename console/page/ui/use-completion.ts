import type { RefObject } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import {
  type Completion,
  completed,
  completionAt,
  type Option,
  type Schema,
} from '../model/completion.js';

interface CompletionInput {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly schema: Schema | null;
  readonly onText: (text: string) => void;
}

/** What the list of suggestions shows. */
export interface SuggestionList {
  readonly id: string;
  /** null = it is closed. */
  readonly completion: Completion | null;
  readonly chosen: number;
  readonly onTake: (option: Option) => void;
}

interface FieldCompletion {
  /** For the field itself. */
  readonly field: {
    readonly 'aria-autocomplete': 'list';
    readonly 'aria-controls': string | undefined;
    readonly 'aria-activedescendant': string | undefined;
    readonly onInput: (event: { readonly currentTarget: HTMLTextAreaElement }) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onBlur: () => void;
    readonly onClick: () => void;
  };
  readonly list: SuggestionList;
}

/** Suggestions at the cursor of a field: the focus stays there, keys go through the list. */
export function useCompletion({ field, text, schema, onText }: CompletionInput): FieldCompletion {
  const id = useId();
  const [completion, setCompletion] = useState<Completion | null>(null);
  const [chosen, setChosen] = useState(0);
  const cursorAfter = useRef<number | null>(null);
  useLayoutEffect(() => {
    const cursor = cursorAfter.current;
    if (cursor === null) return;
    cursorAfter.current = null;
    field.current?.setSelectionRange(cursor, cursor);
  }, [text]);
  const look = (now: string, cursor: number, isAsked: boolean): void => {
    const found = schema === null ? null : completionAt(now, cursor, schema);
    const hasBegun = found !== null && cursor > found.from;
    // Nothing is left to write where the only one stands there already.
    const [first, ...more] = found?.options ?? [];
    const isWhole = more.length === 0 && now.slice(found?.from, found?.to) === first?.name;
    setCompletion(found !== null && (isAsked || hasBegun) && !isWhole ? found : null);
    setChosen(0);
  };
  const take = (option: Option): void => {
    if (completion === null) return;
    const done = completed(text, completion, option);
    cursorAfter.current = done.cursor;
    setCompletion(null);
    onText(done.text);
    field.current?.focus();
  };
  const act = (done: Pressed): void => {
    if (done === 'look') look(text, field.current?.selectionStart ?? text.length, true);
    else if (done === 'close' || done === 'leave') setCompletion(null);
    else if (typeof done === 'number') setChosen(done);
    else if (done !== null) take(done);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const done = pressedIn(completion, chosen, event);
    act(done);
    if (done === null || done === 'leave') return;
    event.preventDefault();
    // The page itself would leave the field.
    event.stopPropagation();
  };
  const active = completion === null ? undefined : `${id}-${chosen}`;
  return {
    field: {
      'aria-autocomplete': 'list',
      'aria-controls': completion === null ? undefined : id,
      'aria-activedescendant': active,
      onInput: ({ currentTarget }) => {
        onText(currentTarget.value);
        look(currentTarget.value, currentTarget.selectionStart, false);
      },
      onKeyDown,
      onBlur: () => setCompletion(null),
      onClick: () => setCompletion(null),
    },
    list: { id, completion, chosen, onTake: take },
  };
}

/**
 * What a key does: it asks for suggestions; of an open list another one is chosen, one is taken, it
 * closes, or closes and the key does what it always does (`leave`); nothing (null).
 */
type Pressed = number | Option | 'look' | 'close' | 'leave' | null;

function pressedIn(
  completion: Completion | null,
  chosen: number,
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
): Pressed {
  if (key === ' ' && ctrlKey) return 'look';
  if (completion === null) return null;
  const { options } = completion;
  if (key === 'ArrowDown') return (chosen + 1) % options.length;
  if (key === 'ArrowUp') return (chosen + options.length - 1) % options.length;
  if (key === 'Enter') return options[chosen] ?? null;
  if (key === 'Escape') return 'close';
  return /^(?:Arrow|Home|End|Page|Tab)/.test(key) ? 'leave' : null;
}
