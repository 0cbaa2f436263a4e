import { encodeAck } from '../../../proto/ack.js';
import type { Bus, Subscription } from '../../../proto/bus.js';
import { decodeCommand } from '../../../proto/command.js';
import type { Subjects } from '../../../proto/subjects.js';
import { encodeReport } from '../../../proto/telemetry.js';
import { compareVersions, type DesiredState, type StateVersion } from '../../../shared/command.js';
import type { ContainerReport } from '../../../shared/report.js';
import { container, latency, nodeId, report } from './build.js';

/**
 * An agent as the coordinator knows it: the real wire, and containers that start at once. Response
 * time is 100 ms ÷ limit.
 */
export class FakeAgent {
  readonly node: ReturnType<typeof nodeId>;
  readonly commands: DesiredState[] = [];
  /** Ignores commands while true. */
  isDeaf = false;
  holds: StateVersion = { incarnation: '', epoch: 0, revision: 0 };
  desired: DesiredState | undefined;
  /** Adopted containers and others that dqoes did not start. */
  others: ContainerReport[] = [];
  sequence = 0;
  readonly #bus: Bus;
  readonly #subjects: Subjects;
  readonly #subscription: Subscription;

  constructor(bus: Bus, subjects: Subjects, name: string) {
    this.node = nodeId(name);
    this.#bus = bus;
    this.#subjects = subjects;
    this.#subscription = bus.subscribe(subjects.command(this.node), ({ data }) => this.#obey(data));
  }

  stop(): void {
    this.#subscription.unsubscribe();
  }

  report(change: Parameters<typeof report>[1] = {}): void {
    this.sequence += 1;
    const own = (this.desired?.allocations ?? []).flatMap(({ id, job, spec, limit }) =>
      spec === undefined
        ? []
        : [
            container(id, {
              job,
              image: spec.image,
              applied: limit,
              observed: limit,
              latency: latency(100 / (limit.cpuCores ?? 1)),
            }),
          ],
    );
    const said = report(this.node, {
      sequence: this.sequence,
      holds: this.holds,
      containers: [...own, ...this.others],
      ...change,
    });
    this.#bus.publish(this.#subjects.telemetry(this.node), encodeReport(said));
  }

  #obey(data: Uint8Array): void {
    const decoded = decodeCommand(data);
    if (!decoded.ok) throw new Error(decoded.error.message);
    const asked = decoded.value;
    this.commands.push(asked);
    if (this.isDeaf) return;
    const order = compareVersions(asked, this.holds);
    if (order > 0) {
      this.desired = asked;
      this.holds = { incarnation: asked.incarnation, epoch: asked.epoch, revision: asked.revision };
    }
    const outcome = order > 0 ? 'applied' : order === 0 ? 'already' : 'stale';
    const { incarnation, epoch, revision } = asked;
    const ack = {
      node: this.node,
      bootId: 'boot-1',
      outcome,
      asked: { incarnation, epoch, revision },
      holds: this.holds,
      allocations: [],
      reason: '',
    } as const;
    this.#bus.publish(this.#subjects.ack(this.node), encodeAck(ack));
  }
}
