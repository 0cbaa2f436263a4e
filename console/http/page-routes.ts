import type { FastifyInstance } from 'fastify';
import type { Fault } from '../../shared/result.js';
import { refuse } from './answers.js';
import { isLoopback } from './origin.js';
import type { AppOptions } from './parts.js';
import { STATUS_CSS, statusPage } from './status-page.js';

/** Adds what people look at: the status page and its style. */
export function addPages(app: FastifyInstance, { settings, sources, version }: AppOptions): void {
  app.get('/status.css', { schema: { hide: true } as object }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STATUS_CSS),
  );
  app.get('/', { schema: { hide: true } as object }, async (_request, reply) => {
    if (settings.requireToken === true || !isLoopback(settings.host) || !isLoopback(_request.ip))
      return refuse(reply, { faults: [NO_PAGE] });
    const { cluster } = sources;
    const jobs = await cluster.jobs();
    const html = statusPage({
      cluster: settings.cluster,
      version,
      summary: cluster.summary(),
      hasLeader: cluster.hasLeader,
      nodes: cluster.nodes(),
      jobs: jobs.ok ? jobs.value : null,
    });
    return reply.header('refresh', '5').type('text/html; charset=utf-8').send(html);
  });
}

const NO_PAGE: Fault = {
  code: 'auth.bad-token',
  field: 'authorization',
  message: 'the page is shown on the machine of the console only: use the API with a token here',
};
