import { EVENT_TYPES } from '../../proto/schemas/event.js';
import { nearestOf } from '../../shared/nearest.js';
import { err, ok, type Result } from '../../shared/result.js';

/** Which types of events are wanted. */
export interface TypeFilter {
  /** Beginnings of types without `dqoes.`; empty = all that are not left out. */
  readonly only: readonly string[];
  readonly without: readonly string[];
}

const short = (type: string): string => type.replace(/^dqoes\./, '');
const KNOWN = EVENT_TYPES.map(short);

/** Reads `--type`: types or their beginnings, with commas; one with `-` before it is left out. */
export function typeFilter(text: string): Result<TypeFilter, string> {
  const words = text.split(',').map((word) => word.trim());
  const fault = words.map((word) => faultOf(word.replace(/^-/, ''))).find((each) => each !== '');
  if (fault !== undefined) return err(fault);
  const without = words.filter((word) => word.startsWith('-'));
  const only = words.filter((word) => !word.startsWith('-'));
  return ok({ only: only.map(short), without: without.map((word) => short(word.slice(1))) });
}

/** Why no type begins like this; '' = one does. */
function faultOf(word: string): string {
  const beginning = short(word);
  if (beginning !== '' && KNOWN.some((type) => type.startsWith(beginning))) return '';
  const near = nearestOf(beginning, [...GROUPS, ...KNOWN]);
  const meant = near === undefined ? '' : ` (did you mean ${near}?)`;
  return (
    `no type of events begins with ${JSON.stringify(word.slice(0, 40))}${meant}: use ` +
    `${GROUPS.join(', ')}, or a type as docs/events.md lists them`
  );
}
const GROUPS = [...new Set(KNOWN.map((type) => type.split('.')[0] ?? type))].sort();

/** Whether an event of this type is wanted; absent = every one is. */
export function isOfType(type: string, filter: TypeFilter | undefined): boolean {
  if (filter === undefined) return true;
  const begins = (beginning: string): boolean => short(type).startsWith(beginning);
  return (filter.only.length === 0 || filter.only.some(begins)) && !filter.without.some(begins);
}
