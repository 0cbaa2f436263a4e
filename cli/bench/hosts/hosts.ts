import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ScenarioNode } from '../../../lab/types.js';
import { messageOf } from '../../../shared/errors.js';
import { err, type Fault, ok, type Result } from '../../../shared/result.js';
import { HostEngine } from './engine.js';
import { type HostPlace, removeHost } from './leftovers.js';
import { sh } from './shell.js';

/** One host of a run: a Docker Engine with a CPU quota. */
export interface BenchHost {
  /** Id of the scenario's node. */
  readonly node: string;
  readonly cores: number;
  /** Socket of its Docker Engine. */
  readonly socket: string;
}

/** Prefix of namespaces and cgroups. Only one bench runs at a time, so names cannot collide. */
const NAME = 'dqbench';
const placeOf = (folder: string, name: string): HostPlace => ({
  namespace: `${NAME}-${name}`,
  folder: join(folder, name),
});

/**
 * Small hosts cut from this machine, each with a network namespace, a Docker Engine and a cgroup
 * with a CPU quota.
 */
export class BenchHosts {
  /** Resolves with a sentence when an engine ends by itself. */
  readonly died: Promise<string>;
  readonly #engines: readonly HostEngine[];

  private constructor(engines: readonly HostEngine[]) {
    this.#engines = engines;
    this.died = Promise.race(engines.map(({ died }) => died));
  }

  /**
   * Starts `count` hosts one after the other, in folders below `folder`, with the image. After a
   * fault or `signal`, those already started are stopped again.
   */
  static async start(
    count: number,
    {
      folder,
      image,
      signal,
    }: { readonly folder: string; readonly image: string; readonly signal: AbortSignal },
  ): Promise<Result<BenchHosts>> {
    const engines: HostEngine[] = [];
    try {
      for (let index = 1; index <= count && !signal.aborted; index += 1)
        engines.push(await startEngine(placeOf(folder, `h${index}`), image));
      if (!signal.aborted) return ok(new BenchHosts(engines));
    } catch (cause) {
      await stopAll(engines);
      return err([hostsFault(`A host could not be started on this machine: ${messageOf(cause)}`)]);
    }
    await stopAll(engines);
    return err([hostsFault('The bench was stopped.')]);
  }

  /**
   * The hosts as nodes of a scenario, each limited to the CPU of its node. Throws when there are
   * more nodes than hosts.
   */
  as(nodes: readonly ScenarioNode[]): readonly BenchHost[] {
    return nodes.map(({ id, cpuCores }, index) => {
      const engine = this.#engines[index];
      if (engine === undefined)
        throw new RangeError(`${nodes.length} nodes on ${this.#engines.length} hosts`);
      engine.limitTo(cpuCores);
      return { node: id, cores: cpuCores, socket: engine.socket };
    });
  }

  /** Ends all hosts with their containers; nothing is left. */
  stop(): Promise<void> {
    return stopAll(this.#engines);
  }
}

/** What fails leaves nothing behind: an engine removes its namespace only once it exists. */
async function startEngine(place: HostPlace, image: string): Promise<HostEngine> {
  await removeHost(place);
  try {
    sh('ip', 'netns', 'add', place.namespace);
    sh('ip', '-n', place.namespace, 'link', 'set', 'lo', 'up');
    return await HostEngine.start(place.namespace, [image], place.folder);
  } catch (cause) {
    await removeHost(place);
    throw cause;
  }
}

async function stopAll(engines: readonly HostEngine[]): Promise<void> {
  await Promise.all(engines.map((engine) => engine.stop()));
}

/** Ends and removes the hosts that a killed bench left below `folder`. */
export async function removeLeftHosts(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  await Promise.all(readdirSync(folder).map((name) => removeHost(placeOf(folder, name))));
}

/** The fault of a machine that cannot run several hosts: what is missing; undefined = nothing. */
export function missingForHosts(
  which: (program: string) => string | undefined,
  isRoot: boolean,
): Fault | undefined {
  const programs = ['dockerd', 'docker', 'ip', 'nsenter', 'setpriv'];
  const missing = [
    ...(isRoot ? [] : ['root rights']),
    ...programs.filter((name) => which(name) === undefined),
  ];
  if (missing.length === 0) return undefined;
  return hostsFault(
    'Several hosts on this machine need root, dockerd and docker (docker.io), ip ' +
      '(iproute2), nsenter and setpriv (util-linux), and there is no ' +
      `${missing.join(', no ')}: install what is missing, or run the scenario with dqoes lab ` +
      'sim.',
  );
}

const hostsFault = (message: string): Fault => ({
  code: 'service.unavailable',
  field: 'hosts',
  message,
});
