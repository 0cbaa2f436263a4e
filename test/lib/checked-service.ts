import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../cli/program.js';
import { createUserKey } from '../../proto/nats/user-key.js';
import { testApp } from './cli-app.js';

type CheckedProgram = 'agent' | 'coordinator' | 'console';

/** Settings of a service in a folder of their own, and `dqoes SERVICE --check` by them. */
export class CheckedService {
  readonly folder: string;
  readonly #service: CheckedProgram;
  readonly #begin: string;

  /** `begin`: the first line of the settings. */
  constructor(service: CheckedProgram, begin: string) {
    this.folder = mkdtempSync(join(tmpdir(), `dqoes-${service}-check-`));
    this.#service = service;
    this.#begin = begin;
  }

  get settingsFile(): string {
    return join(this.folder, `${this.#service}.yaml`);
  }

  /** Returns the path. */
  put(name: string, text: string, mode = 0o600): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  }

  /** Writes a key; returns the path. */
  key(): string {
    return this.put(`${this.#service}.nk`, `${createUserKey().seed}\n`);
  }

  /** Writes settings with an address and a key; `more`: what follows them. */
  settings(more = ''): void {
    const nats = `nats: { url: "nats://10.0.0.5:4222", credentials: ${this.key()} }`;
    this.put(`${this.#service}.yaml`, `${this.#begin}\n${nats}\n${more}`);
  }

  async check(...more: readonly string[]) {
    const { app, out, messages, problems } = testApp();
    const asked = [this.#service, '--check', '--config', this.settingsFile, ...more];
    const code = await runProgram(asked, app);
    return { code, out, messages, problems };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
