import type { SealedSecret } from '../../shared/command.js';
import type { SecretName } from '../../shared/ids.js';
import { KEY_TEXT } from '../../shared/key-text.js';
import { boxLengthOf, MAX_SECRET_BYTES } from '../../shared/secret.js';
import { object, safeId, text } from '../codec/words.js';

/** An X25519 public key: 32 bytes. */
export const sealingKey = text(43, { of: KEY_TEXT, words: 'a key of 43 characters' });

/** A sealed secret of any length that is allowed. */
export const box = text(boxLengthOf(MAX_SECRET_BYTES), {
  of: /^[A-Za-z0-9_-]+$/,
  words: 'a sealed secret of at most 16 KiB, in base64url',
});

export const sealedSecret = object<SealedSecret>({
  name: safeId<SecretName>(),
  version: text(16),
  key: sealingKey,
  box,
});
