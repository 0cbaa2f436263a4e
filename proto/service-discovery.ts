import type { ServiceDefinition, ServiceEndpoint } from './bus.js';

/** Names of the services, as `$SRV` discovery shows them. */
export const COORDINATOR_SERVICE = 'dqoes-coordinator';
export const AGENT_SERVICE = 'dqoes-agent';
export const JOIN_SERVICE = 'dqoes-join';

/** Headers of a failed service call (NATS ADR-32). */
export const SERVICE_ERROR = 'Nats-Service-Error';
export const SERVICE_ERROR_CODE = 'Nats-Service-Error-Code';

/**
 * The `$SRV.PING` and `$SRV.INFO` endpoints of one service instance (NATS ADR-32). They
 * answer through the same door as its verbs, so that an answer only ever goes to an inbox.
 */
export function discoveryEndpoints(
  service: ServiceDefinition,
  id: string,
): readonly ServiceEndpoint[] {
  const identity = { name: service.name, id, version: service.version, metadata: {} };
  const info = {
    type: 'io.nats.micro.v1.info_response',
    ...identity,
    description: service.description,
    endpoints: service.endpoints.map(({ name, subject, metadata }) => ({
      name,
      subject,
      queue_group: 'q',
      metadata: metadata ?? {},
    })),
  };
  const ping = { type: 'io.nats.micro.v1.ping_response', ...identity };
  return [...atEveryLevel('PING', ping), ...atEveryLevel('INFO', info)];
}

function atEveryLevel(
  verb: string,
  body: { readonly name: string; readonly id: string },
): readonly ServiceEndpoint[] {
  const data = new TextEncoder().encode(JSON.stringify(body));
  const subjects = [
    `$SRV.${verb}`,
    `$SRV.${verb}.${body.name}`,
    `$SRV.${verb}.${body.name}.${body.id}`,
  ];
  return subjects.map((subject) => ({
    name: verb,
    subject,
    handle: (request) => request.respond(data),
  }));
}
