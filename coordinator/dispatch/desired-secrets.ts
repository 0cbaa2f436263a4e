import type { DesiredAllocation, SealedSecret } from '../../shared/command.js';
import type { SecretName } from '../../shared/ids.js';
import { secretsOf } from '../../shared/job.js';
import type { ClusterState, NodeRecord, SecretRecord } from '../state/model.js';
import type { SecretSealer } from '../state/secret-sealer.js';

/** Seals nothing: only what is current stays. */
export const NO_SEALER: SecretSealer = () => undefined;

/** Where the secrets of an allocation come from and go to. */
export interface SecretPlace {
  readonly state: Pick<ClusterState, 'secrets'>;
  readonly node: Pick<NodeRecord, 'id' | 'sealingKey'>;
}

/**
 * Whether the allocation holds the newest value of each secret that its job names, sealed to the
 * key of its node, and no other. Asked of all allocations in every pass.
 */
export function hasCurrentSecrets(allocation: DesiredAllocation, place: SecretPlace): boolean {
  const { spec, secrets = [] } = allocation;
  if (spec?.secretEnv === undefined) return secrets.length === 0;
  const wanted = wantedSecrets(spec, place);
  return (
    wanted.length === secrets.length &&
    wanted.every((secret, i) => isOf(secrets[i], secret, place.node))
  );
}

/**
 * The allocation with its secrets as they are now: what is current stays as it is, so that nothing
 * is written for it; what is not is sealed again to the key that the node was registered with; what
 * was removed is taken out.
 */
export function withSecrets(
  allocation: DesiredAllocation,
  place: SecretPlace,
  seal: SecretSealer,
): DesiredAllocation {
  if (hasCurrentSecrets(allocation, place)) return allocation;
  const { id, job, spec, secrets: held = [], ...rest } = allocation;
  const { node } = place;
  const next = (spec === undefined ? [] : wantedSecrets(spec, place)).flatMap(
    (secret): readonly SealedSecret[] => {
      const known = held.find((each) => isOf(each, secret, node));
      const key = node.sealingKey ?? '';
      const sealed = known ?? seal({ secret, node: node.id, key, job, allocation: id });
      return sealed === undefined ? [] : [sealed];
    },
  );
  const given = next.length === 0 ? {} : { secrets: next };
  return { id, job, ...(spec === undefined ? {} : { spec }), ...rest, ...given };
}

/** Nothing where the node has no key: its agent refuses to create the container without. */
function wantedSecrets(
  spec: NonNullable<DesiredAllocation['spec']>,
  { state, node }: SecretPlace,
): readonly SecretRecord[] {
  if (node.sealingKey === null) return [];
  return secretsOf(spec).flatMap((name: SecretName) => {
    const known = state.secrets.get(name);
    return known === undefined ? [] : [known];
  });
}

const isOf = (
  sealed: SealedSecret | undefined,
  { name, version }: SecretRecord,
  { sealingKey }: Pick<NodeRecord, 'sealingKey'>,
): boolean =>
  sealed !== undefined &&
  sealed.name === name &&
  sealed.version === version &&
  sealed.key === sealingKey;
