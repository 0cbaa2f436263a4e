import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../shared/errors.js';
import { type NodeId, toSafeId } from '../shared/ids.js';
import { MAX_LABELS, nodeLabelFault } from '../shared/node-labels.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { badConfig } from '../shared/schema/bad-config.js';
import { type Given, readSettings, withFallback } from '../shared/schema/settings.js';
import { readYaml } from '../shared/yaml/settings.js';
import { DEFAULT_BOUNDS, JOBS_OFF, type PolicyBounds } from './enforce/policy-bounds.js';
import { AGENT_SETTINGS } from './settings/agent.js';
import { HOST_POLICY_SETTINGS } from './settings/host-policy.js';

/** All settings of an agent, checked, defaulted and frozen. */
export type AgentConfig = Readonly<{
  [K in keyof typeof AGENT_KEYS]: (typeof AGENT_KEYS)[K]['fallback'];
}> & {
  /** Labels of this node, for constraints of jobs. */
  readonly labels: Readonly<Record<string, string>>;
  /** The host's own bounds, from the policy file. */
  readonly policy: PolicyBounds;
};

/** What says where a program keeps its state. */
export interface StatePlace {
  /** Its `HOME` and `XDG_STATE_HOME`. */
  readonly env: NodeJS.ProcessEnv;
  readonly isRoot: boolean;
  /** As the list of users has it. */
  readonly homeOfUser: () => string;
}

/**
 * Folder of what all agents of this host know; '' = nothing says where this user keeps anything.
 * What is empty or no whole path counts as not set: it would lead into whatever folder the program
 * was started in. Nor does the root folder count, which users without a home are given.
 */
export function recordsFolder({ env, isRoot, homeOfUser }: StatePlace): string {
  if (isRoot) return '/var/lib/dqoes/engines';
  const home = wholePath(env.HOME) ?? wholePath(homeOfUser());
  const state =
    wholePath(env.XDG_STATE_HOME) ??
    (home === undefined ? undefined : join(home, '.local', 'state'));
  return state === undefined ? '' : join(state, 'dqoes', 'engines');
}

const wholePath = (path = ''): string | undefined => (/^\/+[^/]/.test(path) ? path : undefined);

/** A user without a name, as in a container, has none. */
function homeOfUser(): string {
  try {
    return userInfo().homedir;
  } catch {
    return '';
  }
}

const thisPlace = (): StatePlace => ({
  env: process.env,
  isRoot: process.getuid?.() === 0,
  homeOfUser,
});

/** The settings of `agent.yaml`, by dotted key, with the defaults of this host. */
export const AGENT_KEYS = {
  ...AGENT_SETTINGS,
  node: withFallback(AGENT_SETTINGS.node, toSafeId(hostname()) as NodeId),
  'records-dir': withFallback(AGENT_SETTINGS['records-dir'], recordsFolder(thisPlace())),
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
 * Reads the settings, fills in defaults, which are those of this host, and checks. The error holds
 * all faults at once, with line and column of the file.
 */
export function loadAgentConfig(
  { file, overrides = {} }: ConfigSource = {},
  keys = AGENT_KEYS,
): Result<AgentConfig> {
  const faults: Fault[] = [];
  const given = file === undefined ? new Map<string, Given>() : readFiles(file, faults);
  for (const [key, value] of Object.entries(overrides)) given.set(key, { text: value });
  const labels = labelsOf(given, faults);
  const values = readSettings(keys, given, faults);
  const policy = boundsOf(values['policy-file'], faults);
  if (values['records-dir'] === '') faults.push(badConfig('records-dir', HOMELESS));
  faults.push(...togetherFaults(values, given));
  if (faults.length > 0) return err(faults);
  return ok(Object.freeze({ ...values, labels, policy }));
}

/**
 * Takes the labels of the node out of what was given. Their names are free, within what a report
 * may hold: a coordinator would refuse all of it because of one, and the node would be down.
 */
function labelsOf(given: Map<string, Given>, faults: Fault[]): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const [key, { text, items, at }] of given) {
    if (key !== 'labels' && !key.startsWith('labels.')) continue;
    given.delete(key);
    const name = key.slice('labels.'.length);
    const isNone = key === 'labels' || items !== undefined;
    const wrong = isNone ? NO_LABEL : nodeLabelFault(name, text);
    if (wrong === '') labels[name] = text;
    else faults.push(badConfig(key, wrong, at));
  }
  const count = Object.keys(labels).length;
  if (count > MAX_LABELS)
    faults.push(badConfig('labels', `are ${count}: leave some out, ${MAX_LABELS} are possible`));
  return Object.freeze(labels);
}

