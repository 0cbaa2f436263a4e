import { err, ok, type Result } from '../result.js';
import { textTrouble } from '../text.js';

/** What one label must be, or must not be. */
export interface LabelMatcher {
  readonly label: string;
  readonly isEqual: boolean;
  readonly value: string;
}

export const MAX_MATCH_LENGTH = 400;
const MATCHER = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*(!?=)\s*"((?:[^"\\]|\\.)*)"\s*(,|$)/;

/**
 * Reads `model="face"` or `model="face",version!="1"`, with or without braces, as in PromQL. The
 * error names the cure.
 */
export function parseMatch(text: string): Result<readonly LabelMatcher[], string> {
  const trouble = textTrouble(text, MAX_MATCH_LENGTH);
  if (trouble !== '') return err(trouble);
  const matchers: LabelMatcher[] = [];
  let rest = text.trim().replace(/^\{(.*)\}$/s, '$1');
  while (rest.trim() !== '') {
    const found = MATCHER.exec(rest);
    if (found === null)
      return err(
        `${JSON.stringify(text.slice(0, 60))} is not a choice of labels: write ` +
          'label="value", such as model="face"',
      );
    const [whole, label = '', sign, value = ''] = found;
    matchers.push({ label, isEqual: sign === '=', value: value.replace(/\\(.)/gs, '$1') });
    rest = rest.slice(whole.length);
  }
  return matchers.length === 0
    ? err('chooses nothing: write label="value", such as model="face"')
    : ok(matchers);
}

/**
 * True when every matcher agrees; a label that is not there is empty, as in PromQL. `labels`: names
 * and values in turn.
 */
export function isMatch(matchers: readonly LabelMatcher[], labels: readonly string[]): boolean {
  return matchers.every(
    ({ label, isEqual, value }) => (labelIn(labels, label) === value) === isEqual,
  );
}

function labelIn(labels: readonly string[], name: string): string {
  for (let at = 0; at < labels.length; at += 2)
    if (labels[at] === name) return labels[at + 1] ?? '';
  return '';
}
