import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { commandMaxBytes } from '../../../proto/codec/limits.js';
import { eventAbout, eventSubject } from '../../../proto/event.js';
import { VERBS } from '../../../proto/schemas/service.js';
import { subjectMatches } from '../../../proto/subject-match.js';
import { subjectsOf } from '../../../proto/subjects.js';
import type { NodeId } from '../../../shared/ids.js';
import { goldenValue } from '../../lib/fixtures.js';

const node = 'h1' as NodeId;

describe('subjects', () => {
  const subjects = subjectsOf('main');

  it('are the table of the wire document', () => {
    assert.equal(subjects.telemetry(node), 'dqoes.v1.main.tm.h1');
    assert.equal(subjects.ack(node), 'dqoes.v1.main.ack.h1');
    assert.equal(subjects.command(node), 'dqoes.v1.main.cmd.h1');
    assert.equal(subjects.service('job-submit'), 'dqoes.v1.main.svc.job-submit');
    assert.equal(subjects.serviceFor('job-submit', undefined), subjects.service('job-submit'));
    assert.equal(subjects.serviceFor('job-submit', 'U1'), 'dqoes.v1.main.svc.job-submit.U1');
    assert.equal(subjects.logsFor(node, 'U1'), 'dqoes.v1.main.logs.h1.U1');
    assert.equal(subjects.logsFor(node, undefined), subjects.logs(node));
    assert.equal(subjects.audit('job-stop'), 'dqoes.v1.main.audit.job-stop');
    assert.equal(subjects.event('job', 'class-changed'), 'dqoes.v1.main.evt.job.class-changed');
    assert.equal(subjectsOf('main', 'other').telemetry(node), 'other.v1.main.tm.h1');
  });

  it('match their own wildcards and no other', () => {
    const pairs = [
      [subjects.telemetry(node), subjects.allTelemetry],
      [subjects.ack(node), subjects.allAcks],
      [subjects.command(node), subjects.allCommands],
      [subjects.event('node', 'down'), subjects.allEvents],
      [subjects.audit('leader'), subjects.allAudit],
      ...VERBS.map((verb) => [subjects.service(verb), subjects.allServices] as const),
    ] as const;
    const wildcards = new Set(pairs.map(([, wildcard]) => wildcard));
    for (const [subject, own] of pairs) {
      for (const wildcard of wildcards)
        assert.equal(subjectMatches(wildcard, subject), wildcard === own, subject);
    }
  });

  it('tell who asks for logs, where a request says so', () => {
    assert.ok(subjectMatches(subjects.namedLogs(node), subjects.logsFor(node, 'U1')));
    assert.equal(subjects.logReaderOf(subjects.logsFor(node, 'U1')), 'U1');
    assert.equal(subjects.logReaderOf(subjects.logs(node)), undefined);
  });

  it('tell through which key a token comes', () => {
    const call = subjects.tokenCallFor('job-stop', 'U1');
    assert.equal(call, 'dqoes.v1.main.tok.job-stop.U1');
    assert.equal(subjects.tokenCallFor('job-stop', undefined), subjects.tokenCall('job-stop'));
    assert.ok(subjectMatches(subjects.tokenCallFor('job-stop', '*'), call));
    assert.ok(subjectMatches(subjects.allTokenCalls, call));
    assert.equal(subjects.tokenBearerOf(call), 'U1');
    assert.equal(subjects.tokenBearerOf(subjects.tokenCall('job-stop')), undefined);
  });

  it('tell the node, unless the last token is none', () => {
    assert.equal(subjects.nodeOf('dqoes.v1.main.tm.h1'), 'h1');
    assert.equal(subjects.nodeOf('dqoes.v1.main.tm.'), undefined);
    assert.equal(subjects.nodeOf('dqoes.v1.main.tm.h 1'), undefined);
    assert.equal(subjects.nodeOf(`dqoes.v1.main.tm.${'x'.repeat(64)}`), undefined);
  });

  it('of an event follow from its type', () => {
    const event = goldenValue<Parameters<typeof eventAbout>[0]>('event.v1');
    assert.equal(eventSubject(subjects, event.type), 'dqoes.v1.main.evt.allocation.limit-changed');
    assert.equal(eventAbout(event), 'ocr-det');
  });
});

describe('subject matching', () => {
  const cases: [string, string, boolean][] = [
    ['a.b', 'a.b', true],
    ['a.b', 'a.b.c', false],
    ['a.b.c', 'a.b', false],
    ['a.*', 'a.b', true],
    ['a.*', 'a', false],
    ['*.b', 'a.b', true],
    ['a.>', 'a', false],
    ['a.>', 'a.b.c', true],
    ['>', 'a', true],
    ['a.>.c', 'a.b.c', false],
    ['a.*.c', 'a.b.c', true],
  ];
  for (const [pattern, subject, expected] of cases) {
    it(`${pattern} ${expected ? 'matches' : 'does not match'} ${subject}`, () =>
      assert.equal(subjectMatches(pattern, subject), expected));
  }
});

describe('cap of a command', () => {
  it('is 16 KiB per 50 allocations, and at least that', () => {
    assert.deepEqual(
      [0, 1, 50, 51, 400].map(commandMaxBytes),
      [16_384, 16_384, 16_384, 32_768, 131_072],
    );
  });
});
