import { setImmediate as nextStep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a promise or a step of the loop holds is let go after some steps. */
const PASSES = 4;

/**
 * Which of these are still held by something, after all that nothing holds was collected. A test
 * must hold none of them in a variable of its own.
 */
export async function heldStill<T extends object>(
  all: readonly WeakRef<T>[],
): Promise<readonly WeakRef<T>[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let pass = 0; pass < PASSES; pass += 1) {
    // A reference that was looked at holds its object until the end of this step.
    await nextStep();
    collect();
  }
  return all.filter((each) => each.deref() !== undefined);
}
