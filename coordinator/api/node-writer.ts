import type { ServiceCalls } from '../../proto/schemas/service.js';
import type { NodeScheduling } from '../../proto/schemas/status.js';
import type { NodeId } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { capacityOf, isAdmitted } from '../state/admission.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState, NodeRecord } from '../state/model.js';
import { deleteForCertain, putForCertain } from '../store/certain.js';
import { encodeNode, type LastingFields, nodeKey } from '../store/node-codec.js';
import { type Stores, storeFault } from '../store/open-stores.js';
import { type ChangeOutcome, runChange } from './change-outcome.js';
import type { ChangeQueue } from './change-queue.js';
import { notFound } from './faults.js';
import { shortApproval } from './short-forms.js';

/** The buckets and the state that calls about nodes change. */
export interface NodeWriterOptions {
  readonly stores: Pick<Stores, 'nodes' | 'desired'>;
  readonly queue: ChangeQueue;
  readonly state: () => ClusterState;
  /** Resolves when the state has the event. */
  readonly apply: (event: StateEvent) => void | Promise<void>;
  readonly nowMs: () => number;
  /** Stops background writes of a node's record until the returned function is called. */
  readonly holdNode: (id: NodeId) => () => void;
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
  setScheduling(id: NodeId, scheduling: NodeScheduling): CallOutcome<'node-set'> {
    return runChange(this.#options.queue, async (changes) => {
      const { state, nowMs } = this.#options;
      const node = state().nodes.get(id);
      if (node === undefined) return err(notFound('node', id));
      const stored = await this.#store(id, { ...node, scheduling }, () => ({
        kind: 'node-scheduling',
        atMs: nowMs(),
        node: id,
        scheduling,
      }));
      if (!stored.ok) return stored;
      changes.push({ node: id, before: node.scheduling, after: scheduling });
      return ok({ id, scheduling });
    });
  }

  /**
   * Stores that a node takes part, with the capacity and the key for secrets that it reports now,
   * if it does; else with those of its first report.
   */
  approve(id: NodeId): CallOutcome<'node-approve'> {
    return runChange(this.#options.queue, async (changes) => {
      const { state, nowMs } = this.#options;
      const node = state().nodes.get(id);
      const capacity = node?.report == null ? null : capacityOf(node.report.host);
      const sealingKey = node?.report?.sealingKey ?? null;
      const lasting = { ...(node ?? UNHEARD), isApproved: true, capacity, sealingKey };
      const stored = await this.#store(id, lasting, () => ({
        kind: 'node-approved',
        atMs: nowMs(),
        node: id,
        capacity,
        sealingKey,
      }));
      if (!stored.ok) return stored;
      const before = node === undefined ? {} : { before: shortApproval(node) };
      changes.push({ node: id, ...before, after: shortApproval(lasting) });
      return ok({ id });
    });
  }

  /** Forgets a node. One that reports and has jobs is refused: they would be started twice. */
  remove(id: NodeId): CallOutcome<'node-remove'> {
    return runChange(this.#options.queue, async (changes) => {
      const { state, stores, apply, nowMs, holdNode } = this.#options;
      const node = state().nodes.get(id);
      if (node === undefined) return err(notFound('node', id));
      if (isInUse(state(), node)) return err([inUse(id)]);
      const release = holdNode(id);
      try {
        for (const [bucket, key] of [
          ['nodes', nodeKey(id)],
          ['desired', id],
        ] as const) {
          const deleted = await deleteForCertain(stores[bucket], key);
          if (!deleted.ok) return err([storeFault(bucket, deleted.error)]);
          // Its record is what lets it take part: without it the change is done, in part at least.
          if (bucket === 'nodes')
            changes.push({ node: id, before: shortApproval(node), after: 'removed' });
        }
        await apply({ kind: 'node-removed', atMs: nowMs(), node: id });
        return ok({ id });
      } finally {
        release();
      }
    });
  }

  // While the new value is stored the state still has the old one, which must not be written over.
  async #store(id: NodeId, lasting: LastingFields, event: () => StateEvent): Promise<Result<void>> {
    const { stores, apply, holdNode } = this.#options;
    const release = holdNode(id);
    try {
      const put = await putForCertain(stores.nodes, nodeKey(id), encodeNode(lasting));
      if (!put.ok) return err([storeFault('nodes', put.error)]);
      await apply(event());
      return ok(undefined);
    } finally {
      release();
    }
  }
}

const UNHEARD: LastingFields = {
  scheduling: 'open',
  registration: null,
  isApproved: false,
  capacity: null,
  refusals: new Map(),
  sealingKey: null,
};

const isInUse = (state: ClusterState, node: NodeRecord): boolean =>
  isAdmitted(state, node) &&
  node.liveness !== 'down' &&
  node.desired?.allocations.some(({ spec }) => spec !== undefined) === true;

const inUse = (id: NodeId): Fault => ({
  code: 'node.in-use',
  field: 'id',
  message:
    `node ${id} runs jobs: empty it with "dqoes node drain ${id}" and wait for the event ` +
    'node.drained, or stop its agent and wait until it is down',
});
