import { stringify } from 'yaml';

/** YAML as answers are written: no line is broken, and nothing is said by reference. */
export const yamlOf = (answer: unknown): string =>
  stringify(answer, { lineWidth: 0, aliasDuplicateObjects: false });

type Fields = Readonly<Record<string, unknown>>;

/** What is beside the list of an answer: the fields before it and behind it. */
export interface Around {
  /** Name of the list. */
  readonly key: string;
  readonly head?: Fields;
}

/**
 * The answer `{...head, [key]: [...items], ...tail}` as text, piece by piece: the lines are those
 * that `printAnswer` prints of the whole. Holds one item. An answer that is not ended is no JSON,
 * so that half of it is not taken for all.
 */
export class AnswerPieces {
  readonly #style: Style;
  readonly #around: Required<Around>;
  /** The last item, without what joins it to the next. */
  #last: string | undefined;

  constructor(format: 'json' | 'yaml', { key, head = {} }: Around) {
    this.#style = format === 'json' ? JSON_STYLE : YAML_STYLE;
    this.#around = { key, head };
  }

  /** What can be printed now that this item is there. */
  item(value: unknown): readonly string[] {
    const before =
      this.#last === undefined
        ? this.#style.begin(this.#around)
        : [`${this.#last}${this.#style.comma}`];
    this.#last = this.#style.item(this.#around.key, value);
    return before;
  }

  /** The item that is held, where no more can be had: the answer stays without its end. */
  cut(): readonly string[] {
    return this.#last === undefined ? [] : [this.#last];
  }

  /** The rest; the whole answer where there was no item. */
  end(tail: Fields = {}): readonly string[] {
    const { key, head } = this.#around;
    if (this.#last === undefined) return [this.#style.whole({ ...head, [key]: [], ...tail })];
    return this.#style.end(this.#last, tail);
  }
}

interface Style {
  /** What stands between two items, or fields. */
  readonly comma: string;
  readonly whole: (answer: Fields) => string;
  readonly begin: (around: Required<Around>) => readonly string[];
  readonly item: (key: string, value: unknown) => string;
  readonly end: (last: string, tail: Fields) => readonly string[];
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);
/** The lines of the fields, without the braces around them. */
const jsonFields = (fields: Fields): readonly string[] => json(fields).split('\n').slice(1, -1);
const isEmpty = (fields: Fields): boolean => Object.keys(fields).length === 0;

const JSON_STYLE: Style = {
  comma: ',',
  whole: json,
  begin: ({ key, head }) => {
    const before = isEmpty(head) ? [] : [`${jsonFields(head).join('\n')},`];
    return ['{', ...before, `  ${JSON.stringify(key)}: [`];
  },
  // Less the braces, the key and its brackets.
  item: (key, value) =>
    json({ [key]: [value] })
      .split('\n')
      .slice(2, -2)
      .join('\n'),
  end: (last, tail) =>
    isEmpty(tail) ? [last, '  ]', '}'] : [last, '  ],', ...jsonFields(tail), '}'],
};

const YAML_STYLE: Style = {
  comma: '',
  whole: (answer) => yamlOf(answer).trimEnd(),
  begin: ({ key, head }) => {
    const before = isEmpty(head) ? [] : [yamlOf(head).replace(/\n$/, '')];
    return [...before, `${key}:`];
  },
  item: (key, value) => yamlOf({ [key]: [value] }).replace(/^.*\n|\n$/g, ''),
  end: (last, tail) => [isEmpty(tail) ? last.trimEnd() : `${last}\n${yamlOf(tail).trimEnd()}`],
};
