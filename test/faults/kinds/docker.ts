import { docker } from '../../lib/docker-command.js';
import { isChanging } from '../acknowledged.js';
import type { DockerFault } from '../docker-proxy.js';
import { anyOf, type Fault, logged, type Play, shown } from './fault.js';

const HOLD_MS = 5000;
const PERIOD_US = 100_000;
/** Below every limit that dqoes gives here, so that no sum is exceeded by it. */
const UNDONE_US = 2000;

const misbehaves = (name: string, how: DockerFault, change: Partial<Fault> = {}): Fault => ({
  name,
  family: how === 'lies' ? 'lying Docker' : 'slow Docker',
  touches: ['docker'],
  holdMs: HOLD_MS,
  begin: ({ cluster }) => cluster.proxy.become(how),
  end: ({ cluster }) => cluster.proxy.become('pass'),
  ...change,
});

const isToldOf = anyOf(
  logged(/the container list may be old|Docker|engine/i, 'agent'),
  shown(/the container list may be old|the Docker Engine|cut its answer/i),
);

/** Somebody undoes a limit, and what the agent writes against it is confirmed and not done. */
async function liesAboutLimits({ cluster, observer }: Play): Promise<void> {
  await cluster.proxy.become('lies');
  // One that nobody stops meanwhile.
  const one = observer.seen.find(({ job }) => job !== '' && !isChanging(cluster, job));
  if (one === undefined) return;
  const flags = ['--cpu-period', `${PERIOD_US}`, '--cpu-quota', `${UNDONE_US}`];
  await docker('update', ...flags, one.id);
}

export const DOCKER_FAULTS: readonly Fault[] = [
  misbehaves('Docker answers after 1.5 s', 'slow'),
  misbehaves('Docker does not answer', 'hangs', { told: isToldOf }),
  misbehaves('Docker is not there', 'gone', { told: isToldOf }),
  misbehaves('Docker answers with 500', 'refuses', { family: 'lying Docker', told: isToldOf }),
  misbehaves('Docker cuts answers and streams', 'cuts', {
    family: 'lying Docker',
    told: isToldOf,
  }),
  misbehaves('Docker confirms limits and does not set them', 'lies', {
    begin: liesAboutLimits,
    told: logged(/changed by others|reads back|not in force|holds/, 'agent'),
  }),
];
