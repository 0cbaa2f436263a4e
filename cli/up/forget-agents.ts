import { forgetState } from '../../agent/forget.js';
import type { Clock } from '../../shared/clock.js';
import { ok, type Result } from '../../shared/result.js';
import { readConfigs, type StackConfig } from './configs.js';

/**
 * Takes the agents of a stack out of the registry of their Engine: for who removes the state folder
 * and the containers of one that ended without a clean end. Nothing is put back. Errors: those of
 * the settings, `docker.unavailable`, `config.bad`.
 */
export async function forgetAgents(options: StackConfig, clock: Clock): Promise<Result<void>> {
  const configs = readConfigs(options);
  if (!configs.ok) return configs;
  for (const agent of configs.value.agents) {
    const forgotten = await forgetState(agent, clock);
    if (!forgotten.ok) return forgotten;
  }
  return ok(undefined);
}
