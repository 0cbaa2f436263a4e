import { createHash } from 'node:crypto';
import type { GpuId } from '../../../shared/gpu.js';
import type { FolderStore } from '../../ports/files.js';
import { seal, unseal } from '../sealed.js';

/** That an agent may have limited the power of a GPU, and what it had before any agent did. */
export interface GpuOriginal {
  readonly gpu: GpuId;
  readonly powerWatts: number;
  /** State folder of the agent. */
  readonly stateDir: string;
  /** Boot of the host: after another one no limit of an agent is left. */
  readonly boot: string;
}

/** Where the notes are, and whose are made. */
export interface GpuOriginalsOptions {
  /** Notes are made in the first; the others may hold some of earlier. */
  readonly places: readonly FolderStore[];
  readonly stateDir: string;
  readonly boot: string;
}

const KIND = 'dqoes-gpu-original 1';

/**
 * The power limits that GPUs had before any agent of this host touched them: one note for each
 * agent and GPU, seen by all agents, so that the limit of one is never the original of another.
 */
export class GpuOriginals {
  readonly #options: GpuOriginalsOptions;

  constructor(options: GpuOriginalsOptions) {
    this.#options = options;
  }

  /**
   * Notes that this agent is about to limit a GPU. Returns what it had before any agent did:
   * `foundWatts`, read before this call, where no agent has noted another. Durable before it
   * resolves; rejects when the disk refuses.
   */
  async note(gpu: GpuId, foundWatts: number): Promise<number> {
    const { places, stateDir, boot } = this.#options;
    const known = (await this.#all()).filter((each) => each.gpu === gpu && each.boot === boot);
    const first = known.find((each) => each.stateDir === stateDir) ?? known[0];
    const powerWatts = first?.powerWatts ?? foundWatts;
    await this.#write(places, { gpu, powerWatts, stateDir, boot });
    return powerWatts;
  }

  /** Whether this agent has a note of the GPU, of this boot. */
  async hasNote(gpu: GpuId): Promise<boolean> {
    const { stateDir, boot } = this.#options;
    const own = (each: GpuOriginal): boolean => each.stateDir === stateDir && each.boot === boot;
    return (await this.#all()).some((each) => each.gpu === gpu && own(each));
  }

  /** Notes what the journal of this agent knows already, whatever others noted. */
  async keep(gpu: GpuId, powerWatts: number): Promise<void> {
    const { places, stateDir, boot } = this.#options;
    await this.#write(places, { gpu, powerWatts, stateDir, boot });
  }

  /** The GPU has its own limit again, as far as this agent is concerned. */
  async forget(gpu: GpuId): Promise<void> {
    const { places, stateDir } = this.#options;
    for (const files of places) await files.remove(nameOf(gpu, stateDir));
  }

  async #write([files]: readonly FolderStore[], note: GpuOriginal): Promise<void> {
    await files?.writeDurable(nameOf(note.gpu, note.stateDir), seal(KIND, note));
  }

  /** A note that is torn says nothing. */
  async #all(): Promise<readonly GpuOriginal[]> {
    const notes: GpuOriginal[] = [];
    for (const files of this.#options.places)
      for (const name of await files.list()) {
        const text = await files.read(name);
        const note = text === null ? undefined : parseNote(text);
        if (note !== undefined) notes.push(note);
      }
    return notes;
  }
}

const nameOf = (gpu: GpuId, stateDir: string): string =>
  createHash('sha256')
    .update(JSON.stringify([gpu, stateDir]))
    .digest('hex');

function parseNote(text: string): GpuOriginal | undefined {
  const opened = unseal(KIND, text);
  const value = opened.ok ? (opened.value as Partial<GpuOriginal> | null) : null;
  const { gpu, powerWatts, stateDir, boot } = value ?? {};
  return [gpu, stateDir, boot].every((each) => typeof each === 'string') &&
    Number.isFinite(powerWatts)
    ? (value as GpuOriginal)
    : undefined;
}
