import type { Clock } from '../shared/clock.js';
import { err, ok, type Result } from '../shared/result.js';
import { DEFAULT_LABEL_PREFIX, isEnabled } from './discover/labels.js';
import { connectDocker, DEFAULT_SOCKET, type DockerEngine } from './drivers/docker-engine.js';
import { OWN_CONTAINER_LABELS } from './enforce/host-config.js';
import { DEFAULT_BOUNDS } from './enforce/policy-bounds.js';

export interface DockerLook {
  readonly version: string;
  /** Containers that run under control, by label or because a job asks for them. */
  readonly controlled: number;
}

/** What the engine on this socket says of itself; the error is a sentence with the cure. */
export async function lookAtDocker(socketPath: string | undefined, clock: Clock): Promise<Result<DockerLook, string>> {
  const engine = await engineOn(socketPath, clock);
  if (!engine.ok) return engine;
  try {
    const [asked, listed] = [await engine.value.ping(), await engine.value.list()];
    if (!asked.ok || !listed.ok) return err('the Docker Engine stopped answering: try again');
    const controlled = listed.value.filter(({ running, labels }) => running && isControlled(labels)).length;
    return ok({ version: asked.value.version, controlled });
  } finally {
    engine.value.close();
  }
}

const isControlled = (labels: Readonly<Record<string, string>>): boolean =>
  isEnabled(labels, DEFAULT_LABEL_PREFIX) || labels[OWN_CONTAINER_LABELS.allocation] !== undefined;

async function engineOn(socketPath: string | undefined, clock: Clock): Promise<Result<DockerEngine, string>> {
  const connected = await connectDocker({
    socketPath: socketPath ?? DEFAULT_SOCKET,
    clock,
    labelPrefix: DEFAULT_LABEL_PREFIX,
    defaultMemoryBytes: DEFAULT_BOUNDS.defaultMemoryBytes,
    pidsLimit: DEFAULT_BOUNDS.pidsLimit,
    weightRule: 'off',
  });
  return connected.ok ? connected : err(connected.error.message);
}
