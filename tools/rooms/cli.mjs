import { room } from './room.mjs';

export const CLI = [
  room('cli/output', /^cli\/output\//, ['cli/grid', 'proto', 'proto/schemas'], { node: true }),
  room('cli/credentials', /^cli\/credentials\.ts$/, ['proto/nats'], { node: true }),
  room('cli/files', /^cli\/files\//, [], { node: true }),
  room('cli/contexts', /^cli\/contexts\//, ['cli/credentials', 'cli/files', 'proto/nats'], {
    packages: ['yaml'],
    node: true,
    why: 'it reads and writes what people wrote down; who uses it is not its business',
  }),
  room('cli/auth', /^cli\/auth\//, ['cli/files', 'proto', 'proto/nats'], {
    node: true,
    why: 'keys and the configuration made of them; who runs the server is not its business',
  }),
  room(
    'cli/config',
    /^cli\/(config|nats-address|server-user|log|clock)\.ts$/,
    ['cli/credentials', 'proto/nats'],
    { node: true },
  ),
  room(
    'cli/target',
    /^cli\/target\//,
    ['cli/auth', 'cli/config', 'cli/contexts', 'cli/credentials', 'cli/up', 'proto/nats'],
    { node: true, why: 'it chooses a cluster, and does not connect' },
  ),
  room('cli/monitoring', /^cli\/monitoring\//, [], {
    packages: ['prom-client'],
    node: true,
    why: 'it serves what the sources know, and knows none of them',
  }),
  room(
    'cli/up',
    /^cli\/up\//,
    [
      ...['cli/auth', 'cli/config', 'cli/credentials', 'cli/files', 'cli/job-file'],
      'cli/monitoring',
      ...['agent', 'agent/config', 'coordinator', 'console', 'console/contract'],
      ...['proto', 'proto/schemas', 'proto/nats', 'proto/signing'],
    ],
    { node: true },
  ),
  room('cli/supervision', /^cli\/supervision\//, ['cli/config'], {
    node: true,
    why: 'it tells a service manager how a service goes, and knows none of the services',
  }),
  room('cli/job-file', /^cli\/job-file\//, ['proto'], { packages: ['yaml'], node: true }),
  room(
    'cli/shell',
    /^cli\/shell\//,
    [
      ...['cli/config', 'cli/credentials', 'cli/output', 'cli/job-file', 'cli/target'],
      ...['proto', 'proto/schemas', 'proto/nats'],
    ],
    { packages: ['commander', 'yaml'], node: true },
  ),
  room('cli/completion', /^cli\/completion\//, ['proto/schemas'], {
    packages: ['commander'],
    pure: true,
    why: 'it reads the tree of commands, and asks nobody',
  }),
  room('cli/answers', /^cli\/answers\//, ['proto/codec', 'proto/schemas'], {
    pure: true,
    why: 'it says what is printed, and prints nothing',
  }),
  room('cli/man', /^cli\/man\//, ['cli/output'], {
    packages: ['commander'],
    pure: true,
    why: 'it reads the tree of commands, and writes text',
  }),
  room('cli/events', /^cli\/events\//, ['cli/output', 'cli/shell', 'proto', 'proto/schemas'], {
    node: true,
  }),
  room(
    'cli/explain',
    /^cli\/explain\//,
    ['cli/output', 'cli/events', 'cli/shell', 'proto', 'proto/schemas'],
    { node: true },
  ),
  room('cli/grid', /^cli\/grid\//, [], {
    pure: true,
    why: 'a terminal as a grid of cells: what is written to it is a value',
  }),
  room(
    'cli/top/model',
    /^cli\/top\/model\//,
    ['cli/grid', 'cli/output', 'console/history', 'proto', 'proto/schemas'],
    { pure: true, why: 'what top shows is decided from events, which are values' },
  ),
  room(
    'cli/top/draw',
    /^cli\/top\/draw\//,
    ['cli/grid', 'cli/top/model', 'cli/output', 'proto/schemas'],
    { pure: true, why: 'a frame is made of the state alone' },
  ),
  room(
    'cli/top',
    /^cli\/top\//,
    [
      ...['cli/grid', 'cli/top/model', 'cli/top/draw', 'cli/shell', 'cli/output', 'cli/events'],
      ...['cli/explain', 'console/cluster', 'proto', 'proto/schemas', 'shared/wake-loop'],
    ],
    { why: 'top is a viewer: it follows the cluster as the console does' },
  ),
  room('cli/logs', /^cli\/logs\//, ['cli/output', 'cli/shell', 'proto', 'proto/schemas'], {
    node: true,
  }),
  room(
    'cli/lab',
    /^cli\/lab\//,
    ['cli/shell', 'cli/output', 'cli/events', 'coordinator', 'proto', 'proto/schemas', 'lab/*'],
    { node: true },
  ),
  room(
    'cli/bench',
    /^cli\/bench\//,
    [
      ...['cli/shell', 'cli/output', 'cli/events', 'cli/config', 'cli/up', 'cli/lab'],
      ...['proto', 'proto/schemas', 'lab/*'],
    ],
    { node: true },
  ),
  room(
    'cli/demo',
    /^cli\/demo\//,
    ['cli/shell', 'cli/output', 'cli/config', 'cli/up', 'proto', 'proto/schemas'],
    {
      node: true,
    },
  ),
  room('cli/versions', /^cli\/versions\//, ['cli/output', 'cli/shell', 'proto', 'proto/schemas'], {
    why: 'it asks a cluster which programs run in it, and compares their versions',
  }),
  room(
    'cli/doctor',
    /^cli\/doctor\//,
    [
      ...['cli/config', 'cli/shell', 'cli/output', 'cli/auth', 'cli/target', 'cli/versions'],
      ...['agent/doctor', 'agent/wiring', 'coordinator', 'proto', 'proto/nats'],
      'coordinator/schedule/policies',
    ],
    { node: true },
  ),
  room(
    'cli/services',
    /^cli\/services\//,
    [
      ...['cli/shell', 'cli/output', 'cli/events', 'cli/config', 'cli/credentials', 'cli/auth'],
      ...[
        'cli/contexts',
        'cli/target',
        'cli/up',
        'cli/job-file',
        'cli/monitoring',
        'cli/supervision',
        'console',
        'console/contract',
        'console/ledger',
        'console/reporting',
        'proto/nats',
        'agent',
        'agent/config',
        'coordinator',
        'coordinator/election',
        'coordinator/workers/messages',
        'coordinator/workers/port',
        'proto',
        'proto/schemas',
        'proto/sealing',
        'proto/signing',
      ],
    ],
    { node: true },
  ),
  room(
    'cli/commands',
    /^cli\/commands\//,
    [
      ...['cli/shell', 'cli/output', 'cli/events', 'cli/explain', 'cli/job-file', 'cli/config'],
      ...[
        'cli/completion',
        'cli/contexts',
        'cli/lab',
        'cli/logs',
        'cli/bench',
        'cli/demo',
        'cli/doctor',
        'cli/services',
        'cli/top',
        'cli/top/model',
        'cli/versions',
        'proto',
        'proto/schemas',
      ],
    ],
    { packages: ['commander', 'yaml'], node: true },
  ),
  room('cli', /^cli\//, ['cli/commands', 'cli/shell', 'cli/output', 'cli/config'], {
    packages: ['commander'],
    node: true,
    why: 'the cli is thin: it reaches the programs through their composition roots',
  }),
];
