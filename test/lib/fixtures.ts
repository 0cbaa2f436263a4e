import { readFileSync } from 'node:fs';

/** Fixtures stay in the source tree; tests run from the built one (`dist/test/lib/`). */
export const wireFixtures = new URL('../../../test/fixtures/wire/', import.meta.url);

/** The bytes of a golden message, as an earlier version wrote them. */
export const goldenBytes = (name: string): Uint8Array =>
  Uint8Array.from(readFileSync(new URL(`${name}.bin`, wireFixtures)));

/** What a golden message means; the caller names its type. */
export const goldenValue = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`${name}.json`, wireFixtures), 'utf8')) as T;
