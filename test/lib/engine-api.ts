import { request } from 'node:http';
import { DEFAULT_SOCKET } from '../../agent/drivers/docker-engine.js';

/** What the Docker Engine says of a container, as far as tests ask. */
export interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly State: {
    readonly Status: string;
    readonly Pid: number;
    readonly StartedAt: string;
  };
  readonly Config: {
    readonly Env: readonly string[] | null;
    readonly Labels: Readonly<Record<string, string>> | null;
  };
  readonly HostConfig: {
    readonly NanoCpus: number;
    readonly CpuQuota: number;
    readonly CpuPeriod: number;
    readonly CpuShares: number;
  };
}

/** A container; null = there is none of that name or id. */
export const inspect = (id: string, socketPath = DEFAULT_SOCKET): Promise<Inspected | null> =>
  get<Inspected>(`/containers/${id}/json`, socketPath);

/** Ids of the containers that run. */
export async function runningIds(socketPath = DEFAULT_SOCKET): Promise<readonly string[]> {
  const found = await get<readonly { readonly Id: string }[]>('/containers/json', socketPath);
  return (found ?? []).map(({ Id }) => Id);
}

/** Ids of the containers with a label `key=value`, running or not. */
export async function idsWith(label: string): Promise<readonly string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const found = await get<readonly { readonly Id: string }[]>(
    `/containers/json?all=1&filters=${filters}`,
  );
  return (found ?? []).map(({ Id }) => Id);
}

/**
 * Reads from an Engine's own socket: to look often, the docker command costs too much. Null = 404;
 * rejects with what the Engine said otherwise.
 */
function get<T>(path: string, socketPath = DEFAULT_SOCKET): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        if (response.statusCode === 200) resolve(JSON.parse(text) as T);
        else if (response.statusCode === 404) resolve(null);
        else reject(new Error(`${path}: ${response.statusCode} ${text}`));
      });
    });
    asked.once('error', reject);
    asked.end();
  });
}
