import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { AuditTrail } from '../../../../coordinator/audit/audit-trail.js';
import { Backlog } from '../../../../coordinator/dispatch/backlog.js';
import { decodeAudit } from '../../../../proto/audit.js';
import type { Requester } from '../../../../proto/requester.js';
import type { AuditLine } from '../../../../proto/schemas/audit.js';
import type { StoreFailure } from '../../../../proto/store.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { silentLog } from '../../../../shared/log.js';
import { err, ok } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { jobName, nodeId } from '../build.js';

const SUE: Requester = { kind: 'user', name: 'sue', role: 'submitter', publicKey: 'key-sue' };
const FAULT = { code: 'auth.not-owner', field: 'name', message: 'job a belongs to olga' };

describe('the audit trail', () => {
  let clock: ManualClock;
  let failure: StoreFailure | undefined;
  /** Id of a line that the stream never takes. */
  let never: string;
  let lines: (AuditLine & { readonly subject: string })[];
  let failing: StoreFailure[];
  let delayMs: number;
  let trail: AuditTrail;
  beforeEach(() => {
    clock = new ManualClock();
    failure = undefined;
    never = '';
    lines = [];
    failing = [];
    delayMs = 0;
    trail = new AuditTrail({
      stream: {
        append: async (subject, id, data) => {
          if (delayMs > 0) await clock.sleep(delayMs);
          if (failure !== undefined) return err(failure);
          if (id === never) return err('unknown');
          const line = decodeAudit(data);
          assert.ok(line.ok, JSON.stringify(line));
          assert.equal(line.value.id, id);
          lines.push({ ...line.value, subject });
          return ok(undefined);
        },
      },
      subjects: subjectsOf('main'),
      clock,
      log: silentLog,
      lease: { holder: 'c1', epoch: 7, incarnation: 'i' },
      onFailing: (reason) => failing.push(reason),
    });
  });

  it('writes one line for each change: who, what, before and after', async () => {
    trail.done(SUE, 'job-submit', [
      { job: jobName('a'), before: 'x', after: 'y' },
      { job: jobName('b'), after: 'z' },
    ]);
    trail.done({ kind: 'unknown' }, 'policy-set', [{ before: 'equal', after: 'adaptive' }]);
    trail.done(SUE, 'job-submit', []);
    await clock.advance(0);
    const written = { timeMs: lines[0]?.timeMs, coordinator: 'c1', epoch: 7, outcome: 'done' };
    const sue = { who: 'sue', role: 'submitter', key: 'key-sue', verb: 'job-submit' };
    const subject = 'dqoes.v1.main.audit.job-submit';
    assert.deepEqual(lines, [
      { id: 'i.7.1', ...written, ...sue, job: 'a', before: 'x', after: 'y', subject },
      { id: 'i.7.2', ...written, ...sue, job: 'b', after: 'z', subject },
      {
        id: 'i.7.3',
        ...written,
        who: 'unknown',
        verb: 'policy-set',
        before: 'equal',
        after: 'adaptive',
        subject: 'dqoes.v1.main.audit.policy-set',
      },
    ]);
  });

  it('writes a refusal with its code and reason, cut, and how many faults there were', async () => {
    const long = { ...FAULT, message: `${'x'.repeat(499)}\u{1f600}` };
    trail.refused(SUE, 'job-stop', [long, FAULT], { job: jobName('a') });
    await clock.advance(0);
    const [{ outcome, code, reason, job } = {} as AuditLine] = lines;
    assert.deepEqual([outcome, code, job], ['refused', 'auth.not-owner', 'a']);
    assert.equal(reason, `${'x'.repeat(499)}� (and 1 more)`);
  });

  it('sums up a flood of refusals: 30 lines, and one every ten minutes', async () => {
    for (let i = 0; i < 1000; i += 1) trail.refused(SUE, 'job-stop', [FAULT]);
    await clock.advance(0);
    assert.equal(lines.length, 30);
    await clock.advance(600_000);
    assert.equal(lines.length, 31);
    const { verb, who, count } = lines[30] as AuditLine;
    assert.deepEqual([verb, who, count], ['refusals', 'sue', 970]);
    await clock.advance(3_600_000);
    assert.equal(lines.length, 31, 'nothing more was refused');
  });

  it('writes what was counted when it ends', async () => {
    for (let i = 0; i < 40; i += 1) trail.refused(SUE, 'job-stop', [FAULT]);
    await trail.stop();
    assert.equal(lines.at(-1)?.count, 10);
  });

  it('keeps lines while the stream takes none, says so once, and counts the lost', async () => {
    failure = 'full';
    for (let i = 0; i < 10_005; i += 1)
      trail.done(SUE, 'node-set', [{ node: nodeId('h1'), after: String(i) }]);
    await clock.advance(5000);
    assert.deepEqual([lines.length, failing], [0, ['full']]);
    failure = undefined;
    await clock.advance(1000);
    assert.equal(lines.length, 10_001);
    const after = lines.map((line) => line.after);
    assert.deepEqual([after[0], after[2], after[10_000]], ['0', '6', '10004']);
    assert.deepEqual([lines[1]?.verb, lines[1]?.count], ['lost', 5], 'where they would be');
  });

  it('goes on past a line that is never taken and never refused, and says so', async () => {
    never = 'i.7.1';
    for (const after of ['a', 'b', 'c', 'd', 'e'])
      trail.done(SUE, 'node-set', [{ node: nodeId('h1'), after }]);
    await clock.advance(10_000);
    for (const after of ['f', 'g', 'h'])
      trail.done(SUE, 'node-set', [{ node: nodeId('h1'), after }]);
    await clock.advance(10_000);
    assert.deepEqual(
      lines.map(({ after, verb, count }) => after ?? `${verb} ${count}`),
      ['b', 'c', 'd', 'lost 1', 'e', 'f', 'g', 'h'],
    );
    assert.deepEqual(failing, ['unknown']);
  });

  it('says how many were lost though the stream takes lines, only not as fast', async () => {
    for (let i = 0; i < 20_002; i += 1)
      trail.done(SUE, 'node-set', [{ node: nodeId('h1'), after: String(i) }]);
    await clock.advance(0);
    const lost = lines.filter(({ verb }) => verb === 'lost');
    assert.equal(lost.length, 1);
    assert.equal(lines.length - lost.length + (lost[0]?.count ?? 0), 20_002);
    assert.equal(trail.counters.dropped, 10_002);
  });

  it('notes what is lost at most once a second while lines wait', async () => {
    delayMs = 1;
    const flood = (count: number): void => {
      for (let i = 0; i < count; i += 1)
        trail.done(SUE, 'node-set', [{ node: nodeId('h1'), after: String(i) }]);
    };
    flood(10_000);
    for (let i = 0; i < 1500; i += 1) {
      flood(2);
      await clock.advance(1);
    }
    const lost = lines.filter(({ verb }) => verb === 'lost');
    assert.equal(lost.length, 2);
  });

  it('lets changes wait for a slow stream, not for one that takes nothing', async () => {
    let running = 0;
    const change = async (lines: number): Promise<void> => {
      await trail.roomFor(lines);
      running += 1;
    };
    delayMs = 1;
    for (let i = 0; i < 5001; i += 1)
      trail.done(SUE, 'node-set', [{ node: nodeId('h1'), after: String(i) }]);
    void change(1);
    await clock.advance(1);
    assert.equal(running, 0);
    await clock.advance(5);
    assert.equal(running, 1);
    void change(5000);
    await clock.advance(1);
    assert.equal(running, 1);
    failure = 'full';
    await clock.advance(5);
    assert.equal(running, 2);
  });

  it('writes who leads, and what the rules of a host forbid', async () => {
    trail.leads(6);
    trail.hostRefused({
      type: 'dqoes.job.refused',
      id: 'job-refused.a-1.h',
      source: '/x',
      timeMs: 1,
      data: {
        job: jobName('a'),
        allocation: 'a-1' as never,
        node: nodeId('h1'),
        specHash: 'h',
        reason: 'image x is not allowed',
      },
    });
    await clock.advance(0);
    assert.deepEqual(
      lines.map(({ who, verb, before, after, code }) => [who, verb, before, after, code]),
      [
        ['c1', 'leader', 'epoch 6', 'c1 leads in epoch 7', undefined],
        ['agent-h1', 'host-refusal', undefined, undefined, 'enforce.policy'],
      ],
    );
    assert.equal(lines[1]?.id, 'job-refused.a-1.h');
  });

  it('leaves no act of a host for its next term, because agents say it again', async () => {
    const backlog = new Backlog();
    const waiting = new AuditTrail({
      stream: { append: async () => err('full') },
      backlog,
      subjects: subjectsOf('main'),
      clock,
      log: silentLog,
      lease: { holder: 'c1', epoch: 7, incarnation: 'i' },
      onFailing: () => {},
    });
    const said = { verb: 'restore', who: 'root', what: 'restored a' };
    const act = { number: 1, after: 0, timeMs: 0, ...said };
    waiting.hostActed(nodeId('h1'), act, () => assert.fail('it was not stored'));
    waiting.done(SUE, 'policy-set', [{ after: 'equal' }]);
    await clock.advance(0);
    assert.equal(backlog.waiting.length, 2);
    await waiting.stop();
    assert.deepEqual(
      backlog.waiting.map(({ subject }) => subject),
      ['dqoes.v1.main.audit.policy-set'],
    );
  });
});
