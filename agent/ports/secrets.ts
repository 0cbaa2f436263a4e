import type { AllocationId, JobName, SecretName } from '../../shared/ids.js';
import type { Result } from '../../shared/result.js';

/** What a box has to be sealed for, beside this node and its cluster. */
export interface SealedFor {
  readonly secret: SecretName;
  readonly job: JobName;
  readonly allocation: AllocationId;
}

/** The key of this node, to which coordinators seal secrets. */
export interface NodeKey {
  /** As reports say it. */
  readonly publicKey: string;
  /** The value in a box. The error is a sentence that holds nothing of it. */
  open(box: string, sealedFor: SealedFor): Result<string, string>;
}
