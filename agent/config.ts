import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import {
  badConfig,
  durationBetween,
  type Given,
  nonEmpty,
  readTable,
  row,
  safeId,
  shown,
} from '../shared/config-table.js';
import { readYaml } from '../shared/config-yaml.js';
import { messageOf } from '../shared/errors.js';
import { type NodeId, parseNodeId, toSafeId } from '../shared/ids.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { parseBytes, parseCpuCores } from '../shared/units.js';
import { WEIGHT_RULES } from './containers/weight.js';
import { DEFAULT_MPS_PIPES, DEFAULT_SOCKET } from './drivers/docker-engine.js';
import { DEFAULT_BOUNDS, type PolicyBounds } from './enforce/policy-bounds.js';
import type { WeightRule } from './ports/cgroup.js';

/** Everything an agent is told, checked, defaulted and frozen once. */
export type AgentConfig = Readonly<{
  [K in keyof typeof AGENT_KEYS]: (typeof AGENT_KEYS)[K]['fallback'];
}> & {
  /** Labels of this node, for constraints of jobs. */
  readonly labels: Readonly<Record<string, string>>;
  /** The host's own bounds, from the policy file. */
  readonly policy: PolicyBounds;
};

/** Where root, or a user, keeps what programs must not lose. */
function stateHome(env: NodeJS.ProcessEnv = process.env): string {
  if (process.getuid?.() === 0) return '/var/lib';
  return env.XDG_STATE_HOME || join(env.HOME ?? homedir(), '.local', 'state');
}

const flag = (value: string): Result<boolean, string> =>
  value === 'true' || value === 'false'
    ? ok(value === 'true')
    : err(`${shown(value)} is neither true nor false`);
const port = (value: string): Result<number, string> =>
  /^\d{1,5}$/.test(value) && Number(value) < 65_536
    ? ok(Number(value))
    : err(`${shown(value)} is not a port: 0 to 65535`);
const ratio = (value: string): Result<number, string> => {
  const number = /^\d+(?:\.\d+)?%?$/.test(value)
    ? Number(value.replace('%', '')) / (value.endsWith('%') ? 100 : 1)
    : Number.NaN;
  return number >= 0 && number < 1
    ? ok(number)
    : err(`${shown(value)} is not a share of the whole: write 0.05 or 5%`);
};
const mode = (value: string): Result<'enforce' | 'observe', string> =>
  value === 'enforce' || value === 'observe'
    ? ok(value)
    : err(`${shown(value)} is neither enforce nor observe`);
const weightRule = (value: string): Result<WeightRule, string> => {
  const found = WEIGHT_RULES.find((rule) => rule === value);
  return found === undefined ? err(`${shown(value)} is neither proportional nor off`) : ok(found);
};
const cgroupPath = (value: string): Result<string, string> =>
  value.startsWith('/') && !value.split('/').includes('..')
    ? ok(value)
    : err(
        `${shown(value)} is not a cgroup: write its path from the root, as /docker or ` +
          '/system.slice',
      );
const megahertz = numberUpTo(100_000, 'MHz');
const watts = numberUpTo(100_000, 'W');
const prefix = (value: string): Result<string, string> =>
  /^[a-z][a-z0-9.-]*\.$/.test(value)
    ? ok(value)
    : err(`${shown(value)} is not a label prefix: write lower case ending in a dot, as dqoes.`);

const durationOrNever =
  (least: number, most: number) =>
  (value: string): Result<number, string> =>
    value === '0' ? ok(0) : durationBetween(least, most)(value);

