import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDocker, type DockerEngine } from '../../agent/drivers/docker-engine.js';
import { systemClock } from './system-clock.js';

/** How a request to the engine is answered. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers with JSON. */
export const json =
  (body: unknown, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

/** A server on a socket that answers as the test says, and the driver connected to it. */
export class FaultyEngine {
  /** To all requests but those by which the driver connects; nothing is answered before. */
  answer: Answer = () => undefined;
  /** Of all requests. */
  readonly urls: string[] = [];
  /** Time that it takes for each answer, ms. */
  delayMs = 0;
  /** Of the API that it speaks. */
  versions = { ApiVersion: '1.41', MinAPIVersion: '1.24' };
  /** What it says of itself. */
  info: object = { NCPU: 2, InitBinary: '' };
  readonly server: Server;
  readonly #folder: string;
  #engine: DockerEngine | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    this.server = createServer((request, response) => {
      this.urls.push(request.url ?? '');
      if (this.delayMs === 0) this.#answer(request, response);
      else setTimeout(() => this.#answer(request, response), this.delayMs);
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url?.endsWith('/version'))
      json({ Version: 'x', ...this.versions })(request, response);
    else if (request.url?.endsWith('/info')) json(this.info)(request, response);
    else this.answer(request, response);
  }

  static async open(): Promise<FaultyEngine> {
    const faulty = new FaultyEngine(await mkdtemp(join(tmpdir(), 'dqoes-engine-')));
    await faulty.listen();
    const { socketPath } = faulty;
    const options = {
      labelPrefix: 'dqoes.',
      defaultMemoryBytes: 1e9,
      pidsLimit: 9,
      weightRule: 'off',
      clock: systemClock,
    } as const;
    const connected = await connectDocker({ socketPath, ...options });
    assert.ok(connected.ok);
    faulty.#engine = connected.value;
    return faulty;
  }

  get socketPath(): string {
    return join(this.#folder, 'engine.sock');
  }

  get engine(): DockerEngine {
    assert.ok(this.#engine);
    return this.#engine;
  }

  async listen(): Promise<void> {
    this.server.listen(this.socketPath);
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    this.engine.close();
    this.server.closeAllConnections();
    this.server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
