import { toSafeId } from '../../shared/ids.js';
import {
  DEFAULT_LOG_PATTERN,
  LATENCY_SOURCES,
  LATENCY_UNITS,
  MOVES,
  ON_LOSS,
} from '../../shared/job.js';
import { STATISTICS } from '../../shared/qoe.js';
import type { Fault } from '../../shared/result.js';
import { referenceOf } from '../../shared/schema/reference.js';
import { jobFile } from '../job-file/schema.js';
import type { App, Registry } from '../shell/app.js';
import { appFor, choiceText, collect, withCluster, withFormat } from '../shell/options.js';
import { refuse, withSession } from '../shell/session.js';
import { withWait } from '../shell/wait.js';
import { type SubmitFlags, submit } from './job-run.js';

interface RunFlags extends SubmitFlags {
  readonly name?: string;
  readonly target?: string;
  readonly stat?: string;
  readonly tolerance?: string;
  readonly mode?: string;
  readonly weight?: string;
  readonly replicas?: string;
  readonly cpuMin?: string;
  readonly cpuMax?: string;
  readonly memory?: string;
  readonly env?: readonly string[];
  readonly secret?: readonly string[];
  readonly port?: readonly string[];
  readonly constraint?: readonly string[];
  readonly onLoss?: string;
  readonly moves?: string;
  readonly latencySource?: string;
  readonly latencyPattern?: string;
  readonly latencyUnit?: string;
  readonly latencyPreset?: string;
  readonly latencyPort?: string;
}

/**
 * The flag for each key of the job file. Flags are checked by the rules of the job file; a fault
 * then names the flag in place of the key.
 */
export const FLAG_OF_FIELD: Readonly<Record<string, string>> = {
  name: '--name',
  image: 'IMAGE',
  command: 'CMD',
  env: '--env',
  'target.latency': '--target',
  'target.statistic': '--stat',
  'target.tolerance': '--tolerance',
  'target.mode': '--mode',
  weight: '--weight',
  replicas: '--replicas',
  'resources.cpu.min': '--cpu-min',
  'resources.cpu.max': '--cpu-max',
  'resources.memory': '--memory',
  ports: '--port',
  'constraints.labels': '--constraint',
  onLoss: '--on-loss',
  moves: '--moves',
  'latency.source': '--latency-source',
  'latency.pattern': '--latency-pattern',
  'latency.unit': '--latency-unit',
  'latency.preset': '--latency-preset',
  'latency.port': '--latency-port',
};

/** Adds `dqoes run IMAGE [CMD…]`. Everything after IMAGE belongs to the container. */
export function addRun({ program, app, finish }: Registry): void {
  const run = withWait(withFormat(withCluster(program.command('run <image> [command...]'))))
    .description('run one image as a job')
    .passThroughOptions()
    .option('--name <name>', "name of the job (default: from the image's name)")
    .option('--target <duration>', 'wanted response time, such as 250ms (required)')
    .option('--stat <statistic>', CHOICES.statistic)
    .option(
      '--tolerance <share>',
      `half width of the band (default: ${defaultOf('target.tolerance')})`,
    )
    .option(
      '--mode <mode>',
      'band: hold it there; ceiling: at most this (default: band for the mean, ceiling for ' +
        'percentiles)',
    )
    .option(
      '--weight <number>',
      `importance when not all targets can be met (default: ${defaultOf('weight')})`,
    )
    .option('--replicas <count>', `number of containers (default: ${defaultOf('replicas')})`)
    .option('--cpu-min <cores>', `never limit below (default: ${defaultOf('resources.cpu.min')})`)
    .option('--cpu-max <cores>', 'never limit above (default: what the node may give)')
    .option(
      '--memory <size>',
      "memory limit, such as 512MiB (default: 2GiB, or the host's memory.default)",
    )
    .option('-e, --env <name=value>', 'environment variable; may be repeated', collect)
    .option(
      '--secret <name=secret>',
      'environment variable that gets this secret; may be repeated',
      collect,
    )
    .option('-p, --port <[host:]container>', 'publish a port; may be repeated', collect)
    .option('--constraint <label=value>', 'only nodes with this label; may be repeated', collect)
    .option('--on-loss <what>', CHOICES.onLoss)
    .option('--moves <what>', CHOICES.moves)
    .option('--latency-source <source>', CHOICES.source)
    .option(
      '--latency-pattern <regexp>',
      `where a log line contains the time (default: ${DEFAULT_LOG_PATTERN})`,
    )
    .option('--latency-unit <unit>', CHOICES.unit)
    .option('--latency-preset <server>', 'the server, with --latency-source prometheus: vllm, …')
    .option('--latency-port <port>', 'port inside the container, of prometheus and probe');
  run.action(async (image: string, command: readonly string[], flags: RunFlags) =>
    finish(await runImage(appFor(app, flags), { image, command, flags })),
  );
}

