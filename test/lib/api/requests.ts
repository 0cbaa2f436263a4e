import { ROUTES } from '../../../console/http/app.js';
import type { Parameter, Route } from '../../../console/http/route.js';
import { MAX_DEPTH } from '../../../proto/codec/limits.js';
import type { Draw } from './draw.js';
import { isObject } from './schema.js';
import { spoiltOf } from './spoil.js';
import { type Usual, validOf } from './valid.js';
import { NODES, PERSONAS, type Persona } from './world.js';

/** What a request is, as far as the document of the API can tell. */
export type Kind =
  /** As the document says. */
  | { readonly is: 'good' }
  /** One thing is not, and an answer to who may ask names it. */
  | { readonly is: 'wrong'; readonly field: string }
  /** Anything may be wrong. */
  | { readonly is: 'hostile' };

/** A request to the console. */
export interface ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly payload?: string | Buffer;
  readonly as: Persona;
  readonly kind: Kind;
  /** Which it is meant for; undefined = none. */
  readonly route: Route | undefined;
}

/** Names of which one begins another, so that orders and pages are hard. */
export const JOB_NAMES = ['a', 'a-b', 'a0', 'A', 'a_b', 'b'] as const;
const IDS = [...JOB_NAMES, ...NODES, 'none'];
const PATTERN = '"ms":(?<value>[0-9.]+)';

/** Jobs as people write them, in most of their fields: few names, little of everything. */
const USUAL: Usual = {
  name: (draw) => draw.pick(JOB_NAMES),
  replicas: (draw) => draw.pick([0, 1, 1, 2, 3]),
  weight: (draw) => draw.pick([1, 1, 2, 0.5]),
  pattern: (draw) => (draw.chance(0.9) ? PATTERN : draw.pick(['(', '', '(?<value>a+)+$'])),
  minCores: (draw) => draw.pick([0.05, 0.1, 0.01, 0, 3]),
  maxCores: (draw) => draw.pick([1, 2, 0.02]),
  memoryBytes: (draw) => draw.pick([16 * 1024 ** 2, 1]),
  env: (draw) => (draw.chance(0.8) ? { MODE: 'x' } : { LD_PRELOAD: 'x' }),
  secretEnv: (draw) => (draw.chance(0.5) ? {} : { KEY: 'missing' }),
  latencyMs: (draw) => draw.pick([1, 40, 100, 1000]),
};