/** The settings of `agent.yaml`, by dotted key. */
export const AGENT_KEYS = {
  node: row<NodeId>(
    parseNodeId,
    toSafeId(hostname()) as NodeId,
    'name of this host in the cluster; default the host name',
  ),
  cluster: row(safeId, 'main', 'cluster this host belongs to'),
  'nats.url': row(nonEmpty, 'nats://127.0.0.1:4222', 'NATS server'),
  'nats.creds': row(nonEmpty, '', 'path of a .creds file'),
  interval: row(durationBetween(100, 60_000), 1000, 'one report per interval, ms'),
  window: row(durationBetween(100, 600_000), 5000, 'window of response times in a report, ms'),
  'reserve.cpu': row(ratio, 0.05, 'share of the CPU kept back for the host'),
  'reserve.memory': row(ratio, 0.05, 'share of the memory kept back for the host'),
  'label-prefix': row(prefix, 'dqoes.', 'prefix of labels on containers that opt in'),
  control: row<'enforce' | 'observe'>(mode, 'enforce', 'observe: report only and change no limit'),
  'cpu-weight': row<WeightRule>(
    weightRule,
    'proportional',
    'CPU weight of containers: follows the limit, or left alone',
  ),
  'scrape.interval': row(
    durationBetween(100, 60_000),
    1000,
    'between two looks at a page of metrics, ms',
  ),
  'scrape.deadline': row(
    durationBetween(50, 60_000),
    2000,
    'a look that takes longer is given up, ms',
  ),
  'push.enable': row(flag, true, 'receive pushed response times'),
  'push.address': row(nonEmpty, '127.0.0.1', 'address the receiver listens on'),
  'push.http-port': row(port, 8127, 'port of POST /v1/observations; 0 = any free one'),
  'push.udp-port': row(port, 8125, 'port of StatsD; 0 = any free one'),
  'state-dir': row(nonEmpty, '/var/lib/dqoes', 'folder of the journal'),
  'records-dir': row(
    nonEmpty,
    join(stateHome(), 'dqoes', 'engines'),
    'folder of what all agents of this host know: state folders, and what containers had ' +
      'before; default for root',
  ),
  'docker.socket': row(nonEmpty, DEFAULT_SOCKET, 'socket of the Docker Engine'),
  'docker.cgroup-parent': row(
    cgroupPath,
    '',
    'cgroup that holds the containers; default that of the containers there are',
  ),
  'policy-file': row(nonEmpty, '', "file of the host's own bounds; default none"),
  'stop-grace': row(
    durationBetween(1000, 600_000),
    10_000,
    'between SIGTERM and SIGKILL of a job, ms',
  ),
  'stop-jobs-on-exit': row(flag, false, 'stop the containers this agent started when it stops'),
  'incarnation-hold': row(
    durationBetween(1000, 86_400_000),
    600_000,
    'silence after which a new store is obeyed, ms',
  ),
  'hold-after': row(
    durationBetween(45_000, 86_400_000),
    120_000,
    'silence of the coordinator after which no limit is raised, ms',
  ),
  'drift-after': row(
    durationOrNever(60_000, 604_800_000),
    3_600_000,
    'silence after which containers go back to their own limits one by one, ms; 0 = never',
  ),
  'drift-step': row(durationBetween(1000, 3_600_000), 60_000, 'mean time between two of them, ms'),
  'trusted-incarnation': row(nonEmpty, '', 'incarnation of a new store that is right'),
  'gpu.enable': row(flag, true, 'look for GPUs, and set them where control is enforce'),
  'gpu.interval': row(durationBetween(200, 60_000), 1000, 'time between two samples of a GPU, ms'),
  'gpu.min-change': row(
    durationBetween(1000, 600_000),
    5000,
    'least time between two settings of one GPU, ms',
  ),
  'gpu.nvidia-smi': row(nonEmpty, 'nvidia-smi', 'tool for NVIDIA GPUs, by name or path'),
  'gpu.amd-smi': row(nonEmpty, 'amd-smi', 'tool for AMD GPUs, by name or path'),
  'gpu.helper': row(
    nonEmpty,
    '',
    'helper that sets GPUs with sudo where the agent is not root; default none',
  ),
  'gpu.sudo': row(nonEmpty, 'sudo', 'program that runs the helper as root'),
  'gpu.mps-pipe-directory': row(nonEmpty, DEFAULT_MPS_PIPES, "folder of the MPS server's pipes"),
  'gpu.limit-hooked': row(
    flag,
    false,
    'limit the CPU of containers that got their GPU by --gpus, though that can cut them ' +
      'off from it',
  ),
};

const POLICY_KEYS = {
  'cpu.min': row(parseCpuCores, DEFAULT_BOUNDS.minCpuCores, 'least CPU of one container, cores'),
  'cpu.max': row(parseCpuCores, DEFAULT_BOUNDS.maxCpuCores, 'most CPU of one container, cores'),
  'memory.max': row(parseBytes, DEFAULT_BOUNDS.maxMemoryBytes, 'most memory of one container'),
  'memory.default': row(
    parseBytes,
    DEFAULT_BOUNDS.defaultMemoryBytes,
    'memory of a job that names none',
  ),
  'host-ports.first': row(port, DEFAULT_BOUNDS.hostPorts.from, 'first host port a job may ask for'),
  'host-ports.last': row(port, DEFAULT_BOUNDS.hostPorts.to, 'last host port a job may ask for'),
  'gpu.clock.min': row(megahertz, 0, 'never limit the clock of a GPU below, MHz'),
  'gpu.clock.max': row(
    megahertz,
    DEFAULT_BOUNDS.gpu.clockMhz.max,
    'never let the clock of a GPU be set above, MHz',
  ),
  'gpu.power.min': row(watts, 0, 'never limit the power of a GPU below, W'),
  'gpu.power.max': row(
    watts,
    DEFAULT_BOUNDS.gpu.powerWatts.max,
    'never let the power limit of a GPU be set above, W',
  ),
  pids: row(count, DEFAULT_BOUNDS.pidsLimit, 'processes and threads of one container'),
  images: row<string | undefined>(
    nonEmpty,
    undefined,
    'images that may run, separated by blanks; * matches within a path part',
  ),
};
function numberUpTo(most: number, unit: string) {
  return (value: string): Result<number, string> =>
    /^\d{1,6}$/.test(value) && Number(value) <= most
      ? ok(Number(value))
      : err(`${shown(value)} is not a whole number of ${unit}: write 0 to ${most}`);
}
function count(value: string): Result<number, string> {
  return /^[1-9]\d{0,6}$/.test(value)
    ? ok(Number(value))
    : err(`${shown(value)} is not a whole number above 0`);
}

