import type { Page } from 'playwright-core';
import type { FakeConsole } from './fake-console.js';
import { tokenOf } from './fake-console.js';
import { calmScene, gpuScene, natsAwayScene, replicasScene, watchedScene } from './more-scenes.js';
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
  /** What is done then. */
  readonly act?: (page: Page) => Promise<void>;
  /** What is there then, or after that. */
  readonly shows?: string;
  readonly token?: string;
  readonly requireToken?: boolean;
  /** The console is stopped before one looks. */
  readonly isCut?: boolean;
  /** No event is stored. */
  readonly isQuiet?: boolean;
  /** The API never answers, or refuses the connection; absent = it answers. */
  readonly answers?: 'never' | 'none';
}

/** Signed in: ready when the role is known, and with it what may be pressed. */
const SUBMITTER = { token: tokenOf('submitter'), ready: 'submitter · sign out' };
const OPERATOR = { token: tokenOf('operator'), ready: 'operator · sign out' };
const press =
  (name: string) =>
  (page: Page): Promise<void> =>
    page.getByRole('button', { name }).first().click();
const plan =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await page.getByLabel('Job file').fill(text);
    await press('What would happen?')(page);
  };

const OVERVIEW: readonly PageState[] = [
  { name: 'overview', scene: usualScene, path: '/', ready: '8 of 12 at target' },
  { name: 'all-at-target', scene: calmScene, path: '/', ready: 'Nothing is wrong with them' },
  { name: 'only-watched', scene: watchedScene, path: '/', ready: 'it is only watched' },
  { name: 'being-started', scene: replicasScene, path: '/', ready: 'is being started' },
  { name: 'thousand-jobs', scene: () => manyScene(1000), path: '/', ready: '1000 jobs' },
  { name: 'hostile', scene: hostileScene, path: '/', ready: 'of 4 at target' },
  { name: 'nothing-found', scene: usualScene, path: '/?q=none', ready: 'No job is like that' },
  {
    ...{ name: 'add-host', scene: usualScene, path: '/', ready: '8 of 12 at target' },
    act: async (page) => {
      await page.getByText('Add a host', { exact: true }).click();
      await page.getByText('With Docker Compose instead').click();
    },
    shows: 'in the same folder',
  },
];

/** What is between the page and the cluster does not answer, or not as it should. */
const WITHOUT: readonly PageState[] = [
  { name: 'nothing-yet', scene: emptyScene, path: '/', ready: 'No jobs yet' },
  { name: 'silent-host', scene: silentScene, path: '/', ready: 'h2 is down' },
  { name: 'nobody-leads', scene: leaderlessScene, path: '/', ready: 'Nobody leads' },
  { name: 'nats-away', scene: natsAwayScene, path: '/', ready: 'is not connected to NATS' },
  {
    ...{ name: 'coordinator-away', scene: coordinatorAwayScene, path: '/' },
    ready: 'Jobs are not known',
  },
  {
    ...{ name: 'job-coordinator-away', scene: coordinatorAwayScene, path: '/jobs/detect' },
    ready: 'Jobs are not known',
  },
  {
    ...{ name: 'disconnected', scene: usualScene, path: '/', ready: 'Disconnected' },
    isCut: true,
  },
  {
    ...{ name: 'opening', scene: usualScene, path: '/', ready: 'Reading the cluster' },
    answers: 'never',
  },
  {
    ...{ name: 'never-connected', scene: usualScene, path: '/', ready: 'does not answer' },
    answers: 'none',
  },
  {
    ...{ name: 'sign-in', scene: usualScene, path: '/', ready: 'asks for a token' },
    requireToken: true,
  },
  {
    ...{ name: 'sign-in-dialogue', scene: usualScene, path: '/', ready: '8 of 12 at target' },
    ...{ act: press('Sign in'), shows: 'To look, no token is needed here' },
  },
  {
    ...{ name: 'help', scene: usualScene, path: '/', ready: '8 of 12 at target' },
    ...{ act: press('Help: keys'), shows: 'close, or leave the field' },
  },
  { name: 'no-such-page', scene: usualScene, path: '/jobs/no.such', ready: 'no such page' },
];

