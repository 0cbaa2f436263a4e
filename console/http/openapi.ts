import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { capacityLimit, capacityMiss, kindRoom } from '../../proto/schemas/capacity.js';
import { gpuReport } from '../../proto/schemas/gpu.js';
import { cpuLimit, jobSpec, target } from '../../proto/schemas/job.js';
import { jobPlan, plannedAllocation, plannedEffect } from '../../proto/schemas/plan.js';
import { jobCost, reservation } from '../../proto/schemas/plan-cost.js';
import { jobQuote, prices, quoteStep } from '../../proto/schemas/quote.js';
import {
  containerDrift,
  containerReport,
  hostReport,
  summary,
} from '../../proto/schemas/report.js';
import { fault, tokenInfo } from '../../proto/schemas/service.js';
import {
  allocationStatus,
  jobStatus,
  nodeStatus,
  unreachable,
} from '../../proto/schemas/status.js';
import { usageRow } from '../../proto/schemas/usage.js';
import { published } from '../../shared/schema/publish.js';
import { sendJson } from './answers.js';
import type { Parameter, Route } from './route.js';

/** Schemas that the document names once. */
const NAMED: Readonly<Record<string, object>> = {
  CpuLimit: cpuLimit,
  Target: target,
  JobSpec: jobSpec,
  GpuReport: gpuReport,
  HostReport: hostReport,
  ContainerReport: containerReport,
  ContainerDrift: containerDrift,
  Summary: summary,
  UnreachableTarget: unreachable,
  AllocationStatus: allocationStatus,
  JobStatus: jobStatus,
  NodeStatus: nodeStatus,
  JobPlan: jobPlan,
  PlannedAllocation: plannedAllocation,
  PlannedEffect: plannedEffect,
  JobCost: jobCost,
  Reservation: reservation,
  JobQuote: jobQuote,
  QuoteStep: quoteStep,
  Prices: prices,
  UsageRow: usageRow,
  CapacityMiss: capacityMiss,
  CapacityLimit: capacityLimit,
  KindRoom: kindRoom,
  TokenInfo: tokenInfo,
  Fault: fault,
};

const PROBLEM = {
  type: 'object',
  description: 'What is wrong, with the cure (RFC 9457).',
  required: ['type', 'title', 'status', 'code', 'field', 'detail', 'faults'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    field: { type: 'string' },
    detail: { type: 'string' },
    faults: { type: 'array', items: { $ref: 'Fault#' } },
  },
};

/** References inside one file of schemas, as fastify knows shared schemas. */
function refs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(refs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === '$ref' && typeof each === 'string' ? `${each.replace('#/$defs/', '')}#` : refs(each),
    ]),
  );
}

const jsonSchemaOf = (schema: TSchema): object => {
  const { $schema: _draft, title: _title, $defs: _defs, ...json } = published(schema, '', NAMED);
  return refs(json) as object;
};

/** Adds what makes the document of routes that are added afterwards, at `/openapi.json`. */
export async function addOpenApi(app: FastifyInstance, version: string): Promise<void> {
  const { $defs = {} } = published({}, '', NAMED) as { readonly $defs?: Record<string, object> };
  for (const [name, schema] of Object.entries($defs))
    app.addSchema({ $id: name, ...(refs(schema) as object) });
  app.addSchema({ $id: 'Problem', ...PROBLEM });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'dqoes',
        description: 'The HTTP API of dqoes console (docs/api.md).',
        version,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }, {}],
    },
    refResolver: { buildLocalReference: (json) => String(json.$id) },
  });
  app.get('/openapi.json', { schema: { hide: true } as object }, (request, reply) =>
    sendJson(request, reply, JSON.stringify(app.swagger())),
  );
}

const REFUSALS = [400, 401, 403, 404, 409, 413, 415, 429, 503];
/** How a refusal is answered, by its status. */
export const REFUSED = Object.fromEntries(
  REFUSALS.map((status) => [
    status,
    {
      description: 'Refused.',
      content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
    },
  ]),
);
const CSV = { 'text/csv': { schema: { type: 'string', description: 'its rows (RFC 4180)' } } };
const NOT_MODIFIED = {
  304: { description: 'It is still as `If-None-Match` says.', type: 'null' },
};

/** What fastify's document is made of for a route. */
export function openApiOf(route: Route): object {
  const { method, path, role, about, parameters = [], body, takesJobFile, response } = route;
  const [params, querystring] = [schemaOf(parameters, 'path'), schemaOf(parameters, 'query')];
  const json = body === undefined ? undefined : jsonSchemaOf(body);
  return {
    operationId: operationId(method, path),
    summary: about,
    description: `Takes the role ${role}, or one that may do more.`,
    ...(params === undefined ? {} : { params }),
    ...(querystring === undefined ? {} : { querystring }),
    ...(json === undefined ? {} : { body: bodySchema(json, takesJobFile === true) }),
    response: {
      200: {
        description: 'Done.',
        content: {
          'application/json': { schema: jsonSchemaOf(response) },
          ...(route.csv === undefined ? {} : CSV),
        },
      },
      ...(method === 'GET' ? NOT_MODIFIED : {}),
      ...REFUSED,
    },
  };
}

/** The parameters of one place as one object; undefined = there are none. */
function schemaOf(parameters: readonly Parameter[], place: Parameter['in']): object | undefined {
  const here = parameters.filter((each) => each.in === place);
  if (here.length === 0) return undefined;
  const properties = here.map(({ name, pattern, about: description }) => [
    name,
    { type: 'string', pattern: pattern.source, description },
  ]);
  const required = here.filter((each) => each.required === true).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
  };
}

const bodySchema = (json: object, takesJobFile: boolean): object => ({
  content: {
    'application/json': { schema: json },
    ...(takesJobFile
      ? { 'application/yaml': { schema: { type: 'string', description: 'a job file' } } }
      : {}),
  },
});

/** `GET /jobs/:name` → `getJobsByName`. */
function operationId(method: string, path: string): string {
  const words = path
    .split('/')
    .filter((each) => each !== '')
    .map((each) => (each.startsWith(':') ? `By${capital(each.slice(1))}` : capital(each)));
  return `${method.toLowerCase()}${words.join('')}`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
