import { join } from 'node:path';

/**
 * Where a `dqoes up` writes the public key of its coordinator: commands of the same user know by it
 * that they talk to it, and not to who has taken its port.
 */
export const publicKeyPath = (stateDir: string): string => join(stateDir, 'coordinator-key.pub');
