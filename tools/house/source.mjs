/** Blanks in place of comments, so that lines keep their numbers. */
const blank = (text) => text.replace(/[^\n]/g, ' ');
export const withoutComments = (text) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/(^|[^:'"`\\])\/\/[^\n]*/g, (all, before) => before + blank(all.slice(before.length)));

const PROGRAM = /^(shared|proto|agent|coordinator|cli|lab)\//;
/** A file of the program itself: neither a test nor a tool. */
export const isProgram = (file) => PROGRAM.test(file);

/** Rooms that have rooms of their own. */
const HALLS = new Set(['coordinator/schedule']);

/**
 * The room that a file lies in: its folder below the root (`agent/observe`). A loose file at a root
 * is a room of its own, so that main programs and the ports beside them are not taken for one room.
 */
export function roomOf(file) {
  const parts = file.split('/');
  const depth = HALLS.has(parts.slice(0, 2).join('/')) ? 3 : 2;
  return parts.slice(0, depth).join('/');
}
