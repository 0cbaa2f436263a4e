import v8 from 'node:v8';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';

/** Compiles the source of a pattern; the error says why it may not be used. */
export type PatternCompiler = (source: string) => Result<RegExp, string>;

/**
 * Makes a compiler of patterns whose matching time is linear in the line: V8 starts each match with
 * its fast engine and, after 50 000 backtracks, goes over to its linear one. Patterns that the
 * linear engine cannot do are refused. Source: https://v8.dev/blog/non-backtracking-regexp
 */
export function createPatternCompiler(): PatternCompiler {
  v8.setFlagsFromString('--enable-experimental-regexp-engine');
  v8.setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');
  return (source) => {
    try {
      new RegExp(source, 'l');
      return ok(new RegExp(source));
    } catch (cause) {
      return err(`the pattern cannot be matched in linear time: ${messageOf(cause)}`);
    }
  };
}
