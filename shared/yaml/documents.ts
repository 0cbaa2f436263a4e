import {
  Composer,
  type CST,
  type Document,
  isScalar,
  Lexer,
  LineCounter,
  type ParsedNode,
  Parser,
  visit,
  YAMLParseError,
} from 'yaml';
import { err, ok, type Result } from '../result.js';

/** Deeper nesting than any job file has. */
const MAX_DEPTH = 64;
/** More are not said of one document. */
const MAX_DUPLICATES = 200;

/** All documents of a text, and its lines for positions. */
export interface YamlStream {
  readonly documents: readonly Document.Parsed<ParsedNode>[];
  readonly lines: LineCounter;
}
/** Where the text is nested too deep, as an offset into it. */
export interface TooDeep {
  readonly offset: number;
  readonly lines: LineCounter;
}

/**
 * Parses a stream of YAML documents. Refused while reading when it is nested too deep: composing
 * recurses once a level, and a stack that runs out inside a regular expression ends the whole
 * process instead of throwing.
 */
export function yamlDocuments(text: string): Result<YamlStream, TooDeep> {
  const lines = new LineCounter();
  const tokens = tokensOf(text, lines);
  if (!tokens.ok) return tokens;
  const composer = new Composer({ lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const documents = [...composer.compose(tokens.value)];
  for (const document of documents) noteDuplicateKeys(document);
  return ok({ documents, lines });
}

/** As the library would, which compares each key of a mapping with all others. */
function noteDuplicateKeys(document: Document.Parsed): void {
  const found: YAMLParseError[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const known = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const [at = 0] = key.range ?? [];
        if (known.has(key.value) && found.length < MAX_DUPLICATES)
          found.push(new YAMLParseError([at, at + 1], 'DUPLICATE_KEY', 'Map keys must be unique'));
        known.add(key.value);
      }
    },
  });
  if (found.length === 0) return;
  document.errors.push(...found);
  document.errors.sort((a, b) => a.pos[0] - b.pos[0]);
}

function tokensOf(text: string, lines: LineCounter): Result<readonly CST.Token[], TooDeep> {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_DEPTH) return err({ offset: parser.offset, lines });
  }
  for (const token of parser.end()) tokens.push(token);
  return ok(tokens);
}
