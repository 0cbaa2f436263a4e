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
  // Not all of these methods are in the types.
  const ask = async (method: string, asked: object): Promise<Answer> =>
    (await session.post(method, asked)) as unknown as Answer;
  try {
    let sum = 0;
    for (const kind of ['Map', 'Set']) {
      const expression = `${kind}.prototype`;
      const prototype = await ask('Runtime.evaluate', { expression, objectGroup: GROUP });
      const prototypeObjectId = prototype.result?.objectId;
      const found = await ask('Runtime.queryObjects', { prototypeObjectId, objectGroup: GROUP });
      const { result } = await ask('Runtime.callFunctionOn', {
        objectId: found.objects?.objectId,
        functionDeclaration: SUM,
        returnByValue: true,
      });
      sum += Number(result?.value);
    }
    return sum;
  } finally {
    await ask('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    session.disconnect();
  }
}

interface Answer {
  readonly result?: { readonly objectId?: string; readonly value?: unknown };
  readonly objects?: { readonly objectId?: string };
}
