import {
  anything,
  array,
  dictionary,
  flag,
  nullable,
  number,
  objectOf,
  oneOf,
  optional,
  text,
} from '../../proto/codec/words.js';
import { auditLine } from '../../proto/schemas/audit.js';
import { fault, responseSchemas, secretStatus } from '../../proto/schemas/service.js';
import {
  allocationStatus,
  jobStatus,
  nodeStatus,
  stoppingJob,
} from '../../proto/schemas/status.js';
import { usageReport } from '../../proto/schemas/usage.js';
import { LAB_ANSWERS } from './lab.js';

/**
 * What commands print with `-o json`, by command without `dqoes`; `schemas/cli.schema.json` is made
 * of it. `events` prints one of `schemas/event.schema.json` a line, with `sequence` after `--from`.
 * A command may add fields later; those here stay.
 */

const MAX = 10_000;
/** Lines of what has no end of its own. */
const MAX_ROWS = 1_000_000;
const anyText = text(65_536);
const texts = array(anyText, MAX);
const milliseconds = number(0, Number.MAX_SAFE_INTEGER);
const path = text(4096);

const change = objectOf({
  job: anyText,
  change: oneOf(['created', 'updated', 'unchanged']),
  fields: array(
    objectOf({
      key: anyText,
      from: optional(anyText),
      to: optional(anyText),
      isHidden: optional(flag),
    }),
    MAX,
  ),
});

/** An entry of the story of a job; `kind` says which further fields it has. */
const storyEntry = objectOf({
  kind: oneOf([
    ...['submitted', 'updated', 'target', 'waiting', 'placed', 'started', 'start-failed', 'limit'],
    ...['class', 'unreachable', 'reachable', 'moved', 'preempted', 'refused', 'lost', 'stopped'],
  ]),
  time: anyText,
  atMs: milliseconds,
  allocation: nullable(anyText),
  container: optional(anyText),
  node: nullable(anyText),
  reason: anyText,
  fromCores: optional(nullable(number(0, 4096))),
  toCores: optional(nullable(number(0, 4096))),
  from: optional(anything('what it was before')),
  to: optional(anything('what it is now')),
  latencyMs: optional(milliseconds),
  targetMs: optional(milliseconds),
});

const context = objectOf({
  name: anyText,
  kind: oneOf(['dqoes', 'nats']),
  isCurrent: flag,
  path,
  problem: optional(anyText),
  description: optional(anyText),
  nats: optional(anyText),
  cluster: optional(anyText),
  login: optional(oneOf(['key', 'password', 'token'])),
  user: optional(anyText),
  loginFile: optional(path),
  tls: optional(objectOf({ ca: optional(path), cert: optional(path), key: optional(path) })),
  serverUser: optional(anyText),
  console: optional(anyText),
  coordinatorKeys: optional(anyText),
});

const key = objectOf({
  name: anyText,
  role: anyText,
  publicKey: anyText,
  node: optional(anyText),
  own: optional(flag),
});

const keyAct = objectOf({
  /** Unix time, ms. */
  timeMs: milliseconds,
  /** User of the operating system. */
  by: anyText,
  what: oneOf(['made', 'replaced', 'revoked']),
  name: anyText,
  role: anyText,
  publicKey: anyText,
});

const finding = objectOf({
  what: anyText,
  state: oneOf(['works', 'limited', 'missing']),
  detail: anyText,
  cure: anyText,
  isMinor: optional(flag),
});
/** `doctor`, or with `--container`: what the sources of one container say. */
const doctor = objectOf({
  sections: optional(array(objectOf({ section: anyText, findings: array(finding, MAX) }), MAX)),
  name: optional(anyText),
  image: optional(anyText),
  sources: optional(
    array(
      objectOf({
        source: oneOf(['prometheus', 'log', 'push', 'probe']),
        state: oneOf(['found', 'possible', 'none']),
        where: anyText,
        detail: anyText,
        requests: optional(milliseconds),
        meanMs: optional(nullable(milliseconds)),
        p95Ms: optional(nullable(milliseconds)),
        meanOnly: optional(flag),
        labels: dictionary(/./, anyText, MAX),
      }),
      MAX,
    ),
  ),
  labelFaults: optional(array(fault, MAX)),
  labels: optional(dictionary(/./, anyText, MAX)),
});

