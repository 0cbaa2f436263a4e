import { room } from './room.mjs';

/** Files of coordinator/workers that know no clock and ask nobody. */
const PURE_OF_WORKERS = [
  ...['cluster-places', 'counter-sums', 'divided-state', 'heard-jobs', 'heard-node', 'joined'],
  ...['joined-pages', 'lasting-news', 'lasting-nodes', 'messages', 'node-worker', 'owner-of'],
  ...['own-texts', 'places-between', 'said-news', 'same-facts', 'worker-link'],
];

export const COORDINATOR = [
  room(
    'coordinator/schedule/types',
    /^coordinator\/schedule\/(types|forecast|placement-rule|plan-parts|node-summary)\.ts$/,
    [],
    {
      pure: true,
    },
  ),
  ...schedule({
    limits: [],
    model: ['limits'],
    workloads: [],
    gpu: ['limits', 'model'],
    placement: ['limits', 'model', 'gpu', 'workloads'],
    moves: ['limits', 'model', 'placement', 'workloads'],
    policies: ['limits', 'model', 'workloads'],
  }),
  room(
    'coordinator/schedule',
    /^coordinator\/schedule\//,
    [
      'coordinator/schedule/types',
      ...['limits', 'model', 'workloads', 'gpu', 'placement', 'moves', 'policies'].map(
        (name) => `coordinator/schedule/${name}`,
      ),
    ],
    { pure: true, why: 'schedule/ is pure and owns its input and output; it imports only shared/' },
  ),
  // the rest of the coordinator
  room(
    'coordinator/state',
    /^coordinator\/state\//,
    [
      'proto',
      'proto/schemas',
      'coordinator/schedule/types',
      'coordinator/schedule/placement',
      'shared/fixed-parts-hash',
    ],
    { pure: true, why: 'state is a pure reduce; nothing flows back from dispatch or ingest' },
  ),
  room(
    'coordinator/view',
    /^coordinator\/view\//,
    ['proto', 'proto/schemas', 'proto/codec', 'coordinator/state'],
    { pure: true, why: 'what changed, and what happened in a minute, follow from their arguments' },
  ),
  room('coordinator/pacing', /^coordinator\/pacing\//, []),
  room('coordinator/ingest', /^coordinator\/ingest\//, ['proto', 'coordinator/state'], {
    why: 'ingest turns bytes into events and knows nothing of what follows',
  }),
  room(
    'coordinator/store',
    /^coordinator\/store\//,
    [
      'proto',
      'proto/schemas',
      'proto/codec',
      'coordinator/state',
      'coordinator/pacing',
      'coordinator/ingest',
      'coordinator/schedule/types',
      'coordinator/schedule/workloads',
    ],
    { node: ['node:crypto'], why: 'durable state knows ports, not drivers' },
  ),
  room('coordinator/election', /^coordinator\/election\//, ['proto', 'coordinator/store'], {
    node: ['node:crypto'],
  }),
  room('coordinator/dispatch', /^coordinator\/dispatch\//, [
    'proto',
    'proto/schemas',
    'proto/codec',
    'coordinator/state',
    'coordinator/view',
    'coordinator/pacing',
    'coordinator/schedule/types',
    'coordinator/schedule/limits',
  ]),
  room(
    'coordinator/audit',
    /^coordinator\/audit\//,
    ['proto', 'proto/schemas', 'coordinator/dispatch'],
    { why: 'the audit is told what was done, and decides nothing' },
  ),
  room('coordinator/planning', /^coordinator\/planning\//, [
    'proto',
    'proto/schemas',
    'coordinator/state',
    'coordinator/store',
    'coordinator/dispatch',
    'coordinator/pacing',
    'coordinator/schedule',
    'coordinator/schedule/types',
    'coordinator/schedule/gpu',
    'coordinator/schedule/moves',
    'coordinator/schedule/policies',
    'coordinator/schedule/workloads',
    'shared/wake-loop',
  ]),
  room(
    'coordinator/workers/messages',
    new RegExp(`^coordinator/workers/(body/)?(${PURE_OF_WORKERS.join('|')})\\.ts$`),
    [
      'proto/schemas',
      'coordinator/state',
      'coordinator/ingest',
      'coordinator/dispatch',
      'coordinator/schedule',
      'coordinator/schedule/types',
      'coordinator/schedule/policies',
      'coordinator/schedule/workloads',
    ],
    { pure: true, why: 'what workers and places decide and say follows from what they are told' },
  ),
  room('coordinator/secrets', /^coordinator\/secrets\//, ['proto/sealing', 'coordinator/state'], {
    node: ['node:crypto'],
    why: 'the only place where a secret is in clear',
  }),
  room(
    'coordinator/api',
    /^coordinator\/api\//,
    [
      'proto',
      'proto/schemas',
      'proto/codec',
      'coordinator/audit',
      'coordinator/state',
      'coordinator/store',
      'coordinator/secrets',
      'coordinator/pacing',
      'coordinator/schedule/placement',
      'shared/fair-queue',
    ],
    { node: ['node:crypto'] },
  ),
  room(
    'coordinator/monitoring',
    /^coordinator\/monitoring\//,
    [
      'proto/schemas',
      'coordinator/state',
      'coordinator/ingest',
      'coordinator/dispatch',
      'coordinator/schedule/types',
    ],
    { why: 'it reads what is known when somebody asks, and changes nothing' },
  ),
  room(
    'coordinator/workers/port',
    /^coordinator\/workers\/port\//,
    ['coordinator/workers/messages', 'coordinator/state'],
    {
      node: ['node:worker_threads'],
      why: 'it passes on what is told and asked, between threads, and knows nothing of it',
    },
  ),
  room(
    'coordinator/workers',
    /^coordinator\/workers\//,
    [
      'proto',
      'proto/schemas',
      'coordinator/workers/messages',
      'coordinator/state',
      'coordinator/store',
      'coordinator/ingest',
      'coordinator/planning',
      'coordinator/dispatch',
      'coordinator/pacing',
      'coordinator/monitoring',
      'coordinator/schedule/types',
      'coordinator/schedule/workloads',
    ],
    { why: 'workers hear, decide and write as a coordinator does; who leads is decided elsewhere' },
  ),
  room(
    'coordinator',
    /^coordinator\//,
    [
      'proto',
      'proto/schemas',
      'proto/signing',
      'coordinator/secrets',
      'coordinator/state',
      'coordinator/store',
      'coordinator/election',
      'coordinator/ingest',
      'coordinator/planning',
      'coordinator/dispatch',
      'coordinator/api',
      'coordinator/audit',
      'coordinator/pacing',
      'coordinator/monitoring',
      'coordinator/workers/*',
      'coordinator/schedule',
      'coordinator/schedule/types',
      'coordinator/schedule/policies',
    ],
    {
      packages: ['yaml'],
      node: true,
      why: 'the coordinator never imports the agent',
    },
  ),
];

/** The rooms of coordinator/schedule: pure, all of them know its types. */
function schedule(table) {
  const full = (name) => `coordinator/schedule/${name}`;
  return Object.entries(table).map(([name, may]) =>
    room(
      full(name),
      new RegExp(`^coordinator/schedule/${name}/`),
      ['coordinator/schedule/types', ...may.map(full)],
      { pure: true, why: 'schedule/ is pure and owns its input and output' },
    ),
  );
}
