import { room } from './room.mjs';

/** The console: a viewer of the cluster that answers over HTTP. */
export const CONSOLE = [
  room('console/contract', /^console\/contract\.ts$/, ['proto']),
  room('console/cluster', /^console\/cluster\//, ['proto', 'proto/schemas', 'shared/wake-loop'], {
    why: 'what is known of the cluster comes over NATS; who asks for it is not its business',
  }),
  room('console/history', /^console\/history\//, ['proto', 'proto/schemas'], {
    why: 'rings are filled from minutes and hold no more than can be read again',
  }),
  room('console/monitoring', /^console\/monitoring\//, ['console/cluster', 'console/history'], {
    why: 'what Prometheus reads of a console is counted here and read from its parts at a scrape',
  }),
  room(
    'console/http',
    /^console\/http\//,
    [
      ...['console/contract', 'console/cluster', 'console/history', 'console/monitoring'],
      ...['proto', 'proto/schemas', 'proto/codec'],
    ],
    { packages: ['fastify', '@fastify/swagger', 'typebox'], node: true },
  ),
  room(
    'console',
    /^console\//,
    [
      ...['console/contract', 'console/cluster', 'console/history', 'console/monitoring'],
      ...['console/http', 'proto'],
    ],
    { node: true, why: 'the console is a viewer: it knows neither coordinator nor agent' },
  ),
];
