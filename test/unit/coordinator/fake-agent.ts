import { encodeAck } from '../../../proto/ack.js';
import type { Bus, Subscription } from '../../../proto/bus.js';
import { decodeCommand, LEAVE_HEADER } from '../../../proto/command.js';
import type { Subjects } from '../../../proto/subjects.js';
import { BOOT_HEADER, encodeReport } from '../../../proto/telemetry.js';
import {
  type AllocationAck,
  compareVersions,
  type DesiredState,
  type StateVersion,
} from '../../../shared/command.js';
import { type JobSpec, secretsOf } from '../../../shared/job.js';
import type { BootOrder, ContainerReport } from '../../../shared/report.js';
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
  /** Start of the agent. */
  bootId = 'boot-1';
  boot: BootOrder | undefined;
  labels: Readonly<Record<string, string>> = {};
  /** Its public key for secrets; undefined = it has none. */
  sealingKey: string | undefined;
  /** Sends no reports while true. */
  isPaused = false;
  /** What the rules of the host say against a job; undefined = it may run there. */
  rules: (spec: JobSpec) => string | undefined = () => undefined;
  /** Why it does nothing of what is asked; '' = it does. */
  hindrance = '';
  /** What it says that containers were made from; absent = it does not say. */
  specHashes: Readonly<Record<string, string>> | undefined;
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
    this.#subscription = bus.subscribe(subjects.command(this.node), ({ data, headers }) => {
      if (headers[LEAVE_HEADER] === undefined) this.#obey(data);
    });
  }

  /** Obeys nothing any more. */
  isStopped = false;

  stop(): void {
    this.isStopped = true;
    this.#subscription.unsubscribe();
  }

  report(change: Parameters<typeof report>[1] = {}): void {
    this.sequence += 1;
    const own = (this.desired?.allocations ?? []).flatMap(({ id, job, spec, limit, secrets }) =>
      spec === undefined ||
      this.rules(spec) !== undefined ||
      secretsOf(spec).length > (secrets?.length ?? 0)
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
      bootId: this.bootId,
      ...(this.boot === undefined ? {} : { boot: this.boot }),
      ...(this.sealingKey === undefined ? {} : { sealingKey: this.sealingKey }),
      ...(this.specHashes === undefined ? {} : { specHashes: this.specHashes }),
      labels: this.labels,
      holds: this.holds,
      containers: [...own, ...this.others],
      ...change,
    });
    const headers = { [BOOT_HEADER]: said.bootId };
    this.#bus.publish(this.#subjects.telemetry(this.node), encodeReport(said), headers);
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
    const allocations = asked.allocations.flatMap(({ id, spec }): AllocationAck[] => {
      const reason = spec === undefined ? undefined : this.rules(spec);
      if (reason !== undefined) return [{ id, ok: false, reason, refused: true }];
      return this.hindrance === '' ? [] : [{ id, ok: false, reason: this.hindrance }];
    });
    const done = allocations.length > 0 ? 'partial' : 'applied';
    const outcome = order > 0 ? done : order === 0 ? 'already' : 'stale';
    const { incarnation, epoch, revision } = asked;
    const ack = {
      node: this.node,
      bootId: this.bootId,
      outcome,
      asked: { incarnation, epoch, revision },
      holds: this.holds,
      allocations,
      reason: '',
    } as const;
    const headers = { [BOOT_HEADER]: this.bootId };
    this.#bus.publish(this.#subjects.ack(this.node), encodeAck(ack), headers);
  }
}
