import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { Cluster } from '../../../../console/cluster/cluster.js';
import { Access, BELIEVED_MS, type Caller, PATIENCE_MS } from '../../../../console/http/access.js';
import type { TokenInfo } from '../../../../proto/schemas/service.js';
import { err, ok, type Result } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';

const HEADER = `Bearer dqoes_x_${'s'.repeat(43)}`;
const AWAY = err([{ code: 'service.unavailable' as const, field: '', message: 'nobody leads' }]);
const UNKNOWN = err([{ code: 'auth.bad-token' as const, field: 'token', message: 'not known' }]);

describe('who asks a console', () => {
  let clock: ManualClock;
  let access: Access;
  /** What the coordinator says of the token; undefined = it does not answer. */
  let says: Result<TokenInfo> | undefined;
  let asked: number;
  const good = (change: Partial<TokenInfo> = {}): Result<TokenInfo> =>
    ok({ id: 'x', name: 'x', role: 'viewer', createdAtMs: 0, ...change } as TokenInfo);
  beforeEach(() => {
    clock = new ManualClock();
    asked = 0;
    const call = async (): Promise<Result<TokenInfo>> => {
      asked += 1;
      if (says === undefined) await clock.sleep(BELIEVED_MS);
      return says ?? AWAY;
    };
    access = new Access({ call } as unknown as Pick<Cluster, 'call'>, clock);
  });
  const caller = async (waitMs = 0): Promise<Result<Caller>> => {
    const answer = access.callerOf(HEADER, false);
    await clock.advance(waitMs);
    return answer;
  };
  const code = (answer: Result<Caller>): string =>
    answer.ok ? answer.value.role : (answer.error[0]?.code ?? '');

  it('reads on while nobody leads, and is refused once the token is', async () => {
    says = good();
    assert.equal(code(await caller()), 'viewer');
    says = AWAY;
    for (let turn = 0; turn < 3; turn += 1) {
      await clock.advance(BELIEVED_MS);
      assert.equal(code(await caller()), 'viewer');
      assert.equal(code(await caller()), 'viewer');
    }
    assert.equal(asked, 4, 'it is asked again each time that what is believed is old');
    says = UNKNOWN;
    await clock.advance(BELIEVED_MS);
    assert.equal(code(await caller()), 'auth.bad-token');
    says = AWAY;
    assert.equal(code(await caller()), 'service.unavailable', 'it is known to be good no more');
  });

  it('does not wait long for a coordinator that hangs', async () => {
    says = good();
    await caller();
    says = undefined;
    await clock.advance(BELIEVED_MS);
    assert.equal(code(await caller(PATIENCE_MS)), 'viewer');
    says = UNKNOWN;
    await clock.advance(BELIEVED_MS);
    assert.equal(code(await caller()), 'auth.bad-token');
  });

  it('a token that has come to its end is good no more, whoever leads', async () => {
    says = good({ expiresAtMs: clock.wall() + BELIEVED_MS });
    assert.equal(code(await caller()), 'viewer');
    says = AWAY;
    await clock.advance(BELIEVED_MS);
    assert.equal(code(await caller()), 'auth.bad-token');
  });

  it('knows who holds a good token, without asking, until it is good no more', async () => {
    assert.equal(access.holderOf(HEADER), undefined);
    says = UNKNOWN;
    await caller();
    assert.equal(access.holderOf(HEADER), undefined);
    says = good();
    await caller();
    assert.equal(access.holderOf(HEADER), 'x');
    for (const other of [undefined, '', 'Bearer', HEADER.replace('_x_', '_y_')])
      assert.equal(access.holderOf(other), undefined);
    says = UNKNOWN;
    await clock.advance(BELIEVED_MS);
    await caller();
    assert.equal(access.holderOf(HEADER), undefined);
  });

  it('is not made to forget a good token by those that are invented', async () => {
    says = good();
    await caller();
    says = undefined;
    for (let i = 0; i < 5000; i += 1)
      void access.callerOf(`Bearer dqoes_y_${String(i).padStart(43, '0')}`, false);
    assert.equal(access.holderOf(HEADER), 'x');
  });

  it('a token that was never good is not good while nobody leads', async () => {
    says = AWAY;
    assert.equal(code(await caller()), 'service.unavailable');
    const nobody = await access.callerOf(undefined, true);
    assert.equal(code(nobody), 'viewer');
  });
});
