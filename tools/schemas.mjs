// Writes what is made from the schemas in the code: schemas/*.schema.json, docs/openapi.yaml and
// the reference tables in docs/, between `<!-- schemas: NAME -->` and `<!-- /schemas -->`. Usage:
// npm run schemas, which builds first. A test holds all of it up to date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { asyncApi } from './asyncapi.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = (path) => import(pathToFileURL(join(root, 'dist', path)).href);

const { publishedSettings, published, TEXTS_SCHEMA } = await built('shared/schema/publish.js');
const { markdownTable, referenceOf, settingsReference } = await built('shared/schema/reference.js');
const { AGENT_SETTINGS } = await built('agent/settings/agent.js');
const { HOST_POLICY_SETTINGS } = await built('agent/settings/host-policy.js');
const { COORDINATOR_SETTINGS } = await built('coordinator/settings.js');
const { CONTEXT_SETTINGS } = await built('cli/contexts/settings.js');
const { ANSWERS } = await built('cli/answers/answers.js');
const { jobFile } = await built('cli/job-file/schema.js');
const { EVENT_DATA } = await built('proto/schemas/event.js');
const { cpuLimit, jobSpec, target } = await built('proto/schemas/job.js');
const { gpuReport } = await built('proto/schemas/gpu.js');
const { containerReport, hostReport, summary } = await built('proto/schemas/report.js');
const status = await built('proto/schemas/status.js');
const plan = await built('proto/schemas/plan.js');
const capacity = await built('proto/schemas/capacity.js');
const service = await built('proto/schemas/service.js');

const { EVENT_ABOUT } = await built('proto/schemas/event-about.js');
const { METRIC_GROUPS } = await built('shared/monitoring/catalogue.js');
const { stringify } = await import('yaml');
const { openApiDocument } = await built('console/http/app.js');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const openApi = stringify(await openApiDocument(version), { lineWidth: 100 });

const SHARED = { CpuLimit: cpuLimit, Target: target };
const LABELS = {
  description:
    'labels of this node, for `constraints` of jobs: at most 64, with names of 1 to 128 of ' +
    '`A-Z a-z 0-9 . _ / -` and values of at most 256 characters',
  ...TEXTS_SCHEMA,
};

/** CloudEvents 1.0, one alternative for each type of event. */
function eventSchema() {
  const data = published({}, '', { ...SHARED, ...EVENT_DATA }).$defs;
  const text = { type: 'string' };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'An event of dqoes: CloudEvents 1.0, structured mode',
    type: 'object',
    properties: {
      ...{ specversion: { const: '1.0' }, id: text, source: text, subject: text },
      ...{ time: { type: 'string', format: 'date-time' }, datacontenttype: text },
    },
    required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
    oneOf: Object.keys(EVENT_DATA).map((type) => ({
      properties: { type: { const: type }, data: { $ref: `#/$defs/${type}` } },
    })),
    $defs: data,
  };
}

/** What is in several answers. */
const ANSWERED = {
  ...SHARED,
  JobSpec: jobSpec,
  GpuReport: gpuReport,
  HostReport: hostReport,
  ContainerReport: containerReport,
  Summary: summary,
  UnreachableTarget: status.unreachable,
  AllocationStatus: status.allocationStatus,
  JobStatus: status.jobStatus,
  StoppingJob: status.stoppingJob,
  NodeStatus: status.nodeStatus,
  JobPlan: plan.jobPlan,
  PlannedAllocation: plan.plannedAllocation,
  PlannedEffect: plan.plannedEffect,
  CapacityMiss: capacity.capacityMiss,
  CapacityLimit: capacity.capacityLimit,
  KindRoom: capacity.kindRoom,
  Fault: service.fault,
};

/** Requests and responses of each verb; `-o json` prints a response or a part of it. */
function serviceSchema() {
  const calls = service.VERBS.flatMap((verb) => [
    [`${verb}.request`, service.requestSchemas[verb]],
    [`${verb}.response`, service.responseSchemas[verb]],
  ]);
  // An alternative name for what is the same object twice would hide one of the two.
  const copies = calls.map(([name, schema]) => [name, { ...schema }]);
  return published({}, 'Calls of the coordinator, in their JSON form', {
    ...ANSWERED,
    ...Object.fromEntries(copies),
  });
}

