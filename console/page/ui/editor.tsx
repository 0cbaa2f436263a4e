import { useRef, useState } from 'preact/hooks';
import type { Fault } from '../../../shared/result.js';
import type { Schema } from '../model/completion.js';
import { sentence } from '../model/words.js';
import { Suggestions } from './suggestions.js';
import { useCompletion } from './use-completion.js';

interface EditorProps {
  readonly text: string;
  readonly faults: readonly Fault[];
  /** What may be written; null = not known (yet): nothing is suggested. */
  readonly schema: Schema | null;
  readonly onText: (text: string) => void;
}

/** A text with the numbers of its lines, what is wrong at them, and what may come next. */
export function Editor({ text, faults, schema, onText }: EditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [scroll, setScroll] = useState({ top: 0, left: 0 });
  const completion = useCompletion({ field, text, schema, onText });
  const placed = faults.filter(({ line }) => line !== undefined && line > 0);
  const goTo = (line: number): void => {
    const [start, end] = spanOf(text, line);
    field.current?.focus();
    field.current?.setSelectionRange(start, end);
  };
  return (
    <>
      <div class="editor-box">
        <div class="editor">
          <Gutter
            lines={text.split('\n').length}
            faulty={new Set(placed.map(({ line = 0 }) => line))}
            scrollTop={scroll.top}
          />
          <textarea
            ref={field}
            value={text}
            rows={18}
            wrap="off"
            spellcheck={false}
            aria-label="Job file"
            aria-describedby="editor-help"
            aria-invalid={faults.length > 0}
            onScroll={({ currentTarget: { scrollTop, scrollLeft } }) =>
              setScroll({ top: scrollTop, left: scrollLeft })
            }
            {...completion.field}
          />
        </div>
        <Suggestions {...completion.list} text={text} scroll={scroll} field={field} />
      </div>
      <p id="editor-help" class="quiet">
        Suggestions come while you type, or with Ctrl+Space: ↑ ↓ choose, Enter takes, Esc closes.
      </p>
      {placed.length === 0 ? null : (
        <ul class="faults">
          {placed.map(({ line = 1, column, message }) => (
            <li key={`${line}:${column}:${message}`}>
              <button type="button" class="plain" onClick={() => goTo(line)}>
                Line {line}
                {column === undefined ? '' : `, column ${column}`}
              </button>
              : {sentence(message)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Where a line begins and ends; lines count from 1. */
function spanOf(text: string, line: number): readonly [number, number] {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return [start, end < 0 ? text.length : end];
}

interface GutterProps {
  readonly lines: number;
  readonly faulty: ReadonlySet<number>;
  readonly scrollTop: number;
}

/** The numbers of the lines; they scroll with the text beside them. */
function Gutter({ lines, faulty, scrollTop }: GutterProps) {
  const numbers = Array.from({ length: lines }, (_, i) => i + 1);
  return (
    <div class="gutter" aria-hidden="true">
      <div style={{ transform: `translateY(${-scrollTop}px)` }}>
        {numbers.map((line) => (
          <div key={line} class={faulty.has(line) ? 'is-faulty' : ''}>
            {line}
          </div>
        ))}
      </div>
    </div>
  );
}
