import assert from 'node:assert/strict';
import { deriveEvents } from '../../../coordinator/state/derive-events.js';
import type { JobSpec } from '../../../shared/job.js';
import { job } from './build.js';
import { RolloutHosts } from './rollout-hosts.js';

/** A job of three containers; another level is another version. */
export const web = (level: string, change: Partial<JobSpec> = {}): JobSpec =>
  job('web', { image: 'v1', env: { LEVEL: level }, replicas: 3, moves: 'never', ...change });

/** It runs on three hosts, which say what containers were made from. */
export const running = (change: Partial<JobSpec> = {}): RolloutHosts => {
  const made = new RolloutHosts(['h1', 'h2', 'h3']);
  made.tellsVersions = true;
  made.run(2);
  made.submit(web('1', change));
  made.run(10);
  made.watch();
  return made;
};

/** How many containers are asked for as changed. */
export const asked = ({ state }: RolloutHosts): number =>
  [...state.nodes.values()]
    .flatMap(({ desired }) => desired?.allocations ?? [])
    .filter(({ spec }) => spec?.env.LEVEL === '2').length;

export const untilAsked = (made: RolloutHosts, count: number): void => {
  for (let second = 0; second < 100 && asked(made) < count; second += 1) made.run(1);
  assert.equal(asked(made), count);
};

export const hostOf = ({ state }: RolloutHosts, id: string): string =>
  [...state.nodes.values()].find(({ desired }) => desired?.allocations.some((one) => one.id === id))
    ?.id ?? '';

/** What events of that time say of changes that stand still. */
export function stallsIn(made: RolloutHosts, seconds: number): readonly string[] {
  const said: string[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const before = made.state;
    made.run(1);
    const context = { nowMs: made.second * 1000, wallMs: 0, source: 'c1' };
    for (const { type, data } of deriveEvents(before, made.state, context))
      if (type === 'dqoes.job.start-failed') said.push(`${data.allocation}: ${data.reason}`);
  }
  return said;
}

export const says = (made: RolloutHosts, reason: RegExp): void =>
  assert.match(made.reasons.join('\n'), reason);
