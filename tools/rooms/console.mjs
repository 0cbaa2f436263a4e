import { room } from './room.mjs';

/** The console: a viewer of the cluster that answers over HTTP. */
export const CONSOLE = [
  room('console/contract', /^console\/contract\.ts$/, ['proto']),
  room('console/answers', /^console\/answers\.ts$/, ['proto/codec', 'proto/schemas'], {
    packages: ['typebox'],
    why: 'schemas of answers say what is answered, and nothing of how it is known',
  }),
  room('console/page/model', /^console\/page\/model\//, ['console/answers', 'proto/schemas'], {
    pure: true,
    why: 'what the page shows is decided in data; of the server it knows types of the API only',
  }),
  room(
    'console/page',
    /^console\/page\//,
    ['console/page/model', 'console/answers', 'proto/schemas'],
    {
      packages: ['preact', 'uplot'],
      why: 'the page is a client of the HTTP API like any other, and knows its types only',
    },
  ),
  room('console/cluster', /^console\/cluster\//, ['proto', 'proto/schemas', 'shared/wake-loop'], {
    why: 'what is known of the cluster comes over NATS; who asks for it is not its business',
  }),
  room('console/history', /^console\/history\//, ['proto', 'proto/schemas', 'shared/wake-loop'], {
    why: 'rings are filled from minutes and hold no more than can be read again',
  }),
  room('console/ledger', /^console\/ledger\//, ['proto/schemas'], {
    pure: true,
    why: 'what minutes come to follows from the minutes alone',
  }),
  room('console/reporting', /^console\/reporting\//, ['console/ledger', 'proto', 'proto/schemas'], {
    why: 'a report reads minutes and asks the coordinator; who wants it is not its business',
  }),
  room('console/monitoring', /^console\/monitoring\//, ['console/cluster', 'console/history'], {
    why: 'what Prometheus reads of a console is counted here and read from its parts at a scrape',
  }),
  room(
    'console/http',
    /^console\/http\//,
    [
      ...['console/answers', 'console/contract', 'console/cluster', 'console/history'],
      ...['console/ledger', 'console/reporting', 'console/monitoring'],
      ...['proto', 'proto/schemas', 'proto/codec', 'shared/fair-queue'],
    ],
    { packages: ['fastify', '@fastify/swagger', 'typebox'], node: true },
  ),
  room(
    'console',
    /^console\//,
    [
      ...['console/contract', 'console/cluster', 'console/history', 'console/monitoring'],
      ...['console/reporting', 'console/http', 'proto'],
    ],
    { node: true, why: 'the console is a viewer: it knows neither coordinator nor agent' },
  ),
];
