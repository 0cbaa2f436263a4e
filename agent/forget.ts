import { resolve } from 'node:path';
import type { Clock } from '../shared/clock.js';
import { messageOf } from '../shared/errors.js';
import { err, ok, type Result } from '../shared/result.js';
import type { AgentConfig } from './config.js';
import { engineOf, engineStoreIn } from './wiring/engine.js';

/**
 * Takes the state folder of these settings out of the registry of its Engine: for who removes the
 * folder and the containers of its agent, whose next start is then not one after a lost journal.
 * Nothing is put back, and nothing happens where the folder is not registered. Call it only while
 * no agent uses the folder.
 *
 * Errors: `docker.unavailable`; `config.bad` where the records folder refuses.
 */
export async function forgetState(config: AgentConfig, clock: Clock): Promise<Result<void>> {
  const engine = await engineOf(config, clock);
  if (!engine.ok) return engine;
  const { 'records-dir': recordsDir, 'state-dir': stateDir } = config;
  try {
    await engineStoreIn(recordsDir, engine.value.engineId).registry.leave(resolve(stateDir));
    return ok(undefined);
  } catch (cause) {
    const message =
      `${stateDir} stays registered in ${recordsDir} (${messageOf(cause)}): check the folder ` +
      'and your rights';
    return err([{ code: 'config.bad', field: 'records-dir', message }]);
  } finally {
    engine.value.close();
  }
}
