import type { Clock } from '../../shared/clock.js';
import type { NodeId } from '../../shared/ids.js';
import type { HostAct, NodeReport } from '../../shared/report.js';
import type { AuditTrail } from './audit-trail.js';
import { RefusalMeter } from './refusal-meter.js';

/** What is known of a host's acts, and where their lines go. */
export interface HostActsOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Pick<AuditTrail, 'hostActed'>;
  /** Number of the newest act of the node with a line; undefined = the node takes no part. */
  readonly auditedOf: (node: NodeId) => number | undefined;
  /** The act has a line now; resolves when `auditedOf` says so. */
  readonly onAudited: (node: NodeId, number: number) => Promise<void>;
}

/**
 * Writes one line of the audit for each act on a host that a report says, in the order of the acts,
 * however often it is said. What has a line is remembered once the stream has that line, so a
 * leader that dies in between writes it once more under the same id, which the stream drops. As
 * many acts of one host get a line as refusals of one caller; the others wait, since each is said
 * again.
 */
export class HostActs {
  readonly #options: HostActsOptions;
  readonly #meter = new RefusalMeter();
  /** Numbers of acts whose lines the stream does not have yet. */
  readonly #asked = new Map<NodeId, number>();

  constructor(options: HostActsOptions) {
    this.#options = options;
  }

  /** Looks at the act of a report that counts, if it says one. */
  hear({ node, act }: Pick<NodeReport, 'node' | 'act'>): void {
    const audited = act === undefined ? undefined : this.#options.auditedOf(node);
    if (act === undefined || audited === undefined) return;
    const last = Math.max(audited, this.#asked.get(node) ?? 0);
    // The acts between would have no line for ever.
    if (act.number <= last || act.after > last) return;
    if (this.#meter.admitsOrLater(node, this.#options.clock.now())) this.#write(node, act);
  }

  #write(node: NodeId, act: HostAct): void {
    const { audit, onAudited } = this.#options;
    this.#asked.set(node, act.number);
    audit.hostActed(node, act, () => {
      void onAudited(node, act.number).then(() => {
        if (this.#asked.get(node) === act.number) this.#asked.delete(node);
      });
    });
  }
}
