import { room } from './room.mjs';

const DRIVERS = 'only wiring and the composition root import drivers';

export const AGENT = [
  room('agent/ports', /^agent\/ports\//, [], {
    pure: true,
    types: true,
    why: 'ports are types and know no driver',
  }),
  room('agent/containers', /^agent\/containers\//, ['agent/ports'], { node: ['node:crypto'] }),
  room(
    'agent/discover',
    /^agent\/discover\//,
    ['agent/ports', 'agent/containers', 'proto', 'shared/wake-loop'],
    {
      node: ['node:crypto'],
    },
  ),
  room('agent/observe', /^agent\/observe\//, ['agent/ports', 'agent/discover', 'proto'], {
    node: ['node:crypto'],
    why: 'observing reads; it knows nothing of what is enforced or reported',
  }),
  room('agent/report', /^agent\/report\//, [
    'agent/ports',
    'agent/containers',
    'agent/discover',
    'agent/observe',
    'proto',
    'proto/codec',
  ]),
  room(
    'agent/enforce',
    /^agent\/enforce\//,
    [
      'agent/ports',
      'agent/containers',
      'agent/discover',
      'agent/observe',
      'proto',
      'shared/wake-loop',
    ],
    { node: ['node:crypto'] },
  ),
  room('agent/inbox', /^agent\/inbox\//, [
    'agent/ports',
    'proto',
    'proto/codec',
    'shared/wake-loop',
    'shared/bounded-queue',
  ]),
  room('agent/doctor', /^agent\/doctor\//, ['agent/ports', 'agent/discover', 'agent/observe']),
  room('agent/drivers', /^agent\/drivers\//, ['agent/ports', 'agent/containers', 'agent/observe'], {
    only: { 'agent/observe': ['agent/observe/push/'] },
    packages: ['dockerode', 'systeminformation'],
    node: true,
    why: 'drivers implement ports and decide nothing',
  }),
  room(
    'agent/config',
    /^agent\/(config\.ts$|settings\/)/,
    ['agent/ports', 'agent/containers', 'agent/drivers', 'agent/enforce', 'proto/schemas'],
    { packages: ['yaml'], node: true },
  ),
  room(
    'agent/wiring',
    /^agent\/wiring\//,
    [
      'agent/ports',
      'agent/config',
      'agent/containers',
      'agent/discover',
      'agent/doctor',
      'agent/drivers',
      'agent/enforce',
      'agent/inbox',
      'agent/observe',
      'agent/report',
      'proto',
      'proto/sealing',
      'proto/signing',
    ],
    { node: true, why: 'wiring joins ports and drivers' },
  ),
  room(
    'agent',
    /^agent\//,
    [
      'agent/ports',
      'agent/config',
      'agent/containers',
      'agent/discover',
      'agent/observe',
      'agent/report',
      'agent/enforce',
      'agent/inbox',
      'agent/drivers',
      'agent/wiring',
      'proto',
    ],
    { node: true, why: 'the agent never imports the coordinator' },
  ),
].map((each) => (each.node === true ? each : { ...each, why: `${each.why}; ${DRIVERS}` }));