/** What each command prints with `-o json`: a definition a command, `job ls` as `job-ls`. */
function answersSchema() {
  const copies = Object.entries(ANSWERS).map(([name, schema]) => [nameOf(name), { ...schema }]);
  const title = 'What the commands of dqoes print with -o json';
  return published({}, title, { ...ANSWERED, ...Object.fromEntries(copies) });
}
const nameOf = (command) => command.replaceAll(/[ -]+/g, '-');

const schemas = {
  'job-file': published(jobFile, 'A job of dqoes: one document of a job file'),
  agent: publishedSettings(AGENT_SETTINGS, 'Settings of the dqoes agent', { labels: LABELS }),
  'host-policy': publishedSettings(HOST_POLICY_SETTINGS, 'Bounds of a host for dqoes'),
  coordinator: publishedSettings(COORDINATOR_SETTINGS, 'Settings of the dqoes coordinator'),
  context: publishedSettings(CONTEXT_SETTINGS, 'A context: a cluster by name'),
  event: eventSchema(),
  service: serviceSchema(),
  cli: answersSchema(),
};

const code = (text) => `\`${text}\``;
const settingsTable = (table, more = []) =>
  markdownTable(
    ['key', 'default', 'meaning'],
    [...settingsReference(table).map((row) => [code(row.key), row.fallback, row.meaning]), ...more],
  );

const fieldsOf = ({ properties = {} }) =>
  Object.entries(properties)
    .map(([name, field]) => code(field['~optional'] === true ? `${name}?` : name))
    .join(', ');

const tables = {
  'job-file': markdownTable(
    ['key', 'value', 'default', 'meaning'],
    referenceOf(jobFile).map((row) => [code(row.key), row.values, row.fallback, row.meaning]),
  ),
  agent: settingsTable(AGENT_SETTINGS, [[code('labels'), 'none', LABELS.description]]),
  'host-policy': settingsTable(HOST_POLICY_SETTINGS),
  coordinator: settingsTable(COORDINATOR_SETTINGS),
  context: settingsTable(CONTEXT_SETTINGS),
  events: markdownTable(
    ['type', '`data`'],
    Object.entries(EVENT_DATA).map(([type, data]) => [code(type), fieldsOf(data)]),
  ),
};

/** `jobs`, or `list of …` where the whole answer is a list. */
const answerFields = (schema) =>
  schema.items === undefined ? fieldsOf(schema) : `list of objects with ${fieldsOf(schema.items)}`;
tables.answers = markdownTable(
  ['command', 'definition', 'fields'],
  Object.entries(ANSWERS).map(([command, schema]) => [
    code(`dqoes ${command}`),
    code(nameOf(command)),
    answerFields(schema),
  ]),
);

tables['event-types'] = markdownTable(
  ['type', 'when', '`data`'],
  Object.entries(EVENT_DATA).map(([type, data]) => [code(type), EVENT_ABOUT[type], fieldsOf(data)]),
);

const SUFFIXES = { histogram: '_bucket, _sum, _count' };
for (const [name, group] of Object.entries(METRIC_GROUPS))
  tables[`metrics-${name}`] = markdownTable(
    ['metric', 'type', 'labels', 'meaning'],
    Object.entries(group).map(([metric, { type, labels, help }]) => [
      code(metric),
      SUFFIXES[type] === undefined ? type : `${type} (${SUFFIXES[type]})`,
      labels.map(code).join(', '),
      help,
    ]),
  );

const MARKED = /(<!-- schemas: ([a-z-]+) -->\n)[\s\S]*?(\n<!-- \/schemas -->)/g;
const withTables = (text) =>
  text.replace(MARKED, (_, begin, name, end) => `${begin}\n${tables[name]}\n${end}`);

/** Every file that is made, with its text as it should be; docs with the tables put in. */
export function outputs() {
  const files = Object.entries(schemas).map(([name, schema]) => ({
    path: `schemas/${name}.schema.json`,
    text: `${JSON.stringify(schema, undefined, 2)}\n`,
  }));
  const docs = ['job-file', 'configuration', 'wire', 'metrics', 'events', 'cli'].map((name) => {
    const path = `docs/${name}.md`;
    return { path, text: withTables(readFileSync(join(root, path), 'utf8')) };
  });
  const definitions = published({}, '', { ...SHARED, ...EVENT_DATA }).$defs;
  const api = asyncApi({ version, types: EVENT_ABOUT, definitions });
  return [
    ...files,
    ...docs,
    { path: 'docs/asyncapi.yaml', text: api },
    { path: 'docs/openapi.yaml', text: openApi },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(join(root, 'schemas'), { recursive: true });
  for (const { path, text } of outputs()) writeFileSync(join(root, path), text);
}
