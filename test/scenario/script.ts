import { POLICIES } from '../../coordinator/schedule/policies/index.js';
import { FAIRNESS } from '../../coordinator/schedule/types.js';
import type { QoeClass } from '../../shared/qoe.js';
import { formatDurationMs, parseDurationMs } from '../../shared/units.js';
import { ToyHost } from './toy-host.js';

/**
 * A scenario is a readable script: commands, a line `----`, and what they print. Commands: host CPU
 * | policy NAME | fairness RULE | stop NAME job NAME target=D work=S [overhead=D] [max=CORES]
 * [threads=CORES] [weight=W] [mode=ceiling] target NAME D | work NAME S | freeze NAME | thaw NAME |
 * run D | show | why NAME | unreachable `run` prints a line whenever limits change; `freeze` stops
 * a job's reports, so that the last one ages.
 */
export function playScript(commands: string): string {
  const player = new Player();
  const lines = commands.split('\n').flatMap((line) => {
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    return words[0] === '' || words[0] === undefined ? [] : player.do(words[0], words.slice(1));
  });
  return lines.join('\n');
}

class Player {
  #host = new ToyHost(2);
  readonly #reasons = new Map<string, string>();

  do(command: string, words: readonly string[]): readonly string[] {
    const [name = '', value = ''] = words;
    switch (command) {
      case 'host':
        this.#host = new ToyHost(Number(name));
        return [];
      case 'policy':
        this.#host.policy = oneOf(Object.keys(POLICIES) as (keyof typeof POLICIES)[], name);
        return [];
      case 'fairness':
        this.#host.fairness = oneOf(FAIRNESS, name);
        return [];
      case 'job':
        this.#addJob(
          name,
          new Map(words.slice(1).map((word) => word.split('=') as [string, string])),
        );
        return [];
      case 'stop':
        this.#host.remove(name);
        return [];
      case 'target':
        this.#host.retarget(name, ms(value));
        return [];
      case 'work':
        this.#host.change(name, { workSeconds: Number(value) });
        return [];
      case 'freeze':
      case 'thaw':
        this.#host.change(name, { isFrozen: command === 'freeze' });
        return [];
      case 'run':
        return this.#run(ms(name));
      case 'show':
        return this.#host.names.map((each) => this.#showJob(each));
      case 'why':
        return [`${name}: ${this.#reasons.get(`${name}-1`) ?? 'nothing was decided'}`];
      case 'unreachable':
        return this.#unreachable();
      default:
        throw new Error(`unknown command ${command}`);
    }
  }

  #addJob(name: string, given: ReadonlyMap<string, string>): void {
    this.#host.add(name, {
      targetMs: ms(given.get('target') ?? '1s'),
      mode: given.get('mode') === 'ceiling' ? 'ceiling' : 'band',
      workSeconds: Number(given.get('work') ?? '0.1'),
      overheadMs: given.has('overhead') ? ms(given.get('overhead') ?? '') : 0,
      maxCores: Number(given.get('max') ?? '64'),
      threads: Number(given.get('threads') ?? '64'),
      weight: Number(given.get('weight') ?? '1'),
    });
  }

  #unreachable(): readonly string[] {
    const { unreachable } = this.#host;
    return unreachable.length === 0
      ? ['  every target is within reach']
      : unreachable.map(({ job, reason }) => `  ${job}: ${reason}`);
  }

  #run(durationMs: number): readonly string[] {
    const lines: string[] = [];
    const end = this.#host.nowMs + durationMs;
    while (this.#host.nowMs < end) {
      const at = this.#host.nowMs;
      const decisions = this.#host.tick();
      for (const { allocation, reason } of decisions) this.#reasons.set(allocation, reason);
      if (decisions.length > 0) lines.push(this.#summary(at));
    }
    return lines.length > 0
      ? lines
      : [`${seconds(end - durationMs)} nothing changed for ${formatDurationMs(durationMs)}`];
  }

  #summary(atMs: number): string {
    const { names } = this.#host;
    const of = (wanted: QoeClass): string => {
      const found = names.filter((name) => this.#host.classOf(name) === wanted);
      return found.length === 0 ? '-' : found.join(' ');
    };
    const within = names.filter((name) => this.#host.classOf(name) === 'within').length;
    const limits = names.map((name) => this.#host.limitCores(name));
    const total = limits.every((cores) => cores === null)
      ? 'none'
      : limits.reduce<number>((sum, cores) => sum + (cores ?? 0), 0).toFixed(3);
    return (
      `${seconds(atMs)} at target ${within}/${names.length}  sum ${total}  faster ` +
      `${of('faster')}  slower ${of('slower')}`
    );
  }

  #showJob(name: string): string {
    const cores = this.#host.limitCores(name);
    const figures = [
      `target ${formatDurationMs(this.#host.targetMs(name))}`,
      `now ${formatDurationMs(this.#host.latencyMs(name))}`,
      `limit ${cores === null ? 'none' : cores.toFixed(3)}`,
      this.#host.classOf(name),
    ];
    return `  ${name}  ${figures.join('  ')}`;
  }
}

function oneOf<Name extends string>(names: readonly Name[], name: string): Name {
  const found = names.find((each) => each === name);
  if (found === undefined) throw new Error(`no ${name}: use ${names.join(', ')}`);
  return found;
}

const seconds = (atMs: number): string => `${String(atMs / 1000).padStart(4)}s`;

function ms(text: string): number {
  const parsed = parseDurationMs(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}