const NO_LABEL = 'is no label: write labels: { NAME: VALUE }';

/** Settings that contradict each other, where the file says the first of them. */
function togetherFaults(
  values: Readonly<Record<'window' | 'interval' | 'drift-after' | 'hold-after', number>>,
  given: ReadonlyMap<string, Given>,
): readonly Fault[] {
  const faults: Fault[] = [];
  const fault = (key: string, other: string, cure: string): void => {
    const at = given.get(key)?.at ?? given.get(other)?.at;
    faults.push(badConfig(key, `is shorter than ${other}: make it at least as long${cure}`, at));
  };
  if (values.window < values.interval) fault('window', 'interval', '');
  if (values['drift-after'] > 0 && values['drift-after'] < values['hold-after'])
    fault('drift-after', 'hold-after', ', or 0 for never');
  return faults;
}

const HOMELESS =
  'is not given, and this user has no home folder to keep it in: give a folder, or set HOME or ' +
  'XDG_STATE_HOME to one';

/**
 * Longest time that a report waits for a metrics endpoint, ms; measuring may take half an interval.
 */
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
 * The file, then `*.yaml` and `*.yml` of the folder beside it (`agent.yaml`: `agent.d`) in the
 * order of their names; later ones win. As in a shell that leaves hidden ones out: editors put
 * locks and copies there.
 */
function readFiles(file: string, faults: Fault[]): Map<string, Given> {
  const files = [file, ...dropInsOf(file, faults)];
  return new Map(files.flatMap((path) => [...readFlat(path, faults)]));
}

function dropInsOf(file: string, faults: Fault[]): readonly string[] {
  const folder = file.replace(/\.ya?ml$/, '.d');
  if (folder === file || !existsSync(folder)) return [];
  try {
    const names = readdirSync(folder).filter((name) => /^[^.].*\.ya?ml$/.test(name));
    return names.sort().map((name) => join(folder, name));
  } catch (cause) {
    faults.push(
      badConfig(folder, `cannot be read (${messageOf(cause)}): check the folder and your rights`),
    );
    return [];
  }
}

const POLICY_RANGES = [
  ['cpu.min', 'cpu.max'],
  ['host-ports.first', 'host-ports.last'],
  ['gpu.clock.min', 'gpu.clock.max'],
  ['gpu.power.min', 'gpu.power.max'],
] as const;

function boundsOf(file: string, faults: Fault[]): PolicyBounds {
  if (file === '') return DEFAULT_BOUNDS;
  const given = readFlat(file, faults);
  const values = readSettings(HOST_POLICY_SETTINGS, given, faults);
  for (const [low, high] of POLICY_RANGES) {
    if (values[low] <= values[high]) continue;
    const what = `${values[low]} is above ${high}, ${values[high]}: lower one or raise the other`;
    faults.push(badConfig(low, what, given.get(low)?.at ?? given.get(high)?.at));
  }
  return Object.freeze({
    minCpuCores: Math.max(DEFAULT_BOUNDS.minCpuCores, values['cpu.min']),
    maxCpuCores: values['cpu.max'],
    maxMemoryBytes: values['memory.max'],
    defaultMemoryBytes: Math.min(values['memory.default'], values['memory.max']),
    hostPorts: { from: values['host-ports.first'], to: values['host-ports.last'] },
    pidsLimit: values.pids,
    adopt: values.adopt,
    maxWeight: values['weight.max'],
    maxGuaranteedCores: values['cpu.guaranteed.max'],
    jobsRefused: values.jobs ? '' : JOBS_OFF,
    maxContainers: values['containers.max'],
    maxTotalMemoryBytes: values['memory.total'],
    gpuShare: values['gpu.share'],
    gpu: {
      clockMhz: { min: values['gpu.clock.min'], max: values['gpu.clock.max'] },
      powerWatts: { min: values['gpu.power.min'], max: values['gpu.power.max'] },
    },
    ...(values.images === undefined ? {} : { images: wordsOf(values.images) }),
    ...(values.registries === undefined ? {} : { registries: wordsOf(values.registries) }),
  });
}

const wordsOf = (list: string): readonly string[] =>
  list.split(/[\s,]+/).filter((word) => word !== '');

const readFlat = (file: string, faults: Fault[]): Map<string, Given> =>
  readYaml(file, (path) => readFileSync(path), faults);
