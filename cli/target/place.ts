import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { type CliConfig, DEFAULT_CLUSTER } from '../config.js';
import { type Context, contextLabel } from '../contexts/context.js';
import { findContext, natsSelected, SELECTED_BY, selectedName } from '../contexts/contexts.js';
import { DEFAULT_NATS_PORT, plainAddress } from '../nats-address.js';
import { type RunningStack, runningStacks } from '../up/running-stacks.js';
import { clusterOf, givenPlace, type Place } from './given-place.js';

/** What of the command line chooses a place. */
export interface PlaceFlags {
  readonly nats?: string;
  readonly cluster?: string;
  readonly context?: string;
}

/** Chooses the place; the order is that of `natsTarget`. */
export function placeOf(config: CliConfig, flags: PlaceFlags): Result<Place> {
  const asked = flags.cluster ?? config.cluster;
  const named = clusterOf(config, flags.cluster);
  if (!named.ok) return named;
  const cluster = named.value;
  if (flags.nats !== undefined && flags.context !== undefined) return err([TWO_PLACES]);
  if (flags.nats !== undefined) return givenPlace(flags.nats, cluster, '--nats');
  if (flags.context === undefined && config.natsUrl !== undefined)
    return givenPlace(config.natsUrl, cluster, 'DQOES_NATS_URL');
  const context = chosenContext(config, flags.context);
  if (!context.ok) return context;
  if (context.value !== undefined) return ok(contextPlace(config, flags, context.value));
  const running = runningStacks(config.runtimeDirs);
  const [up, ...others] = running.filter((each) => (asked ?? each.cluster) === each.cluster);
  if (up === undefined) return usualPlace(cluster, running);
  if (others.length > 0) return err([severalRun([up, ...others])]);
  const from = 'the dqoes up that runs on this machine';
  return ok({ url: up.url, cluster: up.cluster, from, isGuess: true });
}

const TWO_PLACES: Fault = {
  code: 'cli.usage',
  field: 'context',
  message: '--context and --nats both say where the cluster is: give one of the two.',
};

/** By name, else the selected one of ours, else that of the `nats` program; undefined = none. */
export function chosenContext(
  config: CliConfig,
  named: string | undefined,
): Result<Context | undefined> {
  if (named !== undefined) return findContext(config, named, '--context');
  if (config.context !== undefined) return findContext(config, config.context, 'DQOES_CONTEXT');
  const selected = selectedName(config);
  if (!selected.ok) return selected;
  return selected.value === undefined
    ? natsSelected(config)
    : findContext(config, selected.value, SELECTED_BY);
}

function contextPlace(config: CliConfig, flags: PlaceFlags, context: Context): Place {
  const isNamed = flags.context !== undefined;
  const [first, second] = isNamed
    ? [context.cluster, config.cluster]
    : [config.cluster, context.cluster];
  return {
    url: context.url ?? DEFAULT_URL,
    cluster: flags.cluster ?? first ?? second ?? DEFAULT_CLUSTER,
    from: contextLabel(context),
    context,
    ...(isNamed ? { isNamed } : {}),
    ...(context.url === undefined ? { isGuess: true } : {}),
  };
}

/** Where nothing says where the cluster is: a server of its own may listen at the usual address. */
function usualPlace(cluster: string, running: readonly RunningStack[]): Result<Place> {
  const place = { url: DEFAULT_URL, cluster, from: 'the default', isGuess: true };
  if (running.length === 0) return ok(place);
  const hint =
    `No cluster ${cluster} runs on this machine, but ` +
    `${running.map((up) => `${up.cluster} (--cluster ${up.cluster}, ${up.url})`).join(', ')}; ` +
    'for a cluster elsewhere give --nats URL';
  const isTaken = running.some(({ url }) => plainAddress(url) === plainAddress(DEFAULT_URL));
  return isTaken
    ? err([{ code: 'service.unavailable', field: 'cluster', message: `${hint}.` }])
    : ok({ ...place, hint });
}

/** Address of NATS where nothing else is said. */
export const DEFAULT_URL = `nats://127.0.0.1:${DEFAULT_NATS_PORT}`;

const severalRun = (ups: readonly RunningStack[]): Fault => ({
  code: 'cli.usage',
  field: 'nats',
  message:
    `${ups.length} instances of dqoes up run on this machine: choose one with ` +
    `${ups.map(({ url, cluster }) => `--nats ${url} --cluster ${cluster}`).join(' or ')}`,
});
