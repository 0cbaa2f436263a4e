import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Docker from 'dockerode';
import type { ContainerId } from '../../shared/ids.js';
import type { GpuHost } from '../containers/gpu.js';
import { type DockerCalls, UPDATE_DEADLINE_MS } from './docker-calls.js';

/** What the engine says of GPUs. */
export interface EngineGpuInfo {
  /** Empty or absent = the engine does not know CDI, or it is switched off. */
  readonly CDISpecDirs?: readonly string[] | null;
  readonly Runtimes?: Readonly<Record<string, unknown>> | null;
}

/**
 * By CDI where the engine knows it and a specification of NVIDIA's devices is there, else by the
 * nvidia runtime, else not at all.
 */
export function gpuHostOf(info: EngineGpuInfo, mpsPipeDirectory: string): GpuHost {
  if ((info.CDISpecDirs ?? []).some(hasNvidiaSpec))
    return { injectionMode: 'cdi', mpsPipeDirectory };
  return {
    injectionMode: Object.hasOwn(info.Runtimes ?? {}, 'nvidia') ? 'hook' : 'none',
    mpsPipeDirectory,
  };
}

function hasNvidiaSpec(folder: string): boolean {
  try {
    const files = readdirSync(folder).filter((name) => /\.(?:ya?ml|json)$/.test(name));
    return files.some((name) => /nvidia\.com\/gpu/.test(readFileSync(join(folder, name), 'utf8')));
  } catch {
    return false;
  }
}

/** The message in a container that was cut off (nvidia-container-toolkit#48). */
const CUT_OFF =
  /Failed to initialize NVML|No devices were found|Insufficient Permissions|Unknown Error/i;

/** The tool prints a line for each GPU; a container may bring another program of that name. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Runs `nvidia-smi -L` in the container: the toolkit brings it along. Never throws. */
export async function probeGpu(
  docker: Docker,
  calls: DockerCalls,
  id: ContainerId,
): Promise<'reached' | 'lost' | 'unknown'> {
  const probed = await calls.run(UPDATE_DEADLINE_MS, async (abortSignal) => {
    const container = docker.getContainer(id);
    const Cmd = ['nvidia-smi', '-L'];
    const execution = await container.exec({
      Cmd,
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
      abortSignal,
    });
    const stream = await execution.start({ Tty: true, abortSignal });
    const answer = await readAtMost(stream, MAX_ANSWER_BYTES);
    const { ExitCode } = await execution.inspect({ abortSignal });
    return { code: ExitCode, text: answer.toString('utf8').slice(0, 4096) };
  });
  if (!probed.ok) return 'unknown';
  const { code, text } = probed.value;
  if (code === 0) return 'reached';
  return CUT_OFF.test(text) ? 'lost' : 'unknown';
}

/** All of a stream. Rejects when there is more than `maxBytes`, and reads no further. */
async function readAtMost(stream: NodeJS.ReadableStream, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk as Buffer));
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`the answer is over ${maxBytes} bytes`);
  }
  return Buffer.concat(chunks);
}