/**
 * What tools of GPUs get to see of the environment: where programs are, and a language that does
 * not change their texts.
 */
export const toolEnvironment = (): Readonly<Record<string, string>> => ({
  PATH: process.env.PATH ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
});

export interface ConfigSource {
  /** Path of `agent.yaml`, beside which `agent.d/*.yaml` may lie; absent = defaults only. */
  readonly file?: string;
  /** From the command line, by dotted key; they win over the file. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Reads, defaults and checks. All faults come at once, with line and column of the file. */
export function loadAgentConfig({ file, overrides = {} }: ConfigSource = {}): Result<AgentConfig> {
  const faults: Fault[] = [];
  const given = file === undefined ? new Map<string, Given>() : readSettings(file, faults);
  for (const [key, value] of Object.entries(overrides)) given.set(key, { text: value });
  const labels: Record<string, string> = {};
  for (const [key, value] of given) {
    if (!key.startsWith('labels.')) continue;
    labels[key.slice('labels.'.length)] = value.text;
    given.delete(key);
  }
  const values = readTable(AGENT_KEYS, given, faults);
  const policy = boundsOf(values['policy-file'], faults);
  if (values.window < values.interval)
    faults.push(badConfig('window', 'is shorter than interval: make it at least as long'));
  if (values['drift-after'] > 0 && values['drift-after'] < values['hold-after'])
    faults.push(
      badConfig(
        'drift-after',
        'is shorter than hold-after: make it at least as long, or 0 for never',
      ),
    );
  if (faults.length > 0) return err(faults);
  return ok(Object.freeze({ ...values, labels: Object.freeze(labels), policy }));
}

/**
 * Longest wait of a report for a look at a page of metrics, ms; measuring may take half an
 * interval.
 */
const MAX_WAIT_MS = 200;

/** The settings of observing, as they are named there. */
export const observing = (config: AgentConfig) => ({
  windowMs: config.window,
  scrape: {
    intervalMs: config['scrape.interval'],
    deadlineMs: config['scrape.deadline'],
    waitMs: Math.min(MAX_WAIT_MS, config.interval / 4),
  },
});

/**
 * The file, then `*.yaml` of the folder beside it (`agent.yaml`: `agent.d`) in the order of their
 * names; later ones win.
 */
function readSettings(file: string, faults: Fault[]): Map<string, Given> {
  const files = [file, ...dropInsOf(file, faults)];
  return new Map(files.flatMap((path) => [...readFlat(path, faults)]));
}

function dropInsOf(file: string, faults: Fault[]): readonly string[] {
  const folder = file.replace(/\.ya?ml$/, '.d');
  if (folder === file || !existsSync(folder)) return [];
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    return names.sort().map((name) => join(folder, name));
  } catch (cause) {
    faults.push(
      badConfig(folder, `cannot be read (${messageOf(cause)}): check the folder and your rights`),
    );
    return [];
  }
}

function boundsOf(file: string, faults: Fault[]): PolicyBounds {
  if (file === '') return DEFAULT_BOUNDS;
  const values = readTable(POLICY_KEYS, readFlat(file, faults), faults);
  if (values['cpu.min'] > values['cpu.max']) faults.push(badConfig('cpu.min', 'is above cpu.max'));
  if (values['host-ports.first'] > values['host-ports.last'])
    faults.push(badConfig('host-ports.first', 'is above host-ports.to'));
  for (const knob of ['gpu.clock', 'gpu.power'] as const)
    if (values[`${knob}.min`] > values[`${knob}.max`])
      faults.push(badConfig(`${knob}.min`, `is above ${knob}.max`));
  return Object.freeze({
    minCpuCores: Math.max(DEFAULT_BOUNDS.minCpuCores, values['cpu.min']),
    maxCpuCores: values['cpu.max'],
    maxMemoryBytes: values['memory.max'],
    defaultMemoryBytes: Math.min(values['memory.default'], values['memory.max']),
    hostPorts: { from: values['host-ports.first'], to: values['host-ports.last'] },
    pidsLimit: values.pids,
    gpu: {
      clockMhz: { min: values['gpu.clock.min'], max: values['gpu.clock.max'] },
      powerWatts: { min: values['gpu.power.min'], max: values['gpu.power.max'] },
    },
    ...(values.images === undefined
      ? {}
      : { images: values.images.split(/[\s,]+/).filter((image) => image !== '') }),
  });
}

const readFlat = (file: string, faults: Fault[]): Map<string, Given> =>
  readYaml(file, (path) => readFileSync(path, 'utf8'), faults);
