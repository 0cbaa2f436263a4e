import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { Compile, type XSchema } from 'typebox/schema';
import { roleFault } from '../../../console/http/access.js';
import { openApiDocument } from '../../../console/http/app.js';
import { faultsOf } from '../../../console/http/faults-of.js';
import type { Problem } from '../../../console/http/problem.js';
import type { UserRole } from '../../../proto/roles.js';
import type { ApiRequest } from './requests.js';
import { type Persona, roleOf } from './world.js';

/** The document of the API, as far as answers are held against it. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema: object }>>;

export const documentOf = async (): Promise<OpenApi> => (await openApiDocument('1')) as OpenApi;

const PROBLEM = 'application/problem+json';
const CSV = 'text/csv';
const typeOf = ({ headers }: LightMyRequestResponse): string =>
  String(headers['content-type'] ?? '').replace(/;.*/, '');

/** What an answer has to be, whatever was asked; `before`, `after`: what is stored. */
export function assertLaws(
  api: OpenApi,
  request: ApiRequest,
  answer: LightMyRequestResponse,
  stored: { readonly before: string; readonly after: string },
): void {
  const { statusCode: status, payload } = answer;
  assert.ok(status < 500, `${status}: ${payload}`);
  if (status >= 400) assertSaysWhy(answer, request.method);
  if (status >= 400 || request.method === 'GET')
    assert.equal(stored.after, stored.before, 'it was refused or only read, and something changed');
  const { route } = request;
  if (route === undefined) return;
  if (status === 200 && typeOf(answer) !== CSV) {
    const wrong = faultsOf(route.response, JSON.parse(payload));
    assert.deepEqual(wrong, [], 'the answer is not as its schema says');
  }
  assertDocumented(api, request, answer);
  if (request.kind.is !== 'hostile') assertExpected(request, answer);
}

/** A problem document with a code, what is wrong and the field, where there is one. */
function assertSaysWhy(answer: LightMyRequestResponse, method: string): void {
  const { statusCode, payload } = answer;
  assert.equal(typeOf(answer), PROBLEM, payload);
  // Nothing follows the headers of an answer to HEAD.
  if (method === 'HEAD') return;
  const problem = JSON.parse(payload) as Problem;
  const { code, detail, faults, status } = problem;
  assert.equal(status, statusCode);
  assert.ok(detail.length > 0 && faults.length > 0, payload);
  assert.equal(faults[0]?.code, code);
  for (const fault of faults) {
    assert.match(fault.code, /^[a-z]+\.[a-z-]+$/);
    assert.ok(fault.message.length > 0, payload);
    if (statusCode === 400) assert.ok(fault.field.length > 0, payload);
  }
}

/** The document has that status, and its schema takes the answer. */
function assertDocumented(api: OpenApi, request: ApiRequest, answer: LightMyRequestResponse): void {
  const { route, method } = request;
  const path = `/api/v1${route?.path.replace(/:([a-z]+)/, '{$1}')}`;
  const operation = api.paths[path]?.[method.toLowerCase()];
  assert.ok(operation, `the document has no ${method} ${path}`);
  const { statusCode, payload } = answer;
  const response = operation.responses[String(statusCode)];
  assert.ok(response, `the document has no ${statusCode} for ${method} ${path}: ${payload}`);
  const schema = response.content?.[typeOf(answer)]?.schema;
  if (payload === '' && schema === undefined) return;
  assert.ok(schema, `the document has no ${typeOf(answer)} for ${statusCode}`);
  const value: unknown = typeOf(answer) === CSV ? payload : JSON.parse(payload);
  assert.ok(isAsDocumented(api, schema, value), payload);
}

type Checker = { Check(value: unknown): boolean };
/** By the text of their schema: most answers are refusals, of one schema. */
const checkers = new Map<string, Checker>();

function isAsDocumented(api: OpenApi, schema: object, value: unknown): boolean {
  const text = JSON.stringify(schema);
  const rooted = { ...schema, components: api.components } as XSchema;
  const checker = checkers.get(text) ?? Compile(rooted);
  checkers.set(text, checker);
  return checker.Check(value);
}

/** Faults of what arrives, not of what it means to the cluster. */
const FORM = ['http.bad-request', 'service.bad-request'];
/** What a good request may be refused for: what the cluster is, not what the request is. */
const MEANING = [304, 404, 409];

/** By who asks, and whether it is as the document says. */
function assertExpected(request: ApiRequest, answer: LightMyRequestResponse): void {
  const { as, route, kind } = request;
  const { statusCode: status, payload } = answer;
  const refused = route === undefined ? undefined : refusalOf(as, route.role);
  if (refused !== undefined) {
    assert.equal(status, refused, payload);
    return;
  }
  if (kind.is === 'wrong') {
    assert.equal(status, 400, payload);
    const fields = (JSON.parse(payload) as Problem).faults.map(({ field }) => field);
    assert.ok(
      fields.some((field) => isIn(kind.field, field)),
      `${kind.field} is not in ${JSON.stringify(fields)}`,
    );
    return;
  }
  if (status === 200 || MEANING.includes(status)) return;
  const { faults } = JSON.parse(payload) as Problem;
  const codes = faults.map(({ code }) => code);
  assert.ok(!codes.some((code) => FORM.includes(code)), payload);
  assert.ok(status === 400 || codes[0] === 'auth.not-owner', payload);
}

/** A fault names the field, what it is in, or what is in it. */
const isIn = (field: string, named: string): boolean =>
  field.slice(0, 200) === named || isBelow(field, named) || isBelow(named, field);
const isBelow = (field: string, above: string): boolean =>
  above !== '' && (field.startsWith(`${above}.`) || field.startsWith(`${above}[`));

/** The status with which that role is refused to somebody; undefined = it is not. */
export function refusalOf(as: Persona, needed: UserRole): 401 | 403 | undefined {
  const role = roleOf(as);
  if (role === undefined) return 401;
  const token = as === 'nobody' ? null : ({} as never);
  const fault = roleFault({ role, token }, needed);
  if (fault === undefined) return undefined;
  return fault.code === 'auth.denied' ? 403 : 401;
}
