import { existsSync } from 'node:fs';
import type { Clock } from '../../shared/clock.js';
import type { GpuReport } from '../../shared/gpu.js';
import { type Log, silentLog } from '../../shared/log.js';
import { type AgentConfig, loadAgentConfig, toolEnvironment } from '../config.js';
import { connectDocker } from '../drivers/docker-engine.js';
import { createProcessOwner } from '../drivers/gpu/process-owner.js';
import { createGpuTools } from '../drivers/gpu/tools.js';
import { GpuJournal } from '../enforce/gpu/journal.js';
import { NodeGpus } from '../enforce/gpu/node-gpus.js';
import { restoreGpus, tellRestored } from '../enforce/gpu/restore.js';
import type { FileStore } from '../ports/files.js';
import type { GpuTool } from '../ports/gpu.js';

/** The tools that the agent's settings name. */
export const gpuToolsOf = (config: AgentConfig, clock: Clock): readonly GpuTool[] =>
  createGpuTools({
    clock,
    environment: toolEnvironment(),
    nvidiaSmi: config['gpu.nvidia-smi'],
    amdSmi: config['gpu.amd-smi'],
    helper: config['gpu.helper'],
    sudo: config['gpu.sudo'],
    mpsPipeDirectory: config['gpu.mps-pipe-directory'],
  });

/**
 * The GPUs of an agent. Nothing where there is no tool for them, so that such a host pays nothing;
 * nor where they are switched off: what an agent before this one has set is given back then, in the
 * background.
 */
export function nodeGpusOf(
  config: AgentConfig,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  journal: GpuJournal,
): { readonly gpus?: NodeGpus } {
  const isOff = !config['gpu.enable'];
  if (isOff && journal.ledger.entries.length === 0) return {};
  const tools = gpuToolsOf(config, clock);
  if (isOff) {
    const toolOf = (): GpuTool | undefined => tools.find(({ vendor }) => vendor === 'nvidia');
    void tellRestored(restoreGpus(journal, toolOf), log);
    return {};
  }
  if (tools.length === 0) return {};
  const gpus = new NodeGpus({
    tools,
    clock,
    log,
    journal,
    ownerOf: createProcessOwner(),
    intervalMs: config['gpu.interval'],
    minChangeMs: config['gpu.min-change'],
    bounds: config.policy.gpu,
    mayEnforce: config.control === 'enforce',
    mayShare: config.policy.gpuShare === 'allow',
  });
  return { gpus };
}

/** What an agent with these settings would find of GPUs on this host. */
export interface GpuSurvey {
  /** Tools that were found, by vendor. */
  readonly vendors: readonly string[];
  readonly gpus: readonly GpuReport[];
  /** One line for each tool that does not answer. */
  readonly troubles: readonly string[];
  /** How containers are given GPUs; null = the engine does not answer. */
  readonly injectionMode: 'cdi' | 'hook' | 'none' | null;
}

const SETTINGS_FILE = '/etc/dqoes/agent.yaml';
const SAMPLE_MS = 500;
const PATIENCE_MS = 12_000;

/** Looks once, without setting anything; takes at most 12 s. Never rejects. */
export async function surveyGpus(
  clock: Clock,
  {
    dockerSocket,
    settingsFile = SETTINGS_FILE,
  }: { readonly dockerSocket?: string; readonly settingsFile?: string },
): Promise<GpuSurvey> {
  const loaded = loadAgentConfig(existsSync(settingsFile) ? { file: settingsFile } : {});
  if (!loaded.ok) {
    const troubles = loaded.error.map(({ message }) => `${settingsFile}: ${message}`);
    return { vendors: ['nvidia'], gpus: [], troubles, injectionMode: null };
  }
  const config = loaded.value;
  const tools = gpuToolsOf(config, clock);
  const injectionMode =
    tools.length === 0 ? null : await injectionModeOf(config, clock, dockerSocket);
  return {
    vendors: tools.map(({ vendor }) => vendor),
    ...(await sample(tools, config, clock)),
    injectionMode: injectionMode,
  };
}

async function sample(tools: readonly GpuTool[], config: AgentConfig, clock: Clock) {
  if (tools.length === 0) return { gpus: [], troubles: [] };
  const gpus = new NodeGpus({
    tools,
    clock,
    log: silentLog,
    journal: await GpuJournal.open(NO_FILES),
    ownerOf: () => null,
    intervalMs: SAMPLE_MS,
    minChangeMs: config['gpu.min-change'],
    bounds: config.policy.gpu,
    mayEnforce: config.control === 'enforce',
    mayShare: config.policy.gpuShare === 'allow',
  });
  gpus.start();
  const isDone = (): boolean => {
    const seen = gpus.reports();
    const isTold =
      seen.length > 0 &&
      seen.every(({ ladder }) => !ladder.clock.reason.startsWith('not known yet'));
    return isTold || (gpus.warnings().length > 0 && seen.length === 0);
  };
  for (const from = clock.now(); !isDone() && clock.now() - from < PATIENCE_MS; )
    await clock.sleep(100);
  const found = { gpus: gpus.reports(), troubles: gpus.warnings() };
  await gpus.stop(false);
  const silent = found.gpus.length === 0 && found.troubles.length === 0;
  return silent ? { ...found, troubles: ['no tool reports a GPU'] } : found;
}

async function injectionModeOf(
  config: AgentConfig,
  clock: Clock,
  socketPath = config['docker.socket'],
) {
  const { defaultMemoryBytes, pidsLimit } = config.policy;
  const options = {
    socketPath,
    clock,
    defaultMemoryBytes,
    pidsLimit,
    labelPrefix: config['label-prefix'],
  };
  const engine = await connectDocker({ ...options, weightRule: config['cpu-weight'] });
  if (!engine.ok) return null;
  engine.value.close();
  return engine.value.gpuInjectionMode;
}

/** Looking sets nothing, so nothing is remembered. */
const NO_FILES: FileStore = {
  read: async () => null,
  writeDurable: async () => {
    throw new Error('looking sets nothing');
  },
  setAside: async (name) => name,
};
