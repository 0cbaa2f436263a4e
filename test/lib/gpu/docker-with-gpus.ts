import { mkdirSync, writeFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { dirname, join } from 'node:path';
import { DEFAULT_SOCKET } from '../../../agent/drivers/docker-engine.js';

/** What was asked for when a container was created, as far as it is about GPUs. */
export interface AskedGpus {
  readonly DeviceRequests?: readonly {
    readonly Driver: string;
    readonly DeviceIDs: readonly string[];
  }[];
  readonly Binds?: readonly string[];
  readonly IpcMode?: string;
}
/** A container that was created through the socket. */
export interface Created {
  readonly name: string;
  readonly env: readonly string[];
  readonly gpus: AskedGpus;
}

interface CreateBody {
  readonly Env?: readonly string[];
  HostConfig: AskedGpus & Record<string, unknown>;
}

/**
 * The real Docker Engine behind a socket that makes it look as if it had NVIDIA's CDI devices: it
 * says so, takes device requests for GPUs, starts the container without them, and shows them again
 * when the container is inspected. Everything else goes through as it is.
 */
export class DockerWithGpus {
  readonly created: Created[] = [];
  readonly #server: Server;
  readonly #cdi: string;

  private constructor(readonly socket: string) {
    this.#cdi = join(dirname(socket), 'cdi');
    this.#server = createServer((asked, answer) => void this.#serve(asked, answer));
  }

  static async listen(folder: string): Promise<DockerWithGpus> {
    const proxy = new DockerWithGpus(join(folder, 'docker.sock'));
    mkdirSync(proxy.#cdi, { recursive: true });
    writeFileSync(join(proxy.#cdi, 'nvidia.yaml'), 'cdiVersion: 0.6.0\nkind: nvidia.com/gpu\n');
    await new Promise<void>((resolve) => proxy.#server.listen(proxy.socket, resolve));
    return proxy;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const path = (asked.url ?? '').replace(/^\/v[\d.]+/, '').split('?')[0] ?? '';
    const isCreate = path === '/containers/create';
    const body = isCreate ? this.#withoutGpus(asked, await bodyOf(asked)) : null;
    const headers = {
      ...asked.headers,
      ...(body === null ? {} : { 'content-length': String(body.length) }),
    };
    const { method, url } = asked;
    const through = request({ socketPath: DEFAULT_SOCKET, method, path: url, headers }, (from) => {
      const edit = this.#editOf(path);
      if (edit === null) {
        answer.writeHead(from.statusCode ?? 500, from.headers);
        from.pipe(answer);
        return;
      }
      void bodyOf(from).then((text) => {
        const edited =
          from.statusCode === 200 ? JSON.stringify(edit(JSON.parse(text.toString()))) : text;
        const { 'content-length': _, 'transfer-encoding': __, ...rest } = from.headers;
        answer.writeHead(from.statusCode ?? 500, rest);
        answer.end(edited);
      });
    });
    through.on('error', () => answer.destroy());
    answer.on('close', () => through.destroy());
    if (body === null) asked.pipe(through);
    else through.end(body);
  }

  #withoutGpus({ url = '' }: IncomingMessage, text: Buffer): Buffer {
    const body = JSON.parse(text.toString()) as CreateBody;
    const { DeviceRequests, Binds, IpcMode, ...rest } = body.HostConfig;
    const gpus = {
      ...(DeviceRequests === undefined ? {} : { DeviceRequests }),
      ...(Binds === undefined ? {} : { Binds }),
      ...(IpcMode === undefined ? {} : { IpcMode }),
    };
    const name = new URL(url, 'http://docker').searchParams.get('name') ?? '';
    this.created.push({ name, env: body.Env ?? [], gpus });
    return Buffer.from(JSON.stringify({ ...body, HostConfig: rest }));
  }

  // biome-ignore lint/suspicious/noExplicitAny: the engine's answers are edited, not read.
  #editOf(path: string): ((answer: any) => unknown) | null {
    if (path === '/info') return (info) => ({ ...info, CDISpecDirs: [this.#cdi] });
    if (!/^\/containers\/[^/]+\/json$/.test(path)) return null;
    return (container) => {
      const made = this.created.findLast(({ name }) => `/${name}` === container.Name);
      return made === undefined
        ? container
        : { ...container, HostConfig: { ...container.HostConfig, ...made.gpus } };
    };
  }
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
