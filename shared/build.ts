/**
 * Which build of the version this is, as `3f2c1d4e5a6b.2026-11-28`: tools/build-id.mjs says what it
 * is made of, and tools/build.mjs writes it into the built file. '' = it was built otherwise.
 */
export const BUILD = '' as string;