const ROWS = referenceOf(jobFile);
/** What the help says of options that take one of a few words. */
const CHOICES = {
  statistic: `statistic that counts: ${choiceText(STATISTICS, defaultOf('target.statistic'))}`,
  onLoss: `when its node is down: ${choiceText(ON_LOSS, defaultOf('onLoss'))}`,
  moves: `whether it may be moved to another node: ${choiceText(MOVES, defaultOf('moves'))}`,
  source: `where times are read: ${choiceText(LATENCY_SOURCES, defaultOf('latency.source'))}`,
  unit: `unit of that time: ${choiceText(LATENCY_UNITS, defaultOf('latency.unit'))}`,
};

/** The default of a key of the job file, so that the help and the file cannot differ. */
function defaultOf(key: string): string {
  const row = ROWS.find((each) => each.key === key);
  if (row === undefined) throw new Error(`the job file has no key ${key}`);
  return row.fallback.replaceAll('`', '');
}

async function runImage(
  app: App,
  asked: { readonly image: string; readonly command: readonly string[]; readonly flags: RunFlags },
) {
  const { command, flags } = asked;
  const pairs = [
    pairsOf('--env', flags.env ?? []),
    pairsOf('--constraint', flags.constraint ?? []),
    pairsOf('--secret', flags.secret ?? []),
  ] as const;
  const [env, labels, secrets] = pairs;
  const { parseJobValue } = await import('../job-file/parse.js');
  const named = Object.entries(secrets.values).map(([name, secret]) => [name, { secret }] as const);
  const all = { ...env.values, ...Object.fromEntries(named) };
  const spec = parseJobValue(jobValueOf(asked, { env: all, labels: labels.values }));
  const faults = [
    ...pairs.flatMap((each) => each.faults),
    ...twice(env.values, secrets.values),
    ...again('--constraint', flags.constraint ?? []),
    ...again('--secret', flags.secret ?? []),
    ...(spec.ok
      ? []
      : spec.error.map(
          (fault) => afterImage(fault, command) ?? asFlagFault(fault, secrets.values),
        )),
  ];
  if (faults.length > 0 || !spec.ok) return refuse(app, faults);
  return withSession(app, flags, (session) => submit(app, session, { specs: [spec.value], flags }));
}

/**
 * The flags as a job file. What was not given is left out: only the rules of the job file hold
 * defaults.
 */
export function jobValueOf(
  asked: {
    readonly image: string;
    readonly command: readonly string[];
    readonly flags: Partial<RunFlags>;
  },
  maps: {
    readonly env: Readonly<Record<string, string | { readonly secret: string }>>;
    readonly labels: Readonly<Record<string, string>>;
  },
): unknown {
  const { flags } = asked;
  return pruned({
    name: flags.name ?? nameOf(asked.image),
    image: asked.image,
    command: asked.command,
    env: maps.env,
    target: pruned({
      latency: flags.target,
      statistic: flags.stat,
      tolerance: flags.tolerance,
      mode: flags.mode,
    }),
    weight: flags.weight,
    replicas: flags.replicas,
    resources: pruned({
      cpu: pruned({ min: flags.cpuMin, max: flags.cpuMax }),
      memory: flags.memory,
    }),
    latency: pruned({
      source: flags.latencySource,
      pattern: flags.latencyPattern,
      unit: flags.latencyUnit,
      preset: flags.latencyPreset,
      port: flags.latencyPort,
    }),
    constraints: { labels: maps.labels },
    onLoss: flags.onLoss,
    moves: flags.moves,
    ports: flags.port,
  });
}

