import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The sample image's program, from where its sources lie: it is plain JavaScript, which the
 * compiler neither checks nor copies.
 */
export const PROGRAM = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../../../../deploy/sample-image/program',
);

/** A module of the program, as what the test says it exports. */
export const programModule = async <Module>(file: string): Promise<Module> =>
  (await import(pathToFileURL(join(PROGRAM, file)).href)) as Module;

export interface Change {
  readonly atMs: number;
  readonly rateFactor: number | undefined;
  readonly batchFactor: number | undefined;
}

export interface Piece {
  readonly fromMs: number;
  readonly rate: number;
  readonly batch: number;
}

export interface Load {
  readonly rate: number;
  readonly batch: number;
}

export interface Changes {
  readChange(text: string): Change;
  piecesOf(start: Load, changes: readonly Change[], originMs: number): readonly Piece[];
  pieceAt(pieces: readonly Piece[], ms: number): Piece;
}

export interface Arrivals {
  poissonArrivals(pieces: readonly Piece[], random: () => number): Generator<number, never, void>;
}

export interface Chance {
  seededRandom(seed: number): () => number;
}
