import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FakeGpu, type FakeState, fakeGpu, readState, writeState } from './state.js';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Fake `nvidia-smi` and `amd-smi` as executables in a folder of their own, with state that tests
 * change while they run.
 */
export class FakeTools {
  readonly folder = mkdtempSync(join(tmpdir(), 'dqoes-gpu-'));
  readonly nvidiaSmi: string;
  readonly amdSmi: string;

  constructor(gpus: readonly FakeGpu[] = [fakeGpu(0)]) {
    this.nvidiaSmi = this.#executable('nvidia-smi');
    this.amdSmi = this.#executable('amd-smi');
    writeState(this.folder, { gpus: [...gpus], processes: [], faults: {} });
  }

  get state(): FakeState {
    return readState(this.folder);
  }

  gpu(index = 0): FakeGpu {
    const found = this.state.gpus[index];
    if (found === undefined) throw new Error(`nobody planned GPU ${index}`);
    return found;
  }

  change(edit: (state: FakeState) => void): void {
    const { state } = this;
    edit(state);
    writeState(this.folder, state);
  }

  /** Arguments of every call so far. */
  get calls(): readonly (readonly string[])[] {
    const path = join(this.folder, 'calls.log');
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as string[]]));
  }

  /** Folder of MPS pipes as if its server ran. */
  withMps(): string {
    const folder = join(this.folder, 'mps');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'control'), '');
    return folder;
  }

  /** Lets hanging tools go, so that none outlives the test. */
  close(): void {
    this.change((state) => {
      state.faults = {};
    });
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A shell script beside the tools; returns its path. */
  program(name: string, lines: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, `#!/bin/sh\n${lines}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  #executable(name: string): string {
    const program = join(here, `${name}-main.js`);
    return this.program(name, `exec '${process.execPath}' '${program}' '${this.folder}' "$@"`);
  }
}
