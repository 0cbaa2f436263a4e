import { join } from 'node:path';
import { type AgentConfig, loadAgentConfig } from '../../agent/config.js';
import { type CoordinatorConfig, loadCoordinatorConfig } from '../../coordinator/config.js';
import type { PolicyName } from '../../proto/schemas/service.js';
import { err, ok, type Result } from '../../shared/result.js';

/** A configuration file, and settings by dotted key that override it. */
export interface PartConfig {
  readonly file?: string;
  readonly overrides?: Readonly<Record<string, string>>;
}

/** What `dqoes up`, the demo or the bench says of the settings of its parts. */
export interface StackConfig {
  readonly stateDir: string;
  readonly cluster: string;
  readonly policy?: PolicyName;
  readonly agents?: readonly PartConfig[];
  readonly coordinator?: PartConfig;
}

/** The settings of all parts. */
export interface StackConfigs {
  readonly agents: readonly AgentConfig[];
  readonly coordinator: CoordinatorConfig;
}

/** Reads all configurations before anything starts; returns all faults together. */
export function readConfigs(options: StackConfig): Result<StackConfigs> {
  const shared = { cluster: options.cluster };
  const policy = options.policy === undefined ? {} : { policy: options.policy };
  const agents = (options.agents ?? [{}]).map((agent, index) => {
    const stateDir = join(options.stateDir, index === 0 ? 'agent' : `agent-${index + 1}`);
    return loadAgentConfig({
      ...agent,
      overrides: { ...shared, 'state-dir': stateDir, ...agent.overrides },
    });
  });
  const coordinator = loadCoordinatorConfig({
    ...options.coordinator,
    overrides: { ...shared, ...policy, ...options.coordinator?.overrides },
  });
  const read = agents.flatMap((agent) => (agent.ok ? [agent.value] : []));
  if (read.length === agents.length && coordinator.ok)
    return ok({ agents: read, coordinator: coordinator.value });
  return err([...agents, coordinator].flatMap((each) => (each.ok ? [] : each.error)));
}
