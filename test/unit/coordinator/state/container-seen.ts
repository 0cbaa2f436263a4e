import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { fixedPartsHashOf } from '../../../../shared/fixed-parts-hash.js';
import type { JobSpec } from '../../../../shared/job.js';
import type { ContainerReport, NodeReport } from '../../../../shared/report.js';
import { allocationId, container, containerIdOf, job, limit, nodeId } from '../build.js';
import { fold, reported, START, stored } from './state-build.js';

export type Change = Partial<ContainerReport>;

let count = 0;
export function desired(spec: JobSpec | undefined): StateEvent {
  count += 1;
  const version = { incarnation: 'inc', epoch: 3, revision: count };
  const wanted = { id: allocationId('a-1'), limit: limit(1), reason: '' };
  const allocations = spec === undefined ? [] : [{ ...wanted, job: spec.name, spec }];
  const state = { ...version, node: nodeId('h1'), validForMs: 1000, allocations };
  return { kind: 'desired-stored', atMs: 0, states: [state] };
}
/** A report of `h1` with `a-1` in this condition; undefined = without. */
export function seen(change: Change | undefined, more: Partial<NodeReport> = {}): StateEvent {
  count += 1;
  const containers = change === undefined ? [] : [container('a-1', change)];
  return reported(0, 'h1', { sequence: count, containers, ...more });
}
/** The same by an agent that says that it was made from `a` with these settings. */
export const madeFrom = (of: Partial<JobSpec>, its: Change): StateEvent =>
  seen(its, { specHashes: { 'a-1': fixedPartsHashOf(job('a', of)) } });
/** The first reports of an agent that was started again: it does not know yet what is wanted. */
export const restarted = (...changes: readonly (Change | undefined)[]): readonly StateEvent[] =>
  [undefined, ...changes].map((change) => seen(change, { bootId: 'boot-2' }));
/** What the agent answers of `a-1`; '' = it is as it is wanted. */
export function answered(reason: string): StateEvent {
  const version = { incarnation: 'inc', epoch: 3, revision: count };
  const ok = reason === '';
  const ack = {
    ...{ node: nodeId('h1'), bootId: 'boot-1', asked: version, holds: version, reason: '' },
    outcome: ok ? ('applied' as const) : ('partial' as const),
    allocations: [{ id: allocationId('a-1'), ok, reason }],
  };
  return { kind: 'acks', atMs: 0, acks: [ack] };
}
/** The events of containers between the first state and each that follows, as `type: reason`. */
export function eventsOf(first: ClusterState, ...events: readonly StateEvent[]): readonly string[] {
  let before = first;
  return events.flatMap((event) => {
    const after = fold(before, event);
    const found = deriveEvents(before, after, { nowMs: 0, wallMs: 0, source: '/test' });
    before = after;
    return found.flatMap(({ type, data }) => {
      const reason = 'reason' in data && data.reason !== undefined ? `: ${data.reason}` : '';
      return /^dqoes\.job\.(?:start|lost)/.test(type) ? [`${type.slice(6)}${reason}`] : [];
    });
  });
}

const ABSENT = { containerId: null, lifeId: '' };
export const pending = (reason = ''): Change => ({ ...ABSENT, state: 'pending', reason });
export const NO_IMAGE = 'the container cannot be made: no such image web:2 [docker.no-image]';
export const TAKEN = 'the engine refused: the name dqoes-a-1 is taken [docker.refused]';
/** The engine has a new name for what it makes for a container, and a new port, in each try. */
export const portTaken = (part: string): string =>
  `the engine refused: driver failed programming external connectivity on endpoint dqoes-a-1 ` +
  `(${part.repeat(32)}): Bind for 0.0.0.0:80 failed: port is already allocated [docker.refused]`;
export const noAnswer = (port: number, server = '10.0.0.2'): string =>
  `the container cannot be made: lookup registry.example on ${server}:53: read udp ` +
  `10.0.0.7:${port}->${server}:53: i/o timeout [docker.no-image]`;
export const cannotDial = (address: string): string =>
  'the container cannot be made: Get "https://registry.example/v2/": dial tcp ' +
  `${address}:443: connect: connection refused [docker.no-image]`;
export const failed = (reason = NO_IMAGE): Change => ({ ...ABSENT, state: 'failed', reason });
export const ended = (code: number, change: Change = {}): Change => ({
  ...{ state: code === 0 ? 'exited' : 'failed', reason: `exited with code ${code}` },
  ...change,
});
export const life = (number: number): Change => ({ lifeId: `life@${number}` });
export const PLACED = fold(START, stored('a'), seen(undefined), desired(job('a')));
export const RUNS = fold(PLACED, seen(life(1)));
/** Another container of `a-1`. */
export const NEXT: Change = { containerId: containerIdOf('next'), ...life(9) };
export const LOST = 'job.lost: its container is gone, and nobody asked dqoes to remove it';
