import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { EVENT_DATA, type EventType } from '../../../proto/schemas/event.js';

/** A test that sees events of a type: its file, and its words behind `it`. */
type Seen = readonly [file: string, title: string];

const STEERING = 'unit/coordinator/coordinator.test.ts';
const FACTS = 'unit/coordinator/facts.test.ts';
const RESUMED = 'integration/events-resume.test.ts';
const LOSS = 'unit/coordinator/store/loss.test.ts';
const ONCE = 'that was away while a leader was killed has every event, once, in order';
const PUBLISHED = 'moves CPU from the fast to the slow, and publishes what happened';
const SILENT = 'shows a silent node as suspect, then down, and touches nothing there';
const REFILLED = ': an event, refilled, no container touched';
const CONTAINERS = 'unit/coordinator/state/container-events.test.ts';
const UNREACHABLE = 'unit/coordinator/state/unreachable.test.ts';
const CONDITIONS: Seen = [
  'unit/coordinator/state/node-conditions.test.ts',
  'cause one event when they begin and one when they end',
];

/** Published by a coordinator and read where subscribers read. */
const END_TO_END: Readonly<Partial<Record<EventType, Seen>>> = {
  'dqoes.job.submitted': [RESUMED, ONCE],
  'dqoes.job.placed': [RESUMED, ONCE],
  'dqoes.job.started': [RESUMED, ONCE],
  'dqoes.job.stopped': [RESUMED, ONCE],
  'dqoes.coordinator.elected': [RESUMED, ONCE],
  'dqoes.job.class-changed': [STEERING, PUBLISHED],
  'dqoes.allocation.limit-changed': [STEERING, PUBLISHED],
  'dqoes.node.joined': [STEERING, PUBLISHED],
  'dqoes.node.suspect': [STEERING, SILENT],
  'dqoes.node.down': [STEERING, SILENT],
  'dqoes.job.lost': [STEERING, SILENT],
  'dqoes.job.infeasible': [FACTS, 'that a job made way for a heavier one'],
  'dqoes.job.preempted': [FACTS, 'that a job made way for a heavier one'],
  'dqoes.job.moved': [FACTS, 'that a job moved, and that its drained node is empty'],
  'dqoes.node.drained': [FACTS, 'that a job moved, and that its drained node is empty'],
  'dqoes.gpu.lost': [FACTS, 'that a container no longer reaches its GPU'],
  'dqoes.coordinator.frozen': [FACTS, 'that most nodes are silent, and that they are back'],
  'dqoes.coordinator.resumed': [FACTS, 'that most nodes are silent, and that they are back'],
  'dqoes.coordinator.audit-failed': [FACTS, 'that the audit cannot be written'],
  'dqoes.job.refused': [
    'integration/refusals.test.ts',
    'has it taken by another within 5 s, and is named in one event',
  ],
  'dqoes.node.twin': [
    'unit/coordinator/twin.test.ts',
    'never has its say while the first lives, and is told to end',
  ],
  'dqoes.coordinator.store-lost': [LOSS, REFILLED],
  'dqoes.coordinator.store-refilled': [LOSS, REFILLED],
};

/** Derived from the state; from there all types go the same way. */
const FROM_STATE: Readonly<Partial<Record<EventType, Seen>>> = {
  'dqoes.job.start-failed': [CONTAINERS, 'causes one event for each reason, however often'],
  'dqoes.job.unreachable': [UNREACHABLE, 'cause one event, with what could be'],
  'dqoes.job.reachable': [UNREACHABLE, 'cause another when they are reachable'],
  'dqoes.node.overloaded': CONDITIONS,
  'dqoes.node.relieved': CONDITIONS,
  'dqoes.node.fell-back': CONDITIONS,
  'dqoes.node.resumed': CONDITIONS,
};

/** Sources, not what is built of them. */
const textOf = (file: string): string =>
  readFileSync(new URL(`../../../../test/${file}`, import.meta.url), 'utf8');

describe('each type of event', () => {
  for (const type of Object.keys(EVENT_DATA) as EventType[])
    it(`${type} is seen by a test`, () => {
      const seen = END_TO_END[type] ?? FROM_STATE[type];
      assert.ok(seen, 'no test sees it: write one, and name it here');
      const [file, title] = seen;
      const text = textOf(file);
      assert.ok(text.includes(title), `${file} has no ${title}`);
      const name = type.replace('dqoes.', '');
      assert.ok(text.includes(`${name}'`) || text.includes(`${name} `), `${file} has no ${type}`);
    });
});