/** One request: right, wrong in one place, or hostile. */
export function anyRequest(draw: Draw): ApiRequest {
  const route = draw.pick(ROUTES);
  const as = draw.weighted([
    [4, 'operator'],
    [2, 'submitter'],
    [4, draw.pick(PERSONAS)],
  ] as const);
  const how = draw.weighted([
    [5, goodRequest],
    [3, wrongBody],
    [2, wrongParameter],
    [3, hostileRequest],
  ]);
  return how(route, as, draw);
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** A request as the document says. */
export function goodRequest(route: Route, as: Persona, draw: Draw): ApiRequest {
  const url = `/api/v1${pathOf(route, draw)}${queryOf(goodQuery(route, draw))}`;
  const base = { method: route.method, url, as, route, kind: { is: 'good' } } as const;
  if (route.body === undefined) return { ...base, headers: {} };
  if (route.takesJobFile === true && draw.chance(0.1)) return { ...base, ...jobFile(draw) };
  const payload = JSON.stringify(withName(route, url, validOf(route.body, draw, USUAL)));
  return { ...base, headers: JSON_TYPE, payload };
}

/** The name in the address and in the body are one; what is quoted has a name or a spec. */
function withName(route: Route, url: string, body: unknown): unknown {
  if (route.path === '/quote' && isObject(body)) return withOneJob(body);
  if (!route.path.endsWith(':name') || !isObject(body) || !Object.hasOwn(body, 'name')) return body;
  return { ...body, name: url.replace(/\?.*/, '').split('/').at(-1) };
}

function withOneJob({ name, spec, ...rest }: Readonly<Record<string, unknown>>): unknown {
  return spec === undefined ? { name: name ?? JOB_NAMES[0], ...rest } : { spec, ...rest };
}

function jobFile(draw: Draw): Pick<ApiRequest, 'headers' | 'payload'> {
  const [name, ms] = [draw.pick(JOB_NAMES), draw.int(1, 500)];
  const payload = `name: ${name}\nimage: dqoes/tiny:1\ntarget: { latency: ${ms}ms }\n`;
  return { headers: { 'content-type': 'application/yaml' }, payload };
}

function wrongBody(route: Route, as: Persona, draw: Draw): ApiRequest {
  const right = goodRequest(route, as, draw);
  if (route.body === undefined) {
    if (route.method === 'GET') return wrongParameter(route, as, draw);
    const kind = { is: 'wrong', field: 'body' } as const;
    return { ...right, kind, headers: JSON_TYPE, payload: draw.pick(['{}', 'null', ' ']) };
  }
  const body = withName(route, right.url, validOf(route.body, draw, USUAL));
  const spoilt = spoiltOf(route.body, body, draw);
  if (spoilt === undefined) return right;
  const kind = { is: 'wrong', field: spoilt.field } as const;
  return { ...right, kind, headers: JSON_TYPE, payload: JSON.stringify(spoilt.value) };
}

const NO_ID = ['%20', 'a.b', '..%2f..', 'a'.repeat(64), '%F0%9F%99%82', "a'--", 'a%00', '*'];
const NO_VALUE = ['', '0x1', '-1', '1.5', '1e3', ' 1', '9'.repeat(30), '%00', '🙂', '[]', 'true'];
/** The names of prototypes are parameters like any other. */
const NO_PARAMETER = [
  'x',
  'Limit',
  '__proto__',
  'constructor',
  'toString',
  'limit[]',
  'a'.repeat(99),
];

function wrongParameter(route: Route, as: Persona, draw: Draw): ApiRequest {
  const right = goodRequest(route, as, draw);
  const [path = '', query = ''] = right.url.split('?');
  const known = route.parameters ?? [];
  const wrong = (url: string, field: string): ApiRequest => ({
    ...right,
    url,
    kind: { is: 'wrong', field },
  });
  const inPath = known.find((each) => each.in === 'path');
  if (inPath !== undefined && draw.chance(0.5)) {
    const bad = route.path.replace(`:${inPath.name}`, draw.pick(NO_ID));
    return wrong(`/api/v1${bad}?${query}`, inPath.name);
  }
  const inQuery = known.filter((each) => each.in === 'query');
  if (inQuery.length === 0 || draw.chance(0.3)) {
    const name = draw.pick(NO_PARAMETER);
    return wrong(`${path}?${query}&${name}=${draw.pick(['', '1'])}`, name);
  }
  const { name, pattern } = draw.pick(inQuery);
  const rest = query.replace(new RegExp(`&?${name}=[^&]*`), '');
  const pair = `${name}=${encodeURIComponent(validText({ name, pattern }, draw))}`;
  if (draw.chance(0.3)) return wrong(`${path}?${rest}&${pair}&${pair}`, name);
  const bad = NO_VALUE.filter((each) => !pattern.test(decodeURIComponent(each)));
  return wrong(`${path}?${rest}&${name}=${draw.pick(bad)}`, name);
}

const pathOf = ({ path }: Route, draw: Draw): string =>
  path.replace(/:[a-z]+/, () => draw.pick(IDS));

/** What one parameter may be depends on the others. */
const REPORTS: readonly (readonly (readonly [string, string])[])[] = [
  [],
  [['by', 'node']],
  [
    ['by', 'label'],
    ['label', 'zone'],
  ],
  [
    ['from', '1699900000000'],
    ['to', '1700000000000'],
    ['by', 'day'],
  ],
  [['job', 'none']],
  [['job', JOB_NAMES[0]]],
  [['format', 'csv']],
];

function goodQuery(
  { path, parameters = [] }: Route,
  draw: Draw,
): readonly (readonly [name: string, value: string])[] {
  if (path === '/report') return draw.pick(REPORTS);
  return parameters
    .filter((each) => each.in === 'query' && (each.required === true || draw.chance(0.3)))
    .map((each) => [each.name, validText(each, draw)]);
}

const queryOf = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.length === 0
    ? ''
    : `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;

/** A text that the parameter allows. */
function validText({ name, pattern }: Pick<Parameter, 'name' | 'pattern'>, draw: Draw): string {
  if (name === 'cursor') return Buffer.from(draw.pick(IDS)).toString('base64url');
  if (name === 'allocation') return draw.pick(['adopted-1', `${draw.pick(JOB_NAMES)}-1`]);
  if (['job', 'node'].includes(name)) return draw.pick(IDS);
  return validOf(
    { type: 'string', pattern: pattern.source, maxLength: 200 } as never,
    draw,
  ) as string;
}

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const BODIES: readonly (string | Buffer)[] = [
  ...['', '{', '[]', 'null', '"', '{"a":', 'NaN', '{}x', '\ufeff{}', '{"jobs":[]}', '{"jobs":{}}'],
  ...[deep(MAX_DEPTH), deep(MAX_DEPTH + 1), deep(20_000), `{"a":${deep(200)}}`],
  ...['{"__proto__":{"jobs":[]}}', '{"constructor":1}', '{"jobs":[],"jobs":1}', '{"jobs":1e400}'],
  ...['{"policy":"equal"}', '{"scheduling":"cordoned"}', '{"\\u005f_proto__":1}', '&a [*a,*a]'],
  ...[Buffer.from([0xff, 0xfe, 0x7b, 0x7d]), Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])],
];
/** A little more than is read. */
const HUGE = `{"jobs":[${' '.repeat(1024 * 1024)}]}`;
const HEADERS: readonly ApiRequest['headers'][] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'APPLICATION/JSON;' },
  { 'content-type': 'application/yaml; x="' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': '' },
  { 'content-encoding': 'gzip' },
  { 'content-length': '1' },
  { 'content-length': '99999999999999999999' },
  { 'sec-fetch-site': 'cross-site' },
  { origin: 'null' },
  { origin: 'http://localhost:80.evil.example' },
  { host: '' },
  { host: 'evil.example' },
  { host: '[::1' },
  { host: 'localhost:99999999' },
  { 'if-none-match': '*' },
  { 'if-none-match': `"${'x'.repeat(5000)}"` },
  { 'last-event-id': '-1' },
  { 'last-event-id': '9'.repeat(16) },
  { 'x-http-method-override': 'DELETE' },
  { 'x-forwarded-for': '10.0.0.1' },
  { authorization: 'Basic YTpi' },
  { authorization: `Bearer ${'a'.repeat(9000)}` },
  { authorization: 'Bearer ../../etc/passwd' },
  { cookie: 'token=x' },
  { accept: 'text/html' },
  { te: 'trailers', expect: 'something' },
];
const METHODS = ['PATCH', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'GET'];
const PATHS = [
  '/api/v1/',
  '/api/v1//jobs',
  '/api/v1/jobs/',
  '/api/v2/jobs',
  '/%ff',
  '/a%',
  '//x',
  '/api/v1/jobs/%2e%2e',
];

function hostileRequest(route: Route, as: Persona, draw: Draw): ApiRequest {
  const right = draw.pick([goodRequest, wrongBody, wrongParameter])(route, as, draw);
  const kind = { is: 'hostile' } as const;
  const how = draw.int(0, 3);
  if (how === 0) return { ...right, kind, headers: { ...right.headers, ...draw.pick(HEADERS) } };
  if (how === 1) {
    const payload = draw.chance(0.02) ? HUGE : draw.pick(BODIES);
    return { ...right, kind, payload, headers: { ...JSON_TYPE, ...right.headers } };
  }
  if (how === 2) return { ...right, kind, method: draw.pick(METHODS), route: undefined };
  return { ...right, kind, url: draw.pick(PATHS), route: undefined };
}
