import { BUILD } from './build.js';

/** Version of all programs of this tree, as package.json has it. */
export const VERSION = '0.1.0';

/** The version with its build, as `0.1.0+3f2c1d4e5a6b.2026-11-28`: two of one version differ. */
export const versionWith = (version: string, build: string): string =>
  build === '' ? version : `${version}+${build}`;

/** What programs say of themselves to the cluster. */
export const BUILT_VERSION = versionWith(VERSION, BUILD);

/** A version and its build; '' = it says none. */
export function partedVersion(text: string): { readonly version: string; readonly build: string } {
  const at = text.indexOf('+');
  return at < 0
    ? { version: text, build: '' }
    : { version: text.slice(0, at), build: text.slice(at + 1) };
}

/** A version in its parts. */
interface Parts {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** How versions that meet in one cluster get on. */
export type Skew =
  /** All are the same. */
  | 'none'
  /** They differ, and each is at most one release from every other: they understand each other. */
  | 'mixed'
  /** Some are further apart: nobody has tried what they say to each other. */
  | 'apart'
  /** One is no version. */
  | 'unknown';

/** The skew of some versions; `-rc.1` and the like do not count. */
export function skewOf(versions: readonly string[]): Skew {
  if (new Set(versions).size <= 1) return 'none';
  const parsed = versions.map(partsOf);
  const known = parsed.filter((each) => each !== undefined);
  if (known.length < parsed.length) return 'unknown';
  const [oldest, newest] = [known.reduce(older), known.reduce(newer)];
  return isNextOf(oldest, newest) ? 'mixed' : 'apart';
}

/** Whether `version` is older than `other`; false where one of them is no version. */
export function isOlder(version: string, other: string): boolean {
  const [one, two] = [partsOf(version), partsOf(other)];
  return one !== undefined && two !== undefined && compare(one, two) < 0;
}

function partsOf(version: string): Parts | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(version) ?? [];
  if (major === undefined) return undefined;
  return { major: Number(major), minor: Number(minor), patch: Number(patch) };
}

const compare = (a: Parts, b: Parts): number =>
  a.major - b.major || a.minor - b.minor || a.patch - b.patch;
const older = (a: Parts, b: Parts): Parts => (compare(a, b) <= 0 ? a : b);
const newer = (a: Parts, b: Parts): Parts => (compare(a, b) >= 0 ? a : b);

/** Patches of one release, and the release after it, understand each other. */
function isNextOf(oldest: Parts, newest: Parts): boolean {
  if (oldest.major === newest.major) return newest.minor - oldest.minor <= 1;
  return newest.major - oldest.major === 1 && newest.minor === 0;
}
