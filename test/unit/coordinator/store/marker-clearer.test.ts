import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MarkerClearer } from '../../../../coordinator/store/marker-clearer.js';
import type { KeyValueStore, MarkerChoice, StoreFailure } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { ok, type Result } from '../../../../shared/result.js';

interface Asked {
  readonly bucket: string;
  readonly choice: MarkerChoice;
}

function world(answer: (bucket: string) => Promise<Result<number, StoreFailure>>) {
  const asked: Asked[] = [];
  const bucket = (name: string) =>
    ({
      clearMarkers: (choice: MarkerChoice) => {
        asked.push({ bucket: name, choice });
        return answer(name);
      },
    }) as unknown as KeyValueStore;
  const leading = { is: true };
  const stores = { jobs: bucket('jobs'), nodes: bucket('nodes'), profiles: bucket('profiles') };
  const clearer = new MarkerClearer({ stores, log: silentLog, leads: () => leading.is });
  const run = async (isWanted = true): Promise<readonly string[]> => {
    asked.length = 0;
    await clearer.clearWhere(isWanted);
    await clearer.settled();
    return asked.map((each) => each.bucket);
  };
  return { run, clearer, asked, leading };
}

describe('clearing markers', () => {
  it('goes through every bucket whose names come and go, for markers of hours ago', async () => {
    const { run, asked } = world(async () => ok(3));
    assert.deepEqual(await run(), ['jobs', 'nodes', 'profiles']);
    assert.ok(asked.every(({ choice }) => choice.olderThanMs >= 3_600_000));
    assert.deepEqual(await run(false), []);
  });

  it('runs once at a time, and keeps nobody waiting', async () => {
    let finish = (): void => {};
    const { clearer, asked } = world(
      () =>
        new Promise((resolve) => {
          finish = () => resolve(ok(0));
        }),
    );
    await clearer.clearWhere(true);
    await clearer.clearWhere(true);
    assert.equal(asked.length, 1);
    finish();
  });

  it('ends once another coordinator leads', async () => {
    const { run, leading } = world(async (bucket) => {
      if (bucket === 'jobs') leading.is = false;
      return ok(0);
    });
    assert.deepEqual(await run(), ['jobs']);
  });

  it('goes on after a failure, and gives up where its key may not', async () => {
    const failures: StoreFailure[] = ['unknown', 'denied'];
    const { run } = world(async () => ({ ok: false, error: failures.shift() ?? 'unknown' }));
    assert.deepEqual(await run(), ['jobs', 'nodes']);
    assert.deepEqual(await run(), []);
  });
});
