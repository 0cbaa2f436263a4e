/** Roff for man(7). Every text from outside is escaped; macros are only those of this file. */

/** A line of text: no macro, no escape sequence, ASCII only. */
export const text = (plain: string): string => guarded(escaped(plain));

/** Text in bold, as commands and options are. */
export const bold = (plain: string): string => `\\fB${literal(plain)}\\fR`;
/** Text in italics, as what stands for a value is. */
export const italic = (plain: string): string => `\\fI${literal(plain)}\\fR`;

/** Text in which a hyphen is one that may be typed. */
export const literal = (plain: string): string => escaped(plain).replaceAll('-', '\\-');

/** A section heading. */
export const section = (title: string): string => `.SH ${argument(title.toUpperCase())}`;
/** A heading below it. */
export const subsection = (title: string): string => `.SS ${argument(title)}`;
/** A term, and the text that explains it. */
export const entry = (term: string, lines: readonly string[]): readonly string[] => [
  '.TP',
  guarded(term),
  ...lines,
];
/** Lines as they are, indented. */
export const example = (lines: readonly string[]): readonly string[] => [
  '.PP',
  '.RS 4',
  '.nf',
  ...lines.map((line) => guarded(literal(line))),
  '.fi',
  '.RE',
];
/** An item of a list. */
export const item = (line: string): readonly string[] => ['.IP \\(bu 2', guarded(line)];

/** The first line of a page. */
export const heading = (
  name: string,
  { date, source }: { readonly date: string; readonly source: string },
): string => `.TH ${[name.toUpperCase(), '1', date, source, 'dqoes'].map(argument).join(' ')}`;

/** The argument of a macro. */
const argument = (plain: string): string => `"${literal(plain).replaceAll('"', '\\(dq')}"`;

function escaped(plain: string): string {
  return [...plain.replace(/\s+/g, (space) => (/^ +$/.test(space) ? space : ' '))]
    .map((char) => {
      if (char === '\\') return '\\e';
      const code = char.codePointAt(0) ?? 0;
      if (code < 32 || code === 127) return '';
      return code < 127 ? char : `\\[u${code.toString(16).toUpperCase().padStart(4, '0')}]`;
    })
    .join('');
}

/** A line that begins with a dot or a quote would be a macro. */
export const guarded = (line: string): string => (/^[.']/.test(line) ? `\\&${line}` : line);
