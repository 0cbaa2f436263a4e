import { publicKeys } from '../../proto/schemas/public-keys.js';
import { type NodeId, parseNodeId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import { metricsListen } from '../../shared/schema/listen.js';
import { NATS_SETTINGS, natsAddress } from '../../shared/schema/nats-settings.js';
import {
  durationBetween,
  durationOrNever,
  nonEmpty,
  safeId,
  setting,
  settingElse,
  value,
  wordOf,
} from '../../shared/schema/settings.js';
import { SHARE_SCHEMA } from '../../shared/schema/units.js';
import { WEIGHT_RULES } from '../containers/weight.js';
import { DEFAULT_MPS_PIPES, DEFAULT_SOCKET } from '../drivers/docker-engine.js';
import { flag, port } from './values.js';

const DAY_MS = 86_400_000;
const shown = (text: string): string => JSON.stringify(text.slice(0, 40));

const nodeName = value<NodeId>(parseNodeId, {
  type: 'string',
  pattern: '^[A-Za-z0-9_-]{1,63}$',
});
const ratio = value((text): Result<number, string> => {
  const number = /^\d+(?:\.\d+)?%?$/.test(text)
    ? Number(text.replace('%', '')) / (text.endsWith('%') ? 100 : 1)
    : Number.NaN;
  return number >= 0 && number < 1
    ? ok(number)
    : err(`${shown(text)} is not a share of the whole: write 0.05 or 5%`);
}, SHARE_SCHEMA);
const control = wordOf(['enforce', 'observe'], 'is neither enforce nor observe');
const weightRule = wordOf(WEIGHT_RULES, 'is neither proportional nor off');
const parentWeight = wordOf(['sum', 'off'], 'is neither sum nor off');
const cgroupPath = value<string>(
  (text) =>
    text.startsWith('/') && !text.split('/').includes('..')
      ? ok(text)
      : err(
          `${shown(text)} is not a cgroup: write its path from the root, as /docker or ` +
            '/system.slice',
        ),
  { type: 'string', pattern: '^/' },
);
const PREFIX = /^[a-z][a-z0-9.-]*\.$/;
const labelPrefix = value<string>(
  (text) =>
    PREFIX.test(text)
      ? ok(text)
      : err(`${shown(text)} is not a label prefix: write lower case ending in a dot, as dqoes.`),
  { type: 'string', pattern: PREFIX.source },
);

/**
 * The settings of `agent.yaml`, by dotted key. The defaults of `node` and `records-dir` depend on
 * the host: agent/config.ts fills them in.
 */
export const AGENT_SETTINGS = {
  node: settingElse(
    nodeName,
    '' as NodeId,
    'name of this host in the cluster: 1 to 63 of `A-Z a-z 0-9 _ -`',
    'host name',
  ),
  cluster: setting(safeId, 'main', 'cluster this host belongs to'),
  'nats.url': setting(
    natsAddress,
    'nats://127.0.0.1:4222',
    'address of NATS; of a cluster all, separated by commas',
  ),
  ...NATS_SETTINGS,
  'coordinator-keys': settingElse<readonly string[]>(
    publicKeys,
    [],
    'public keys of the coordinators (`dqoes coordinator key`), comma-separated: desired states ' +
      'that none of them signed are refused',
    'none: signatures are not asked for',
  ),
  'metrics.listen': metricsListen(8472),
  interval: setting(durationBetween(100, 60_000), '1s', 'one report in this time, 100 ms to 1 min'),
  window: setting(
    durationBetween(100, 600_000),
    '5s',
    'response times that a report summarises; at least `interval`',
  ),
  'reserve.cpu': setting(ratio, '5%', "share of the host's CPU that is not allocatable"),
  'reserve.memory': setting(ratio, '5%', "share of the host's memory that is not allocatable"),
  'label-prefix': setting(labelPrefix, 'dqoes.', 'prefix of the labels below'),
  control: setting(control, 'enforce', '`observe`: report only, change no limit'),
  'cpu-weight': setting(
    weightRule,
    'proportional',
    'CPU weight of containers under a limit: 10240 shares a core of what they are guaranteed (a ' +
      'tenth of a core weighs what Docker gives by default), and up to 32 times that beside ' +
      'others that would take all; or `off`: left alone. Put back with the limit',
  ),
  'scrape.interval': setting(
    durationBetween(100, 60_000),
    '1s',
    'time between two looks at a metrics endpoint, 100 ms to 1 min; a server that does not ' +
      'answer is asked up to eight times as rarely',
  ),
  'scrape.deadline': setting(
    durationBetween(50, 60_000),
    '2s',
    'a reading that takes longer is aborted',
  ),
  'push.enable': setting(flag, 'true', 'receive pushed response times'),
  'push.address': setting(
    nonEmpty,
    '127.0.0.1',
    'address the receiver listens on; containers reach it at the address of their bridge, for' +
      ' example `172.17.0.1`',
  ),
  'push.http-port': setting(port, '8127', 'port of `POST /v1/observations`; 0 = any free one'),
  'push.udp-port': setting(port, '8125', 'port of StatsD; 0 = any free one'),
  'state-dir': setting(
    nonEmpty,
    '/var/lib/dqoes',
    'folder of the journal, which holds the limits found before the first touch',
  ),
  'records-dir': settingElse(
    nonEmpty,
    '',
    'folder of what all agents of this host know of each Engine: their state folders, and ' +
      'what containers had before the first touch',
    '`/var/lib/dqoes/engines`; not as root `~/.local/state/dqoes/engines`',
  ),
  'docker.socket': setting(nonEmpty, DEFAULT_SOCKET, 'socket of the Docker Engine'),
  'docker.registry-auth': settingElse(
    nonEmpty,
    '',
    'path of a file with logins to registries, as `docker login` writes `config.json`: images ' +
      'of jobs are pulled with the login of their registry, no matter who submitted the job ' +
      '(`images` and `registries` of `policy-file` say what may run). Read for each pull; its ' +
      'mode is 0600 or 0640. Credential helpers are not asked',
    'none: images are pulled without a login',
  ),
  'docker.cgroup-parent': settingElse(
    cgroupPath,
    '',
    'cgroup that the engine puts containers in, as `/docker` or `/system.slice`. A CPU quota ' +
      'on it, or on one above it, bounds what is allocatable, and is looked at every 5 s, as ' +
      "are the number of CPUs and the agent's own cpuset. Where it is not given, the agent " +
      'finds it from the containers it controls: it then knows nothing of it before the first ' +
      'one runs',
    'that of the containers',
  ),
  'docker.parent-weight': setting(
    parentWeight,
    'sum',
    'CPU weight of the cgroup that the containers are in, where it holds nothing else, as ' +
      '`/docker` does, and nobody gave it one: that of all containers in it together, at most ' +
      '4096 shares for each allocatable core, and no more than leaves other programs what ' +
      '`reserve.cpu` keeps for them, while one of them has a limit of dqoes; or `off`: left ' +
      'alone, so that all containers together weigh what one other program does. Put back with ' +
      'the limits',
  ),
  'policy-file': settingElse(nonEmpty, '', "the host's own bounds, see below"),
  'stop-grace': setting(
    durationBetween(1000, 600_000),
    '10s',
    'time between SIGTERM and SIGKILL when a job is stopped',
  ),
  'stop-jobs-on-exit': setting(
    flag,
    'false',
    "stop the jobs' containers when the agent stops; otherwise they run on",
  ),
  'incarnation-hold': setting(
    durationBetween(1000, DAY_MS),
    '10m',
    'how long the known store must be silent before a newly made one is obeyed',
  ),
  'hold-after': setting(
    durationBetween(45_000, DAY_MS),
    '2m',
    'when no coordinator was heard for so long, limits are kept and none is raised any more ' +
      '(least 45 s: a coordinator gives a sign of life every 15 s)',
  ),
  'drift-after': setting(
    durationOrNever(60_000, DAY_MS),
    '1h',
    'when none was heard for so long, containers get their own limits back one by one, the ' +
      'tightest first, until a coordinator is heard again; `0` = never',
  ),
  'drift-step': setting(
    durationBetween(1000, 3_600_000),
    '1m',
    'mean time between two of them; each waits half to one and a half of it, so that hosts do' +
      ' not move together',
  ),
  'trusted-incarnation': settingElse(
    nonEmpty,
    '',
    'incarnation of a newly made store that you know to be right',
  ),
  'gpu.enable': setting(
    flag,
    'true',
    'look for GPUs, and set them where `control` is `enforce` ([gpu.md](gpu.md))',
  ),
  'gpu.interval': setting(durationBetween(200, 60_000), '1s', 'time between two samples of a GPU'),
  'gpu.min-change': setting(
    durationBetween(1000, 600_000),
    '5s',
    'least time between two settings of one GPU',
  ),
  'gpu.nvidia-smi': setting(nonEmpty, 'nvidia-smi', 'tool for NVIDIA GPUs, by name or path'),
  'gpu.amd-smi': setting(nonEmpty, 'amd-smi', 'tool for AMD GPUs, by name or path'),
  'gpu.helper': settingElse(
    nonEmpty,
    '',
    'helper that sets GPUs by sudo where the agent is not root',
  ),
  'gpu.sudo': setting(nonEmpty, 'sudo', 'program that runs the helper as root'),
  'gpu.mps-pipe-directory': setting(
    nonEmpty,
    DEFAULT_MPS_PIPES,
    "folder of the MPS server's pipes",
  ),
  'gpu.limit-hooked': setting(
    flag,
    'false',
    'limit the CPU of containers that got their GPU by `--gpus`, though that can cut them off' +
      ' from it',
  ),
};
