import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Clock } from '../../../shared/clock.js';
import type { GpuTool } from '../../ports/gpu.js';
import { AmdSmi } from './amd-smi.js';
import type { ToolEnvironment } from './child.js';
import { NvidiaSmi, type NvidiaSmiOptions } from './nvidia-smi.js';

/** Names of the tools, and how they are run. */
export interface ToolsOptions {
  readonly clock: Clock;
  readonly environment: ToolEnvironment;
  readonly nvidiaSmi: string;
  readonly amdSmi: string;
  /** '' = none. */
  readonly helper: string;
  readonly sudo: string;
  readonly mpsPipeDirectory: string;
}

/** The GPU tools of this host; none = it has no GPU that can be asked. */
export function createGpuTools(options: ToolsOptions): readonly GpuTool[] {
  const { clock, environment, mpsPipeDirectory } = options;
  const tools: GpuTool[] = [];
  const nvidia = found(options.nvidiaSmi, environment);
  const hasMps = (): boolean => existsSync(join(mpsPipeDirectory, 'control'));
  if (nvidia !== null)
    tools.push(
      new NvidiaSmi({ clock, environment, file: nvidia, setter: setterOf(options), hasMps }),
    );
  const amd = found(options.amdSmi, environment);
  if (amd !== null) tools.push(new AmdSmi({ clock, environment, file: amd }));
  return tools;
}

/**
 * Settings are made by the helper where one is named, else by nvidia-smi where the agent is root,
 * else not at all.
 */
function setterOf({ helper, sudo, environment }: ToolsOptions): NvidiaSmiOptions['setter'] {
  if (helper !== '') return { sudo: found(sudo, environment) ?? sudo, helper };
  return process.getuid?.() === 0 ? 'direct' : 'none';
}

function found(file: string, { PATH = '' }: ToolEnvironment): string | null {
  const paths = isAbsolute(file)
    ? [file]
    : PATH.split(delimiter).map((folder) => join(folder, file));
  return paths.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
