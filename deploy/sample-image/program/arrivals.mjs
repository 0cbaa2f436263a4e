/**
 * Poisson arrivals: a gap holds as much expected work as a draw of the unit exponential says,
 * however often the rate changes inside it (inversion of the expected number of arrivals; Lewis and
 * Shedler 1979, section 1).
 *
 * @param {readonly import('./changes.mjs').Piece[]} pieces
 * @param {() => number} random in [0, 1)
 * @returns {Generator<number, never, void>} moments in ms since the `ready` line, ascending,
 *   without end
 */
export function* poissonArrivals(pieces, random) {
  let at = 0;
  let index = Math.max(
    0,
    pieces.findLastIndex(({ fromMs }) => fromMs <= at),
  );
  for (;;) {
    let expected = -Math.log1p(-random());
    for (;;) {
      const perMs = (pieces[index]?.rate ?? 0) / 1000;
      const endMs = pieces[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
      if (at + expected / perMs < endMs) {
        at += expected / perMs;
        break;
      }
      expected -= (endMs - at) * perMs;
      at = endMs;
      index += 1;
    }
    yield at;
  }
}
