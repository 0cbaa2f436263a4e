import Docker, { type DockerVersion } from 'dockerode';
import { type DockerCalls, READ_DEADLINE_MS } from './docker-calls.js';

/** Newest API version this driver was written for, and the oldest one it needs. */
const API_VERSION = '1.45';

/** The client takes options here too, which its types do not say. */
export type Ask<T> = (this: Docker, options: { readonly abortSignal: AbortSignal }) => Promise<T>;

/** What the engine says of its versions. */
export const versionOf = (docker: Docker, abortSignal: AbortSignal): Promise<DockerVersion> =>
  (docker.version as Ask<DockerVersion>).call(docker, { abortSignal });

/**
 * A client of this socket, pinned to a version of the API or to none. An empty host keeps it from
 * using DOCKER_HOST.
 */
export const clientOf = (socketPath: string, api?: string): Docker =>
  new Docker({ socketPath, host: '', ...(api === undefined ? {} : { version: `v${api}` }) });

/** The engine's version, at most ours, at least its least. */
export function pinOf(engineVersion: string | undefined, engineLeast: string | undefined): string {
  const newest =
    engineVersion !== undefined && isOlder(engineVersion, API_VERSION)
      ? engineVersion
      : API_VERSION;
  return engineLeast !== undefined && isOlder(newest, engineLeast) ? engineLeast : newest;
}

function isOlder(a: string, b: string): boolean {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
  return aMajor < bMajor || (aMajor === bMajor && aMinor < bMinor);
}

/** What of the client's types do not say: it reads this at each call. */
interface Pinned {
  version?: string;
}

/**
 * Pins clients to what the engine speaks now: one that was upgraded meanwhile may refuse what it
 * spoke before. Without an answer they stay as they are. Never rejects.
 */
export async function pinAgain(
  clients: readonly Docker[],
  socketPath: string,
  calls: DockerCalls,
): Promise<void> {
  const asked = await calls.run(READ_DEADLINE_MS, (abortSignal) =>
    versionOf(clientOf(socketPath), abortSignal),
  );
  if (!asked.ok) return;
  const { ApiVersion, MinAPIVersion } = asked.value;
  for (const { modem } of clients)
    (modem as Pinned).version = `v${pinOf(ApiVersion, MinAPIVersion)}`;
}
