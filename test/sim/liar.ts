import type { Bus } from '../../proto/bus.js';
import { decodeCommand, encodeCommand } from '../../proto/command.js';
import { encodeReport } from '../../proto/telemetry.js';
import { decodeReport } from '../../proto/telemetry-reader.js';
import type { DesiredState } from '../../shared/command.js';
import type { Cluster } from './cluster.js';
import { FORGED } from './observer.js';

const KEPT = 200;

/**
 * Sends old, forged or changed messages on the bus, past their senders. Each method answers
 * whether there was anything to send.
 */
export class Liar {
  readonly #bus: Bus;
  readonly #commands: { readonly subject: string; readonly data: Uint8Array }[] = [];
  readonly #reports = new Map<string, Uint8Array>();
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#bus = cluster.nats.hub.connect();
    const { subjects } = cluster;
    this.#bus.subscribe(subjects.allCommands, ({ subject, data }) => {
      this.#commands.push({ subject, data });
      if (this.#commands.length > KEPT) this.#commands.shift();
    });
    this.#bus.subscribe(subjects.allTelemetry, ({ subject, data }) =>
      this.#reports.set(subject, data),
    );
  }

  repeat(): boolean {
    return this.#say(this.#cluster.world.pick(this.#commands));
  }

  forgeCommand(): boolean {
    const { world } = this.#cluster;
    const real = world.pick(this.#commands);
    const decoded = real === undefined ? undefined : decodeCommand(real.data);
    if (real === undefined || decoded?.ok !== true) return false;
    const { value } = decoded;
    const forged: DesiredState =
      world.random() < 0.5 ? { ...value, epoch: value.epoch + 5, allocations: [] } : doubled(value);
    return this.#say({ subject: real.subject, data: encodeCommand(forged) });
  }

  spoil(): boolean {
    const { world, subjects, hosts } = this.#cluster;
    const node = world.pick(hosts)?.node;
    if (node === undefined) return false;
    const whole =
      world.pick([...this.#commands.map(({ data }) => data), ...this.#reports.values()]) ??
      new Uint8Array(8);
    const data = Uint8Array.from(whole.subarray(0, 1 + Math.floor(world.random() * whole.length)));
    for (let n = 0; n < 3; n += 1)
      data[Math.floor(world.random() * data.length)] = Math.floor(world.random() * 256);
    const all = [
      subjects.command(node),
      subjects.telemetry(node),
      subjects.ack(node),
      subjects.service('job-submit'),
      subjects.logs(node),
    ];
    return this.#say({ subject: world.pick(all) ?? '', data });
  }

  forgeReport(): boolean {
    const { world } = this.#cluster;
    const [from, whose] = [world.pick([...this.#reports]), world.pick([...this.#reports])];
    const decoded = whose === undefined ? undefined : decodeReport(whose[1]);
    if (from === undefined || whose === undefined || from[0] === whose[0] || decoded?.ok !== true)
      return false;
    const { value } = decoded;
    if (this.#cluster.subjects.nodeOf(from[0]) === value.node) return false;
    const forged = {
      ...value,
      agentVersion: FORGED,
      sequence: value.sequence + 1000,
      containers: [],
    };
    return this.#say({ subject: from[0], data: encodeReport(forged) });
  }

  #say(message: { readonly subject: string; readonly data: Uint8Array } | undefined): boolean {
    if (message === undefined) return false;
    this.#bus.publish(message.subject, message.data);
    return true;
  }
}

const doubled = (state: DesiredState): DesiredState => ({
  ...state,
  revision: state.revision + 3,
  allocations: state.allocations.map((each) => ({
    ...each,
    limit: { ...each.limit, cpuCores: 1.8 },
  })),
});
