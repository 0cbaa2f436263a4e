import type { JobName } from '../../../shared/ids.js';
import { type LastMove, MOVE_COOLDOWN_MS, startMsOf } from './move-gain.js';
import type { MoveMemory } from './moves.js';

/** After this time in which none began, ms, no rule keeps a move waiting any more. */
export const MOVES_REST_MS = MOVE_COOLDOWN_MS;

/**
 * The memory as it would be that much later, ms, if nothing happened meanwhile: for a copy of the
 * state in which the time stands still. Moves under way have ended, after the usual start.
 */
export function movesLater(memory: MoveMemory, byMs: number): MoveMemory {
  const earlier = <K>(times: ReadonlyMap<K, number>): ReadonlyMap<K, number> =>
    new Map([...times].map(([key, ms]): [K, number] => [key, ms - byMs]));
  const { unmetSinceMs, movingSinceMs, startingAtMs, lastMoves } = memory;
  const { countedAtMs, scannedAtMs } = memory;
  const before = [...lastMoves].map(([job, move]): [JobName, LastMove] => {
    const { failed = new Map(), undone = new Map(), beganAtMs } = move;
    const then = {
      beganAtMs: beganAtMs - byMs,
      failed: earlier(failed),
      undone: earlier(undone),
    };
    return [job, { ...move, ...then, startMs: startMsOf(move) }];
  });
  return {
    unmetSinceMs: earlier(unmetSinceMs),
    movingSinceMs: earlier(movingSinceMs),
    startingAtMs: earlier(startingAtMs),
    lastMoves: new Map(before),
    countedAtMs: countedAtMs.map((ms) => ms - byMs),
    scannedAtMs: scannedAtMs === null ? null : scannedAtMs - byMs,
  };
}
