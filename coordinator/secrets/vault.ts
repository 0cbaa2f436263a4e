import type { KeyObject } from 'node:crypto';
import { open, publicTextOf, seal } from '../../proto/sealing/sealed-box.js';
import { type KeySignature, signKey } from '../../proto/sealing/signed-key.js';
import type { SecretName } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import { err, ok, type Result } from '../../shared/result.js';
import { MAX_SECRET_BYTES, secretTrouble } from '../../shared/secret.js';
import type { SecretSealer } from '../state/secret-sealer.js';

/** The keys of the coordinators of one cluster. */
export interface VaultKeys {
  readonly cluster: string;
  /** X25519, the same on all coordinators. */
  readonly secretsKey: KeyObject;
  /** Ed25519: signs the public half of the other; absent = it is not signed. */
  readonly signingKey?: KeyObject;
}

/** The public half of the key for secrets, as callers get it. */
export interface VaultKey {
  readonly key: string;
  readonly signed?: KeySignature;
}

/** Secrets that could not be sealed for a node and are logged, each once. */
const MAX_LOGGED = 1000;

/**
 * Opens what is sealed to the coordinators and seals it again for nodes. What was opened lives in
 * memory as long as the call, and goes nowhere but into the next box.
 */
export class Vault {
  readonly key: VaultKey;
  readonly #keys: VaultKeys;
  readonly #log: Log;
  readonly #logged = new Set<string>();

  constructor(keys: VaultKeys, log: Log) {
    const key = publicTextOf(keys.secretsKey);
    const { cluster, signingKey } = keys;
    this.#keys = keys;
    this.#log = log;
    this.key =
      signingKey === undefined ? { key } : { key, signed: signKey(key, cluster, signingKey) };
  }

  /** Why what is stored cannot be given out, or may not be stored; undefined = it may. */
  readonly troubleOf = (secret: SecretName, box: string): string | undefined => {
    const opened = this.#open(secret, box);
    if (!opened.ok) return opened.error;
    if (opened.value.length > MAX_SECRET_BYTES)
      return `has ${opened.value.length} bytes, and ${MAX_SECRET_BYTES} at most are possible`;
    const text = textOf(opened.value);
    if (text === undefined) return 'is not UTF-8, as an environment variable has to be: encode it';
    return secretTrouble(text);
  };

  /** Seals for nodes; what fails is logged once. */
  readonly sealFor: SecretSealer = ({ secret: { name, box, version }, key, ...place }) => {
    const opened = this.#open(name, box);
    const context = { cluster: this.#keys.cluster, secret: name, place };
    const sealed = opened.ok ? seal(opened.value, key, context) : opened;
    if (sealed.ok) return { name, version, key, box: sealed.value };
    const { node } = place;
    const seen = `${name} ${version} ${node} ${key}`;
    if (!this.#logged.has(seen) && this.#logged.size < MAX_LOGGED) {
      this.#logged.add(seen);
      const reason = sealed.error;
      this.#log.error('secrets: one could not be sealed', { secret: name, node, reason });
    }
    return undefined;
  };

  #open(secret: SecretName, box: string): Result<Uint8Array, string> {
    const { cluster, secretsKey } = this.#keys;
    const opened = open(box, secretsKey, { cluster, secret });
    if (opened.ok) return ok(opened.value);
    return err(`cannot be opened with the secrets-key of this coordinator (${opened.error})`);
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