/** What was seen of containers that nobody controls, and what would fit them. */
const advise = objectOf({
  containers: array(
    objectOf({
      name: anyText,
      image: anyText,
      limitCores: nullable(milliseconds),
      requests: milliseconds,
      cpuSecondsPerRequest: nullable(milliseconds),
      meanMs: nullable(milliseconds),
      p95Ms: nullable(milliseconds),
      worstP95Ms: nullable(milliseconds),
      bestMs: nullable(milliseconds),
      worstMeanMs: nullable(milliseconds),
      usedCores: nullable(milliseconds),
      peakCores: nullable(milliseconds),
      statistic: anyText,
      why: anyText,
      targetMs: nullable(milliseconds),
      takesCores: nullable(milliseconds),
      freesCores: nullable(milliseconds),
      labels: dictionary(/./, anyText, MAX),
    }),
    MAX,
  ),
});

const doctorMetrics = objectOf({
  preset: nullable(anyText),
  server: nullable(anyText),
  metric: anyText,
  kind: anyText,
  unit: oneOf(['us', 'ms', 's']),
  requests: milliseconds,
  statistic: anyText,
  valueMs: nullable(milliseconds),
  atLeast: flag,
  meanMs: nullable(milliseconds),
  meanOnly: optional(flag),
  satisfiedRatio: optional(number(0, 1)),
  reset: optional(anyText),
  per: optional(anyText),
  gone: optional(texts),
  requestsPerSecond: optional(milliseconds),
});

const cores = number(0, Number.MAX_SAFE_INTEGER);
/** A block of `top`, one a line. */
const top = objectOf({
  time: anyText,
  cluster: anyText,
  isConnected: flag,
  hasLeader: flag,
  epoch: milliseconds,
  leader: nullable(anyText),
  totals: objectOf({
    jobs: cores,
    unanswered: cores,
    atTarget: cores,
    notSlower: cores,
    allocatedCores: cores,
    usedCores: cores,
    allocatableCores: cores,
  }),
  nodes: array(nodeStatus, MAX),
  allocations: array(allocationStatus, MAX),
});

const submitted = responseSchemas['job-submit'];
const scheduled = responseSchemas['node-set'];
const named = responseSchemas['node-approve'];

/** By command; each is another object, so that each has a name of its own in the schema. */
export const ANSWERS: Readonly<Record<string, object>> = {
  run: { ...submitted },
  'job run': { ...submitted },
  'job plan': responseSchemas['job-plan'],
  'job quote': responseSchemas['job-quote'],
  'job diff': objectOf({ jobs: array(change, MAX) }),
  'job set': { ...submitted },
  'job edit': { ...submitted },
  'job ls': objectOf({
    jobs: array(jobStatus, MAX_ROWS),
    stopping: optional(array(stoppingJob, MAX_ROWS)),
  }),
  'job status': { ...jobStatus },
  'job stop': objectOf({ stopped: texts, remaining: optional(texts) }),
  'job explain': objectOf({
    job: anyText,
    since: anyText,
    entries: array(storyEntry, MAX_ROWS),
    now: array(allocationStatus, MAX),
  }),
  'node ls': objectOf({ nodes: array(nodeStatus, MAX_ROWS) }),
  'node status': responseSchemas['node-status'],
  'node cordon': { ...scheduled },
  'node uncordon': { ...scheduled },
  'node drain': { ...scheduled },
  'node drain --dry-run': responseSchemas['node-drain-plan'],
  'node approve': { ...named },
  'node unapprove': { ...named },
  'node remove': { ...named },
  ps: objectOf({ allocations: array(allocationStatus, MAX_ROWS) }),
  top,
  capacity: responseSchemas.capacity,
  audit: objectOf({ lines: array(auditLine, MAX) }),
  report: usageReport,
  policy: objectOf({
    policy: anyText,
    /** Where it was asked for, not where it was changed. */
    available: optional(texts),
  }),
  'secret set': responseSchemas['secret-set'],
  'secret ls': objectOf({ secrets: array(secretStatus, MAX) }),
  'secret remove': objectOf({ removed: array(objectOf({ name: anyText, jobs: texts }), MAX) }),
  'token ls': responseSchemas['token-list'],
  'auth list': objectOf({ cluster: anyText, users: array(key, MAX) }),
  'auth log': objectOf({ cluster: anyText, acts: array(keyAct, MAX) }),
  'context ls': objectOf({ contexts: array(context, MAX) }),
  'context show': { ...context },
  doctor,
  advise,
  'doctor metrics': doctorMetrics,
  version: objectOf({
    parts: array(
      objectOf({
        program: oneOf(['cli', 'nats-server', 'coordinator', 'agent', 'console']),
        name: anyText,
        version: nullable(anyText),
        build: optional(anyText),
        state: anyText,
      }),
      MAX,
    ),
    skew: objectOf({
      skew: oneOf(['none', 'mixed', 'apart', 'unknown']),
      text: anyText,
      cure: anyText,
    }),
  }),
  ...LAB_ANSWERS,
};
