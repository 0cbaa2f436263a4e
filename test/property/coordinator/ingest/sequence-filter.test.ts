import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  type JudgedReport,
  SequenceFilter,
} from '../../../../coordinator/ingest/sequence-filter.js';
import { nodeId } from '../../../unit/coordinator/build.js';

const NODE = nodeId('h1');
const INTERVAL_MS = 1000;

/** What a second agent says of its start, seen from the first: journal and number of starts. */
const otherBoot = fc.constantFrom(
  undefined,
  { journal: 'mine', count: 8 },
  { journal: 'mine', count: 7 },
  { journal: 'mine', count: 3 },
  { journal: 'mine', count: 2 ** 32 },
  { journal: 'other', count: 9 },
);
const firstBoot = fc.constantFrom(undefined, { journal: 'mine', count: 7 });
/** Who reports next, after which pause; a forger may choose its sequence and its start. */
const step = fc.record({
  who: fc.constantFrom('first', 'first', 'second', 'forger'),
  pauseMs: fc.oneof(fc.integer({ min: 1, max: 1500 }), fc.integer({ min: 1, max: 60_000 })),
  sequence: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant(2 ** 53 - 1)),
  start: fc.integer({ min: 0, max: 20 }),
  boot: otherBoot,
});

class Agent {
  sequence = 0;
  constructor(
    readonly bootId: string,
    readonly boot: JudgedReport['boot'],
    /** Its clock, less ours, ms. */
    readonly aheadMs: number,
  ) {}

  report(nowMs: number, sequence?: number): JudgedReport {
    this.sequence += 1;
    const { bootId, boot } = this;
    return {
      node: NODE,
      bootId,
      sequence: sequence ?? this.sequence,
      sentAtMs: nowMs + this.aheadMs,
      intervalMs: INTERVAL_MS,
      ...(boot === undefined ? {} : { boot }),
    };
  }
}

describe('SequenceFilter', () => {
  it('always passes the newest report of the agent that was heard first', () => {
    fc.assert(
      fc.property(
        firstBoot,
        otherBoot,
        fc.array(step, { maxLength: 60 }),
        (boot, secondBoot, steps) => {
          const filter = new SequenceFilter(10);
          const first = new Agent('first', boot, 5e6);
          const second = new Agent('second', secondBoot, -3000);
          let nowMs = 10_000;
          assert.equal(filter.check(first.report(nowMs), nowMs), 'new');
          for (const { who, pauseMs, sequence, start, boot: forged } of steps) {
            nowMs += pauseMs;
            if (who === 'first') assert.equal(filter.check(first.report(nowMs), nowMs), 'new');
            else if (who === 'second') filter.check(second.report(nowMs), nowMs);
            else filter.check(new Agent(`x${start}`, forged, 0).report(nowMs, sequence), nowMs);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('passes an agent again after a few reports, whatever numbers are sent in its name', () => {
    const forged = fc.record({
      pauseMs: fc.integer({ min: 1, max: 4000 }),
      sequence: fc.integer({ min: 1, max: 2 ** 53 - 1 }),
      intervalMs: fc.constantFrom(100, INTERVAL_MS, 3_600_000),
      aheadMs: fc.integer({ min: -1e9, max: 1e12 }),
    });
    fc.assert(
      fc.property(fc.array(forged, { maxLength: 10 }), (steps) => {
        const filter = new SequenceFilter(10);
        const first = new Agent('first', undefined, 0);
        let nowMs = 10_000;
        filter.check(first.report(nowMs), nowMs);
        for (const { pauseMs, sequence, intervalMs, aheadMs } of steps) {
          nowMs += pauseMs;
          const report = new Agent('first', undefined, aheadMs).report(nowMs, sequence);
          filter.check({ ...report, intervalMs }, nowMs);
        }
        const verdicts = Array.from({ length: 8 }, () => {
          nowMs += INTERVAL_MS;
          return filter.check(first.report(nowMs), nowMs);
        });
        assert.equal(verdicts.at(-1), 'new', verdicts.join());
        assert.equal(verdicts.at(-2), 'new', verdicts.join());
      }),
      { numRuns: 1000 },
    );
  });

  it('passes each report of an agent once, whatever comes between', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const filter = new SequenceFilter(10);
        const first = new Agent('first', undefined, 0);
        let nowMs = 10_000;
        for (const { who, pauseMs, start, boot } of steps) {
          nowMs += pauseMs;
          const report = who === 'first' ? first.report(nowMs) : undefined;
          if (report === undefined)
            filter.check(new Agent(`x${start}`, boot, 0).report(nowMs), nowMs);
          else {
            filter.check(report, nowMs);
            assert.notEqual(filter.check(report, nowMs), 'new');
          }
        }
      }),
    );
  });
});
