import { formatBytes } from '../../shared/units.js';

/** Layers of which an image can consist, and more; what says more is no pull of one image. */
const MAX_LAYERS = 1000;
const MAX_BYTES = 2 ** 50;

interface Layer {
  readonly doneBytes: number;
  /** null = the engine has not said it yet. */
  readonly totalBytes: number | null;
  readonly isDone: boolean;
}

/**
 * How far the pull of an image is, by the progress lines of the Docker Engine: bytes downloaded of
 * those that it has named so far, and layers that are done. Lines that it does not know are passed
 * over.
 */
export class PullTally {
  readonly #layers = new Map<string, Layer>();

  /** Takes a progress line, parsed. */
  take(line: unknown): void {
    const { id, status, progressDetail } = (line ?? {}) as Partial<Record<string, unknown>>;
    if (typeof id !== 'string' || typeof status !== 'string' || !/^[0-9a-f]{12}$/.test(id)) return;
    if (!this.#layers.has(id) && this.#layers.size >= MAX_LAYERS) return;
    const before = this.#layers.get(id) ?? { doneBytes: 0, totalBytes: null, isDone: false };
    this.#layers.set(id, layerAfter(before, status, progressDetail));
  }

  /** `12.3MiB of 40.1MiB, 2 of 7 layers`; '' = the engine has named no layer yet. */
  get text(): string {
    const layers = [...this.#layers.values()];
    if (layers.length === 0) return '';
    const done = layers.reduce((sum, { doneBytes }) => sum + doneBytes, 0);
    const total = layers.reduce((sum, { totalBytes }) => sum + (totalBytes ?? 0), 0);
    const isKnown = layers.every(({ totalBytes, isDone }) => isDone || totalBytes !== null);
    const counted = `${layers.filter(({ isDone }) => isDone).length} of ${layers.length} layers`;
    if (total === 0) return counted;
    return `${formatBytes(done)} of ${isKnown ? '' : 'at least '}${formatBytes(total)}, ${counted}`;
  }
}

function layerAfter(before: Layer, status: string, detail: unknown): Layer {
  const { current, total } = (detail ?? {}) as Partial<Record<string, unknown>>;
  if (status === 'Downloading') {
    const totalBytes = isBytes(total) ? total : before.totalBytes;
    const doneBytes = isBytes(current) ? current : before.doneBytes;
    return { ...before, totalBytes, doneBytes: Math.min(doneBytes, totalBytes ?? doneBytes) };
  }
  const isDownloaded = status === 'Download complete' || status === 'Extracting';
  const isDone = status === 'Pull complete' || status === 'Already exists';
  if (!isDownloaded && !isDone) return before;
  return { ...before, doneBytes: before.totalBytes ?? before.doneBytes, isDone };
}

const isBytes = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= MAX_BYTES;
