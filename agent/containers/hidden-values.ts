const HIDDEN_TEXT = '(hidden)';
/** Characters of a value at the end of a text that was cut which are taken for it. */
const LEAST_PART = 8;

/**
 * A text of the engine without these values: also where it quotes them as JSON or Go does, once or
 * twice, has only a line of one, or was cut within one. To be called before a text is cut: of what
 * is left then, fewer than 8 characters could not be told.
 */
export function withoutValues(text: string, values: readonly string[]): string {
  const forms = [...new Set(values.flatMap(partsOf).flatMap(formsOf))]
    .filter((form) => form !== '')
    .sort((a, b) => b.length - a.length);
  const end = forms.reduce((least, form) => Math.min(least, cutPlace(text, form)), text.length);
  const whole = text.slice(0, end);
  const shown = forms.reduce((rest, form) => rest.replaceAll(form, HIDDEN_TEXT), whole);
  return end === text.length ? shown : `${shown}${HIDDEN_TEXT}`;
}

const partsOf = (value: string): readonly string[] => [
  value,
  ...value.split(/\r?\n/).filter((line) => line.length >= LEAST_PART),
];

/** As it is, and as it is quoted. */
function formsOf(value: string): readonly string[] {
  const once = [value, ...quoted(value)];
  return [...once, ...once.flatMap(quoted)];
}

function quoted(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const go = inGo(value);
  return [json, json.replace(HTML, asUnit), go, go.replace(/\P{ASCII}/gu, beyondAscii)];
}

/** What Go's JSON writes as `\u003c` and so on. */
const HTML = /[<>&\u2028\u2029]/g;

/** What `%q` of Go writes between the quotes. */
const inGo = (value: string): string =>
  value.replace(/["\\]|\p{C}|(?! )\p{Z}/gu, (char) => {
    const letter = GO_ESCAPES[char];
    if (letter !== undefined) return `\\${letter}`;
    return char < '\x80' ? `\\x${hex(char, 2)}` : beyondAscii(char);
  });

const GO_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '\x07': 'a',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '\v': 'v',
};

const asUnit = (char: string): string => `\\u${hex(char, 4)}`;
const beyondAscii = (char: string): string =>
  char.length > 1 ? `\\U${hex(char, 8)}` : asUnit(char);
const hex = (char: string, digits: number): string =>
  (char.codePointAt(0) ?? 0).toString(16).padStart(digits, '0');

/** Where the text's end begins that may be the beginning of the form; the text's length = none. */
function cutPlace(text: string, form: string): number {
  for (let length = Math.min(text.length, form.length); length >= LEAST_PART; length -= 1)
    if (text.endsWith(form.slice(0, length))) return text.length - length;
  return text.length;
}
