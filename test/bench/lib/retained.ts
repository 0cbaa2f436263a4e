import { Session } from 'node:inspector/promises';
import { getHeapStatistics } from 'node:v8';

/** What a process holds, after everything else was collected. */
export interface Retained {
  readonly heapBytes: number;
  /** Entries of all maps and sets. */
  readonly entries: number;
}

const GROUP = 'retained';
/** The prototypes themselves are none. */
const SUM =
  'function () { let sum = 0; for (const one of this) try { sum += one.size; } catch {} ' +
  'return sum; }';

/** Looks at this process; it must run with `--expose-gc`. */
export async function retained(): Promise<Retained> {
  const entries = await entriesOf();
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('run this with node --expose-gc');
  // What is freed in the first pass may free more.
  for (let pass = 0; pass < 3; pass += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    gc();
  }
  return { heapBytes: getHeapStatistics().used_heap_size, entries };
}

/** The debugger of this process finds objects that nothing else gives a list of. */
async function entriesOf(): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    let sum = 0;
    for (const kind of ['Map', 'Set']) {
      const { result: prototype } = await session.post('Runtime.evaluate', {
        expression: `${kind}.prototype`,
        objectGroup: GROUP,
      });
      const { objects } = await session.post('Runtime.queryObjects', {
        prototypeObjectId: prototype.objectId ?? '',
        objectGroup: GROUP,
      });
      const { result } = await session.post('Runtime.callFunctionOn', {
        objectId: objects.objectId ?? '',
        functionDeclaration: SUM,
        returnByValue: true,
      });
      sum += Number(result.value);
    }
    return sum;
  } finally {
    await session.post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    session.disconnect();
  }
}
