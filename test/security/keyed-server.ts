import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dqoes } from '../e2e/cli-program.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';

/**
 * A NATS server with the configuration and the keys that `dqoes auth init` makes in the folder's
 * `keys`, which later commands of `dqoes auth` tell of new ones.
 */
export async function startKeyedServer(
  folder: string,
): Promise<{ readonly nats: TestNatsServer; readonly keys: string }> {
  const keys = join(folder, 'keys');
  const pidFile = join(folder, 'nats.pid');
  const made = await dqoes(['auth', 'init', '--dir', keys, '--nats-pid', pidFile]);
  assert.equal(made.code, 0, made.err);
  const configFile = join(folder, 'nats.conf');
  await writeFile(
    configFile,
    `pid_file: "${pidFile}"\njetstream { store_dir: "${folder}/js" }\n` +
      'include "keys/server/nats.conf"\n',
  );
  return { nats: await startNatsServer({ configFile }), keys };
}
