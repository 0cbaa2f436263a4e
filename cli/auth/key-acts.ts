import { readFileSync } from 'node:fs';
import { actsPath } from './folder-paths.js';
import { userName } from './user-name.js';
import type { AuthUser } from './users.js';

/** What became of a key. */
export type KeyChange = 'made' | 'replaced' | 'revoked';

/** One change of the keys of a folder, by a command or a `dqoes up` on this machine. */
export interface KeyAct {
  /** Unix time, ms. */
  readonly timeMs: number;
  /** User of the operating system. */
  readonly by: string;
  readonly what: KeyChange;
  /** Whose key it is, and what it may do. */
  readonly name: string;
  readonly role: string;
  /** The one that is good from then on, or was until then. */
  readonly publicKey: string;
}

/** The newest ones are kept. */
const MAX_ACTS = 1000;

type Stamp = Pick<KeyAct, 'timeMs' | 'by'>;
type Users = readonly AuthUser[];

/** What was done to the keys between two states of the record. */
export function actsBetween(before: Users, after: Users, stamp: Stamp): readonly KeyAct[] {
  const acts: KeyAct[] = [];
  const note = (what: KeyChange, { name, role, publicKey }: AuthUser): void => {
    acts.push({ ...stamp, what, name, role, publicKey });
  };
  for (const user of before)
    if (!after.some(({ name }) => name === user.name)) note('revoked', user);
  for (const user of after) {
    const known = before.find(({ name }) => name === user.name);
    if (known === undefined) note('made', user);
    else if (known.publicKey !== user.publicKey) note('replaced', user);
  }
  return acts;
}

/** The text of the file of acts with those of a change; undefined = nothing was done to a key. */
export function actsTextAfter(folder: string, before: Users, after: Users): string | undefined {
  const acts = actsBetween(before, after, { timeMs: Date.now(), by: userName() });
  if (acts.length === 0) return undefined;
  const lines = [...linesIn(folder), ...acts.map((act) => JSON.stringify(act))];
  return `${lines.slice(-MAX_ACTS).join('\n')}\n`;
}

/** What was done to the keys of a folder, oldest first; lines that are no act are left out. */
export const keyActsIn = (folder: string): readonly KeyAct[] =>
  linesIn(folder).flatMap((line) => parse(line) ?? []);

/** None where the file cannot be read: it must not keep a key from being revoked. */
function linesIn(folder: string): readonly string[] {
  try {
    const text = readFileSync(actsPath(folder), 'utf8');
    return text.split('\n').filter((line) => line !== '');
  } catch {
    return [];
  }
}

const CHANGES: readonly unknown[] = ['made', 'replaced', 'revoked'] satisfies KeyChange[];

function parse(line: string): KeyAct | undefined {
  try {
    const { timeMs, by, what, name, role, publicKey } = JSON.parse(line) as Partial<KeyAct>;
    const isWhole =
      Number.isFinite(timeMs) &&
      CHANGES.includes(what) &&
      [by, name, role, publicKey].every((each) => typeof each === 'string');
    return isWhole ? ({ timeMs, by, what, name, role, publicKey } as KeyAct) : undefined;
  } catch {
    return undefined;
  }
}
