import {
  Composer,
  type CST,
  type Document,
  Lexer,
  LineCounter,
  type ParsedNode,
  Parser,
} from 'yaml';
import { err, ok, type Result } from '../result.js';

/** Deeper nesting than any job file has. */
const MAX_DEPTH = 64;

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
  const composer = new Composer({ lineCounter: lines, prettyErrors: false });
  return ok({ documents: [...composer.compose(tokens.value)], lines });
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
