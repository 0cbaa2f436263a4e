import { cpus, release, totalmem } from 'node:os';

/** The machine that results were measured on. Field names are permanent. */
export interface MachineInfo {
  /** Model name of the CPU; `unknown` where the system has none. */
  readonly cpu: string;
  readonly cpuCores: number;
  readonly memoryBytes: number;
  /** Release of the kernel. */
  readonly kernel: string;
  /** Version of Node.js. */
  readonly node: string;
}

/** This machine. */
export const machineInfo = (): MachineInfo => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cpuCores: cpus().length,
  memoryBytes: totalmem(),
  kernel: release(),
  node: process.version,
});
