const NUMBER = /(?<![\w-])\d[\d.,:]*(?:%|ms|µs|s|m|h|d|[KMG]iB)?(?!\w)/g;
const CLASS = /\b(?:within|faster|slower)\b/g;

/** A line without what differs from run to run: numbers, classes, the width of columns. */
const shapeOf = (line: string): string =>
  line.replace(NUMBER, '#').replace(CLASS, 'CLASS').replace(/\s+/g, ' ').trim();

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a printed line is what the document shows; `…` there stands for anything. */
export function isLike(shown: string, printed: string): boolean {
  const parts = shapeOf(shown)
    .split('…')
    .map((part) => escaped(part.trim()));
  return new RegExp(`^${parts.join('.*')}$`).test(shapeOf(printed));
}

/** The first line that the document shows and the output lacks, in order; undefined = none. */
export function missingLine(shown: readonly string[], output: string): string | undefined {
  const printed = output.split('\n');
  let from = 0;
  for (const line of shown) {
    const at = printed.slice(from).findIndex((each) => isLike(line, each));
    if (at < 0) return line;
    from += at + 1;
  }
  return undefined;
}
