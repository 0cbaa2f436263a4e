import type { SealedSecret } from '../../shared/command.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { SecretRecord } from './model.js';

/** A secret, and the allocation that it is for. */
export interface SealRequest {
  readonly secret: SecretRecord;
  readonly node: NodeId;
  /** Of the node. */
  readonly key: string;
  readonly job: JobName;
  readonly allocation: AllocationId;
}

/** Seals a secret again, for one allocation on one node; undefined = it cannot be done. */
export type SecretSealer = (request: SealRequest) => SealedSecret | undefined;
