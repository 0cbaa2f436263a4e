import { type Requester, UNKNOWN_REQUESTER } from '../../proto/requester.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import type { NodeScheduling } from '../../proto/schemas/status.js';
import type { NodeId } from '../../shared/ids.js';
import { err, type Fault, ok } from '../../shared/result.js';
import { capacityOf, isInUse } from '../state/admission.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState, LastingFields } from '../state/model.js';
import { deleteForCertain } from '../store/certain.js';
import { encodeNode, nodeKey } from '../store/node-codec.js';
import { type Stores, storeFault } from '../store/open-stores.js';
import type { RecordWriter } from '../store/record-writer.js';
import { type ChangeOutcome, runChange } from './change-outcome.js';
import type { ChangeQueue } from './change-queue.js';
import { notFound } from './faults.js';
import { requestedBy } from './ownership.js';
import { shortApproval } from './short-forms.js';

/** The buckets and the state that calls about nodes change. */
export interface NodeWriterOptions {
  readonly stores: Pick<Stores, 'desired'>;
  readonly records: RecordWriter;
  readonly queue: ChangeQueue;
  readonly state: () => ClusterState;
  /** Brings the nodes of `state` up to date; absent = they always are. */
  readonly upToDate?: () => Promise<unknown>;
  /** Resolves when the state has the event. */
  readonly apply: (event: StateEvent) => void | Promise<void>;
  readonly nowMs: () => number;
}

type CallOutcome<V extends keyof ServiceCalls> = Promise<
  ChangeOutcome<ServiceCalls[V]['response']>
>;

/**
 * Carries out the calls that change what is stored of a node. An answer without faults means that
 * the change is stored.
 */
export class NodeWriter {
  readonly #options: NodeWriterOptions;

  constructor(options: NodeWriterOptions) {
    this.#options = options;
  }

  /** Stores whether a node is open, cordoned or draining. */
  setScheduling(
    id: NodeId,
    scheduling: NodeScheduling,
    by: Requester = UNKNOWN_REQUESTER,
  ): CallOutcome<'node-set'> {
    return runChange(this.#options.queue, async (changes) => {
      const { state, records, apply, nowMs } = this.#options;
      const set = { kind: 'node-scheduling', node: id, scheduling, ...requestedBy(by) } as const;
      const stored = await records.write(nodeKey(id), {
        make: () => {
          const node = state().nodes.get(id);
          return node === undefined ? null : { node, value: encodeNode({ ...node, scheduling }) };
        },
        onStored: () => apply({ ...set, atMs: nowMs() }),
      });
      if (!stored.ok) return err([storeFault('nodes', stored.error)]);
      if (stored.value === null) return err(notFound('node', id, state().nodes.keys()));
      changes.push({ node: id, before: stored.value.node.scheduling, after: scheduling });
      return ok({ id, scheduling });
    });
  }

  /**
   * Stores that a node takes part, with the capacity and the key for secrets that it reports now,
   * if it does; else with those of its first report. A host that joined by a token has not reported
   * yet, whatever one of its name did before.
   */
  approve(id: NodeId, by: Requester = UNKNOWN_REQUESTER): CallOutcome<'node-approve'> {
    return runChange(this.#options.queue, async (changes) => {
      const { state, records, apply, nowMs } = this.#options;
      const hasJoined = by.kind === 'welcoming';
      const stored = await records.write(nodeKey(id), {
        make: () => {
          const node = state().nodes.get(id);
          const report = hasJoined ? null : (node?.report ?? null);
          const capacity = report === null ? null : capacityOf(report.host);
          const sealingKey = report?.sealingKey ?? null;
          const lasting = { ...(node ?? UNHEARD), isApproved: true, capacity, sealingKey };
          return { node, lasting, value: encodeNode(lasting) };
        },
        onStored: ({ lasting: { capacity, sealingKey } }) =>
          apply({ kind: 'node-approved', atMs: nowMs(), node: id, capacity, sealingKey }),
      });
      if (!stored.ok) return err([storeFault('nodes', stored.error)]);
      if (stored.value === null) return err(notFound('node', id, state().nodes.keys()));
      const { node, lasting } = stored.value;
      const before = node === undefined ? {} : { before: shortApproval(node) };
      const after = `${shortApproval(lasting)}${hasJoined ? ', by its join token' : ''}`;
      changes.push({ node: id, ...before, after });
      return ok({ id });
    });
  }

  /**
   * Stores that a node is not approved any more: its key was revoked, and the next host of its name
   * is another. Where registration is `approved` its jobs are started elsewhere, and its containers
   * run on until it is approved again. Where it is `open` the node is approved by its next report.
   */
  unapprove(id: NodeId): CallOutcome<'node-unapprove'> {
    return runChange(this.#options.queue, async (changes) => {
      const { state, records, apply, nowMs } = this.#options;
      const stored = await records.write(nodeKey(id), {
        make: () => {
          const node = state().nodes.get(id);
          if (node?.isApproved !== true) return null;
          const lasting: LastingFields = { ...node, isApproved: false, capacity: null };
          return { node, lasting, value: encodeNode(lasting) };
        },
        onStored: ({ lasting }) => apply({ kind: 'node-stored', atMs: nowMs(), node: id, lasting }),
      });
      if (!stored.ok) return err([storeFault('nodes', stored.error)]);
      if (stored.value !== null) {
        const { node, lasting } = stored.value;
        changes.push({ node: id, before: shortApproval(node), after: shortApproval(lasting) });
      } else if (!state().nodes.has(id)) return err(notFound('node', id));
      return ok({ id });
    });
  }

  /** Forgets a node. One that reports and has jobs is refused: they would be started twice. */
  remove(id: NodeId): CallOutcome<'node-remove'> {
    return runChange(this.#options.queue, async (changes) => {
      const { state, upToDate, stores, records, apply, nowMs } = this.#options;
      // It may have waited for its turn, and what runs on the node decides.
      await upToDate?.();
      const node = state().nodes.get(id);
      if (node === undefined) return err(notFound('node', id, state().nodes.keys()));
      if (isInUse(state(), node)) return err([inUse(id)]);
      return records.remove(nodeKey(id), async (deleted) => {
        if (!deleted.ok) return err([storeFault('nodes', deleted.error)]);
        // Its record is what lets it take part: without it the change is done, in part at least.
        changes.push({ node: id, before: shortApproval(node), after: 'removed' });
        const undesired = await deleteForCertain(stores.desired, id);
        if (!undesired.ok) return err([storeFault('desired', undesired.error)]);
        await apply({ kind: 'node-removed', atMs: nowMs(), node: id });
        return ok({ id });
      });
    });
  }
}

const UNHEARD: LastingFields = {
  scheduling: 'open',
  registration: null,
  isApproved: false,
  capacity: null,
  refusals: new Map(),
  sealingKey: null,
  auditedAct: 0,
};

const inUse = (id: NodeId): Fault => ({
  code: 'node.in-use',
  field: 'id',
  message:
    `node ${id} runs jobs: empty it with "dqoes node drain ${id}" and wait for the event ` +
    'node.drained, or stop its agent and wait until it is down',
});
