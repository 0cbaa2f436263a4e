import type { Requester } from '../../proto/requester.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import type { SecretName } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { MAX_SECRETS } from '../../shared/secret.js';
import type { Vault } from '../secrets/vault.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState, SecretRecord } from '../state/model.js';
import { jobsWith, secretVersionOf } from '../state/secrets.js';
import { deleteForCertain, putForCertain } from '../store/certain.js';
import { type Stores, storeFault } from '../store/open-stores.js';
import { encodeSecret, secretKey } from '../store/secret-codec.js';
import { type ChangeOutcome, runChange } from './change-outcome.js';
import type { ChangeQueue } from './change-queue.js';
import { notFound } from './faults.js';
import { newSecretFaults, ownerOf, secretOwnerFaults } from './ownership.js';

/** The bucket and the state that calls about secrets change. */
export interface SecretWriterOptions {
  readonly stores: Pick<Stores, 'nodes'>;
  readonly queue: ChangeQueue;
  /** Absent = this coordinator has no key for secrets. */
  readonly vault: Vault | undefined;
  readonly state: () => ClusterState;
  /** Resolves when the state has the event. */
  readonly apply: (event: StateEvent) => void | Promise<void>;
  readonly nowMs: () => number;
  /** ms since 1970. */
  readonly wallMs: () => number;
}

type SecretSetting = ServiceCalls['secret-set']['request'];
interface CheckedSecret {
  readonly known: SecretRecord | undefined;
  readonly setting: Pick<SecretRecord, 'box' | 'setAtMs' | 'owner' | 'isShared'>;
}
type CallOutcome<V extends keyof ServiceCalls> = Promise<
  ChangeOutcome<ServiceCalls[V]['response']>
>;

/**
 * Carries out the calls about secrets. No answer holds a value, nor can one be asked for. An answer
 * without faults means that the change is stored.
 */
export class SecretWriter {
  readonly #options: SecretWriterOptions;

  constructor(options: SecretWriterOptions) {
    this.#options = options;
  }

  /** The key to which a caller seals. */
  key(): Result<ServiceCalls['secret-key']['response']> {
    const { vault } = this.#options;
    return vault === undefined ? err([NO_KEY]) : ok(vault.key);
  }

  /**
   * Stores a secret as it was sealed, after it was seen to be one that can be given out. It belongs
   * to who set it first; `shared` absent = as it was, at first not.
   */
  set(asked: SecretSetting, by: Requester): CallOutcome<'secret-set'> {
    return runChange(this.#options.queue, async (changes) => {
      const { name, box } = asked;
      const { state, stores, apply, nowMs } = this.#options;
      const checked = this.#checked(asked, by);
      if (!checked.ok) return checked;
      const { known, setting } = checked.value;
      const value = encodeSecret(setting);
      const now = await stores.nodes.get(secretKey(name));
      if (!now.ok) return err([storeFault('nodes', now.error)]);
      // Compared, so that it changes nothing where it arrives after another leader has set it.
      const seen = now.value?.revision ?? 0;
      if (seen > 0 && seen < (known?.revision ?? 0)) return err([LOST]);
      const put = await putForCertain(stores.nodes, secretKey(name), value, seen);
      if (!put.ok) return err([storeFault('nodes', put.error)]);
      const before = known === undefined ? {} : { before: shortSecret(known) };
      changes.push({ secret: name, ...before, after: shortSecret(setting) });
      const version = secretVersionOf(box);
      const stored = { name, ...setting, version, revision: put.value, problem: '' };
      // Lower than before where the store has lost the secret.
      const goesBack = put.value < (known?.revision ?? 0) ? { areNewest: true as const } : {};
      await apply({ kind: 'secrets-stored', atMs: nowMs(), secrets: [stored], ...goesBack });
      const change = known === undefined ? 'created' : 'updated';
      return ok({ name, change, jobs: jobsWith(state(), name) });
    });
  }

  /** What is to be stored, and what is there now. */
  #checked({ name, box, shared }: SecretSetting, by: Requester): Result<CheckedSecret> {
    const { state, vault, wallMs } = this.#options;
    if (vault === undefined) return err([NO_KEY]);
    const trouble = vault.troubleOf(name, box);
    if (trouble !== undefined) return err([notTaken(name, trouble)]);
    const { secrets, jobs } = state();
    const known = secrets.get(name);
    if (known === undefined && secrets.size >= MAX_SECRETS) return err([FULL]);
    const isShared = shared ?? known?.isShared ?? false;
    const faults = [
      ...secretOwnerFaults(known, by),
      ...(known === undefined && !isShared ? newSecretFaults(name, jobs.values(), by) : []),
    ];
    if (faults.length > 0) return err(faults);
    const owner = known?.owner ?? ownerOf(by);
    const owned = owner === undefined ? {} : { owner };
    return ok({ known, setting: { box, setAtMs: wallMs(), isShared, ...owned } });
  }

  /** Forgets a secret: jobs that name it are not started any more, and what runs runs on. */
  remove(name: SecretName, by: Requester): CallOutcome<'secret-remove'> {
    return runChange(this.#options.queue, async (changes) => {
      const { state, stores, apply, nowMs } = this.#options;
      const known = state().secrets.get(name);
      if (known === undefined) return err(notFound('secret', name, state().secrets.keys()));
      const faults = secretOwnerFaults(known, by);
      if (faults.length > 0) return err(faults);
      const now = await stores.nodes.get(secretKey(name));
      if (!now.ok) return err([storeFault('nodes', now.error)]);
      const seen = now.value?.revision ?? 0;
      const deleted = await deleteForCertain(stores.nodes, secretKey(name), seen);
      if (!deleted.ok) return err([storeFault('nodes', deleted.error)]);
      changes.push({ secret: name, before: shortSecret(known), after: 'removed' });
      await apply({ kind: 'secret-removed', atMs: nowMs(), name });
      return ok({ name, jobs: jobsWith(state(), name) });
    });
  }
}

const shortSecret = ({ isShared }: Pick<SecretRecord, 'isShared'>): string =>
  isShared === true ? 'set, shared' : 'set';

/** Names, ages, owners and jobs; values are nowhere to be had. */
export const secretStatuses = (state: ClusterState): ServiceCalls['secret-list']['response'] => ({
  secrets: [...state.secrets.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, setAtMs, owner, isShared, problem }) => ({
      name,
      setAtMs,
      ...(owner === undefined ? {} : { owner }),
      ...(isShared === true ? { shared: true } : {}),
      jobs: jobsWith(state, name),
      ...(problem === '' ? {} : { problem }),
    })),
});

const NO_KEY: Fault = {
  code: 'secret.no-key',
  field: '',
  message:
    'this coordinator has no key for secrets: write secrets-key in its settings, the same on all ' +
    'coordinators, and make the file with "dqoes coordinator key --secrets --make"',
};

const notTaken = (name: SecretName, trouble: string): Fault => ({
  code: 'secret.unreadable',
  field: 'name',
  message: `secret ${name} ${trouble}`,
});

/** `SecretFollower` does it, and a value that is set beside it might be written over. */
const LOST: Fault = {
  code: 'store.silent',
  field: 'nodes',
  message:
    'the server of the bucket nodes has lost its last writes, and they are being stored again: ' +
    'ask again in half a minute',
};

const FULL: Fault = {
  code: 'service.full',
  field: 'secrets',
  message:
    `the cluster holds ${MAX_SECRETS} secrets, and no more: remove some that no job names ` +
    '(dqoes secret ls)',
};
