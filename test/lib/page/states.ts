import type { FakeConsole } from './fake-console.js';
import { tokenOf } from './fake-console.js';
import {
  coordinatorAwayScene,
  emptyScene,
  hostileScene,
  leaderlessScene,
  manyScene,
  type Scene,
  silentScene,
  usualScene,
} from './scenes.js';

/** A view of the page in one of its states, for screenshots and for axe-core. */
export interface PageState {
  readonly name: string;
  readonly scene: () => Scene;
  readonly path: string;
  /** What is there when it is ready. */
  readonly ready: string;
  readonly token?: string;
  readonly requireToken?: boolean;
  /** The console is stopped before one looks. */
  readonly isCut?: boolean;
}

/** Every view and every state that it can be in. */
export const PAGE_STATES: readonly PageState[] = [
  { name: 'overview', scene: usualScene, path: '/', ready: '8 of 12 at target' },
  { name: 'nothing-yet', scene: emptyScene, path: '/', ready: 'No jobs yet' },
  { name: 'silent-host', scene: silentScene, path: '/', ready: 'h2 is down' },
  { name: 'nobody-leads', scene: leaderlessScene, path: '/', ready: 'Nobody leads' },
  {
    ...{ name: 'coordinator-away', scene: coordinatorAwayScene, path: '/' },
    ready: 'Jobs are not known',
  },
  {
    ...{ name: 'disconnected', scene: usualScene, path: '/', ready: 'Disconnected' },
    isCut: true,
  },
  {
    ...{ name: 'sign-in', scene: usualScene, path: '/', ready: 'asks for a token' },
    requireToken: true,
  },
  { name: 'thousand-jobs', scene: () => manyScene(1000), path: '/', ready: '1000 jobs' },
  { name: 'hostile', scene: hostileScene, path: '/', ready: 'of 4 at target' },
  { name: 'job', scene: usualScene, path: '/jobs/detect', ready: 'What happened' },
  {
    ...{ name: 'job-submitter', scene: usualScene, path: '/jobs/face-1', ready: 'sign out' },
    token: tokenOf('submitter'),
  },
  {
    ...{ name: 'host-operator', scene: usualScene, path: '/nodes/h2', ready: 'sign out' },
    token: tokenOf('operator'),
  },
  { name: 'report', scene: usualScene, path: '/report', ready: 'By' },
  { name: 'host', scene: usualScene, path: '/nodes/h2', ready: 'allocations here' },
  { name: 'host-silent', scene: silentScene, path: '/nodes/h2', ready: 'Last heard' },
  { name: 'events', scene: usualScene, path: '/events', ready: 'is slower than its target' },
  {
    ...{ name: 'submit', scene: usualScene, path: '/submit', ready: 'What would happen' },
    token: tokenOf('submitter'),
  },
];

/** Some events of the usual scene, so that no list of them is empty. */
export function tellStory(fake: FakeConsole): void {
  const place = { job: 'detect', allocation: 'detect-1', node: 'h2' };
  const limit = (cpuCores: number) => ({ cpuCores, periodUs: 100_000 });
  fake.say('dqoes.node.joined', {
    ...{ node: 'h2', cpuCores: 2, memoryBytes: 8e9, agentVersion: '0.1.0' },
  });
  fake.say('dqoes.job.placed', { ...place, reason: 'h2 has 1.2 of 2 CPU left' });
  fake.say('dqoes.job.started', place);
  const change = { from: limit(0.3), to: limit(0.5), reason: 'it takes 0.5 CPU for 40 ms' };
  fake.say('dqoes.allocation.limit-changed', { ...place, ...change });
  fake.say('dqoes.job.class-changed', {
    ...place,
    ...{ from: 'within', to: 'slower', latencyMs: 96, targetMs: 40 },
  });
  fake.say('dqoes.job.unreachable', {
    ...place,
    ...{ targetMs: 40, reachableMs: 92, neededCores: 2.48, reason: 'best 92 ms with 1.07 CPU' },
  });
}
