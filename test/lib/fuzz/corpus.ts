import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

// The tests run in dist; fixtures are not built.
const FIXTURES = new URL('../../../../test/fixtures/', import.meta.url);

/** Contents of the saved files in a folder of `test/fixtures` whose names match. */
export function filesIn(folder: string, names: RegExp): readonly Uint8Array[] {
  const found = readdirSync(new URL(folder, FIXTURES)).filter((name) => names.test(name));
  assert.ok(found.length > 0, `${folder} has no ${names}`);
  return found.map((name) => readFileSync(new URL(`${folder}/${name}`, FIXTURES)));
}

/** Messages as earlier versions wrote them. */
export const wireCorpus = (): readonly Uint8Array[] => filesIn('wire', /\.bin$/);

/** Cases that a decoder once failed; each is tried again in every run. */
export const keptCases = (decoder: string): readonly Uint8Array[] =>
  existsSync(new URL(`fuzz/${decoder}`, FIXTURES)) ? filesIn(`fuzz/${decoder}`, /\.bin$/) : [];

/** Keeps a case that a decoder failed, for `keptCases`; returns its path. */
export function keepCase(decoder: string, seed: number, bytes: Uint8Array): string {
  mkdirSync(new URL(`fuzz/${decoder}`, FIXTURES), { recursive: true });
  const file = new URL(`fuzz/${decoder}/${seed}.bin`, FIXTURES);
  writeFileSync(file, bytes);
  return file.pathname;
}