const pruned = (value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));

/** Name of a job after its image: `registry.example/team/face:1.4` → `face`. */
export const nameOf = (image: string): string =>
  toSafeId(image.split('@')[0]?.split('/').at(-1)?.split(':')[0] ?? '');

/** Values by name of `NAME=VALUE`, and what is no such pair. */
export function pairsOf(flag: string, texts: readonly string[]) {
  const split = texts.map((text): [string, string] | undefined => {
    const at = text.indexOf('=');
    return at < 1 ? undefined : [text.slice(0, at), text.slice(at + 1)];
  });
  const faults = texts
    .filter((_, index) => split[index] === undefined)
    .map(
      (text): Fault => ({
        code: 'cli.usage',
        field: flag,
        message: `${flag} ${JSON.stringify(text.slice(0, 60))} ${whyNoPair(flag, text)}`,
      }),
    );
  return { values: Object.fromEntries(split.filter((pair) => pair !== undefined)), faults };
}

const PAIR_OF: Readonly<Record<string, string>> = {
  '--constraint': 'LABEL=VALUE',
  '--secret': 'NAME=SECRET',
};
const whyNoPair = (flag: string, text: string): string =>
  `has no ${text.includes('=') ? 'name' : 'value'}: write ${PAIR_OF[flag] ?? 'NAME=VALUE'}`;

/** Names that were given two values, of which the last would count without a word. */
function again(flag: string, texts: readonly string[]): readonly Fault[] {
  const names = [...new Set(texts)].map((text) => text.split('=')[0] ?? '');
  const twice = names.filter((name, at) => names.indexOf(name) < at);
  return [...new Set(twice)].map((name) => ({
    code: 'cli.usage',
    field: flag,
    message: `${flag} ${name} is given two values: leave one of them out`,
  }));
}

/** Variables that were given a value and a secret. */
const twice = (
  env: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
): readonly Fault[] =>
  Object.keys(secrets)
    .filter((name) => Object.hasOwn(env, name))
    .map((name) => ({
      code: 'cli.usage',
      field: '--secret',
      message: `--secret ${name}: --env gives it a value, too; leave one of them out`,
    }));

/** That what is missing stands after the image; undefined = it does not. */
function afterImage({ code, field }: Fault, command: readonly string[]): Fault | undefined {
  const flag = code === 'job.missing' ? FLAG_OF_FIELD[field] : undefined;
  const isIt = (word: string): boolean => word === flag || word.startsWith(`${flag}=`);
  if (flag === undefined || !command.some(isIt)) return undefined;
  const what = `${flag}: stands after the image, where all belongs to the container`;
  return { code, field, message: `${what}: write it before the image` };
}

/** Fields of which each flag gives one value, by its name: that is said, too. */
const NAMED_FIELDS: readonly string[] = ['env', 'constraints.labels'];

function asFlagFault(fault: Fault, secrets: Readonly<Record<string, string>>): Fault {
  const secret = Object.keys(secrets).find((name) => fault.field === `env.${name}`);
  if (secret !== undefined)
    return { ...fault, message: fault.message.replace(fault.field, `--secret ${secret}`) };
  const known = Object.keys(FLAG_OF_FIELD).find(
    (field) => fault.field === field || fault.field.startsWith(`${field}.`),
  );
  if (known === undefined) return fault;
  const name = NAMED_FIELDS.includes(known) ? fault.field.slice(known.length) : '';
  const flag = `${FLAG_OF_FIELD[known] ?? known}${name.replace('.', ' ')}`;
  return { ...fault, message: fault.message.replace(fault.field, flag) };
}
