import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import type { Target } from '../../../../../../shared/qoe.js';
import { container, latency, target } from '../../../build.js';
import { goal, type MemberChange, member } from './build.js';

export interface Seen {
  readonly ms: number;
  readonly count?: number;
  readonly asked?: Partial<Target>;
  readonly change?: MemberChange;
}

/**
 * A closed loop that takes one core for its target of 1 s, holds half of one and is seen at `ms`.
 */
export function seen(id: string, { ms, count = 20, asked = {}, change = {} }: Seen): Member {
  const its = target(1000, asked);
  const window = { ...latency(ms).window, count };
  return member(id, {
    goal: goal({ law: { workSeconds: 1 } }),
    heldCores: 0.5,
    ...change,
    allocation: {
      target: its,
      latencyMs: ms,
      report: container(id, { target: its, latency: latency(ms, { window }) }),
      ...change.allocation,
    },
  });
}