const JOBS: readonly PageState[] = [
  { name: 'job', scene: usualScene, path: '/jobs/detect', ready: 'What happened' },
  { name: 'job-gone', scene: usualScene, path: '/jobs/none', ready: 'There is no such job now' },
  { name: 'job-replicas', scene: replicasScene, path: '/jobs/search', ready: '3 replicas' },
  {
    ...{ name: 'job-submitter', scene: usualScene, path: '/jobs/face-1' },
    ...{ ...SUBMITTER, shows: 'What happened' },
  },
  {
    ...{ name: 'job-new-target', scene: usualScene, path: '/jobs/detect' },
    ...SUBMITTER,
    act: async (page) => {
      await page.getByLabel('Response time', { exact: true }).fill('90ms');
      await press('What would happen?')(page);
    },
    shows: 'would lose its target',
  },
  {
    ...{ name: 'job-quote', scene: usualScene, path: '/jobs/detect' },
    ...{ ...SUBMITTER, act: press('What would other targets cost?'), shows: 'Choosing a point' },
  },
  {
    ...{ name: 'job-stop', scene: usualScene, path: '/jobs/detect' },
    ...{ ...SUBMITTER, act: press('Stop detect'), shows: 'Keep it' },
  },
];

const HOSTS: readonly PageState[] = [
  { name: 'host', scene: usualScene, path: '/nodes/h2', ready: 'allocations here' },
  { name: 'host-gone', scene: usualScene, path: '/nodes/none', ready: 'There is no such host' },
  { name: 'host-silent', scene: silentScene, path: '/nodes/h2', ready: 'Last heard' },
  { name: 'host-gpus', scene: gpuScene, path: '/nodes/h2', ready: 'power of all GPUs' },
  {
    ...{ name: 'host-hundred-jobs', scene: () => manyScene(1000), path: '/nodes/h0' },
    ready: '100 allocations here',
  },
  {
    ...{ name: 'host-waits', scene: silentScene, path: '/nodes/h3' },
    ...{ ...OPERATOR, shows: 'Approve h3' },
  },
  {
    ...{ name: 'host-operator', scene: usualScene, path: '/nodes/h2' },
    ...{ ...OPERATOR, shows: 'allocations here' },
  },
  {
    ...{ name: 'host-drain', scene: usualScene, path: '/nodes/h2' },
    ...{ ...OPERATOR, act: press('Drain…'), shows: '4 allocations would move' },
  },
];

const OTHERS: readonly PageState[] = [
  { name: 'events', scene: usualScene, path: '/events', ready: 'is slower than its target' },
  {
    name: 'events-none',
    scene: emptyScene,
    path: '/events',
    ready: 'Nothing is stored',
    isQuiet: true,
  },
  {
    name: 'events-filtered',
    scene: usualScene,
    path: '/events?job=x',
    ready: 'None of the events',
  },
  { name: 'report', scene: usualScene, path: '/report', ready: 'Download as CSV' },
  { name: 'report-by-label', scene: usualScene, path: '/report?by=label', ready: 'Type the label' },
  { name: 'submit-viewer', scene: usualScene, path: '/submit', ready: 'takes a token of the role' },
  {
    ...{ name: 'submit', scene: usualScene, path: '/submit' },
    ...SUBMITTER,
  },
  {
    ...{ name: 'submit-faults', scene: usualScene, path: '/submit' },
    ...{ ...SUBMITTER, act: plan('name: web\nimage: x\ntarget: { latency: soon }\n') },
    shows: 'in the job file: each stands above',
  },
  {
    ...{ name: 'submit-plan', scene: usualScene, path: '/submit' },
    ...{ ...SUBMITTER, act: plan('name: web\nimage: x\ntarget: { latency: 3ms }\n') },
    shows: 'web-1 on h1 begins with',
  },
  {
    ...{ name: 'submit-suggestions', scene: usualScene, path: '/submit' },
    ...SUBMITTER,
    act: async (page) => {
      await page.getByLabel('Job file').fill('name: a\n');
      await page.getByLabel('Job file').press('End');
      await page.getByLabel('Job file').pressSequentially('re');
      await page.getByRole('option', { name: /^replicas/ }).waitFor();
    },
  },
];

/** Every view and every state that it can be in. */
export const PAGE_STATES: readonly PageState[] = [
  ...OVERVIEW,
  ...WITHOUT,
  ...JOBS,
  ...HOSTS,
  ...OTHERS,
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
