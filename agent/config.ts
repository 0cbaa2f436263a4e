import { existsSync, readdirSync } from 'node:fs';
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
} from '../shared/config-table.js';
import { messageOf } from '../shared/errors.js';
import { type NodeId, parseNodeId, toSafeId } from '../shared/ids.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import {
  cgroupPath,
  durationOrNever,
  flag,
  mode,
  port,
  prefix,
  ratio,
  weightRule,
} from './config-checks.js';
import { DEFAULT_MPS_PIPES, DEFAULT_SOCKET } from './drivers/docker-engine.js';
import type { PolicyBounds } from './enforce/policy-bounds.js';
import { boundsOf, readFlat } from './policy.js';
import type { WeightRule } from './ports/cgroup.js';

/** The settings of an agent: checked, with defaults, frozen. */
export type AgentConfig = Readonly<{
  [K in keyof typeof AGENT_KEYS]: (typeof AGENT_KEYS)[K]['fallback'];
}> & {
  /** Labels of this node, for constraints of jobs. */
  readonly labels: Readonly<Record<string, string>>;
  /** The host's own bounds, from the policy file. */
  readonly policy: PolicyBounds;
};

/** Folder in which root, or a user, keeps the state of programs. */
function stateHome(env: NodeJS.ProcessEnv = process.env): string {
  if (process.getuid?.() === 0) return '/var/lib';
  return env.XDG_STATE_HOME || join(env.HOME ?? homedir(), '.local', 'state');
}

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
    'between two readings of a metrics endpoint, ms',
  ),
  'scrape.deadline': row(
    durationBetween(50, 60_000),
    2000,
    'a reading that takes longer is aborted, ms',
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
    'cgroup that holds the containers; default the one of the running containers',
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
  'trusted-incarnation': row(nonEmpty, '', 'incarnation of a new store to accept'),
  'gpu.enable': row(flag, true, 'look for GPUs, and set them where control is enforce'),
  'gpu.interval': row(durationBetween(200, 60_000), 1000, 'time between two samples of a GPU, ms'),
  'gpu.min-change': row(
    durationBetween(1000, 600_000),
    5000,
    'shortest time between two settings of one GPU, ms',
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

/**
 * The environment of the GPU tools: where programs are, and a locale that does not change their
 * texts.
 */
export const toolEnvironment = (): Readonly<Record<string, string>> => ({
  PATH: process.env.PATH ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
});

/** Where settings come from. */
export interface ConfigSource {
  /** Path of `agent.yaml`, beside which `agent.d/*.yaml` may lie; absent = defaults only. */
  readonly file?: string;
  /** From the command line, by dotted key; they override the file. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/**
 * Reads the settings, fills in defaults and checks. The error holds all faults at once, with line
 * and column of the file.
 */
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

/** Longest wait of a report for a metrics endpoint, ms; measuring may take half an interval. */
const MAX_WAIT_MS = 200;

/** The settings of observing. */
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
