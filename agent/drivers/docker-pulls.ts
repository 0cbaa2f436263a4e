import { performance } from 'node:perf_hooks';
import type Docker from 'dockerode';
import { messageOf } from '../../shared/errors.js';
import { err, type Result } from '../../shared/result.js';
import type { RegistryLogin } from '../containers/registry.js';
import type { EngineFailure, RunRequest } from '../ports/engine.js';
import type { DockerCalls } from './docker-calls.js';
import { LineSplitter } from './docker-lines.js';
import { PullTally } from './pull-tally.js';
import type { RegistryLogins } from './registry-logins.js';

/**
 * A pull ends when the engine has said nothing for so long, ms, and not before: an image may be
 * large, and of one whose pull was ended an engine without containerd's store keeps nothing. The
 * job is pending meanwhile.
 */
const PULL_SILENCE_MS = 60_000;
/** After this time progress no longer counts, ms: a registry may send an image without end. */
const LONGEST_PULL_MS = 6 * 3_600_000;

/** Why a pull ended that nobody waits for any more. */
export const LEFT: EngineFailure = {
  kind: 'refused',
  message: 'it is not wanted any more as it was begun, or the agent is stopping',
};

/** Who hears of a pull, and what ends it. */
export interface PullOptions {
  readonly onPull?: RunRequest['onPull'] | undefined;
  readonly left?: AbortSignal | undefined;
}
/** Pulls images, with the login of their registry where one is known. */
export class DockerPulls {
  readonly #docker: Pick<Docker, 'pull'>;
  readonly #calls: DockerCalls;
  readonly #logins: RegistryLogins;

  constructor(docker: Pick<Docker, 'pull'>, calls: DockerCalls, logins: RegistryLogins) {
    this.#docker = docker;
    this.#calls = calls;
    this.#logins = logins;
  }

  /** Has the engine pull an image; the failure says why it could not, and what to do. */
  async pull(image: string, { onPull, left }: PullOptions): Promise<Result<void, EngineFailure>> {
    const login = await this.#logins(image);
    const authconfig = login.ok ? authConfigOf(login.value) : {};
    const pull = async (abortSignal: AbortSignal, isAlive: () => void): Promise<void> => {
      const endMs = performance.now() + LONGEST_PULL_MS;
      const stream: NodeJS.ReadableStream = await this.#docker.pull(withTag(image), {
        abortSignal,
        ...authconfig,
      });
      await readPull(stream, (text) => {
        if (performance.now() < endMs) isAlive();
        onPull?.(text);
      });
    };
    const pulled = await this.#calls.run(PULL_SILENCE_MS, pull, keysIn(login), left);
    if (left?.aborted === true) return err(LEFT);
    if (pulled.ok || pulled.error.kind === 'unavailable') return pulled;
    const { message } = pulled.error;
    const why = login.ok ? message : `${message}; ${login.error}`;
    const isKeyless = login.ok && login.value === undefined && ASKS_LOGIN.test(message);
    return err(noImage(image, why, isKeyless ? LOGIN_CURE : LOAD_CURE));
  }
}

/** Without a tag the engine would pull every tag. */
export const withTag = (image: string): string =>
  /[:@][^/]*$/.test(image) ? image : `${image}:latest`;

/** That an image is missing, why, and what to do. */
export const noImage = (image: string, why: string, cure = LOAD_CURE): EngineFailure => ({
  kind: 'no-image',
  message: `image ${image} is not on this host and could not be pulled (${why}): ${cure}`,
});
const LOAD_CURE = 'build it here, or load it with "docker load"';
const LOGIN_CURE =
  'check its name; where its registry asks for a login, name a file of "docker login" as ' +
  'docker.registry-auth in agent.yaml, or pull it here by hand';
/** What registries and the engine say where a login is missing, or an image is kept from us. */
const ASKS_LOGIN = /denied|unauthorized|authentication required|docker login|no basic auth/i;

/** As the engine takes a login; `{}` = none. */
function authConfigOf(login: RegistryLogin | undefined) {
  if (login === undefined) return {};
  const serveraddress = login.registry;
  return 'identityToken' in login
    ? { authconfig: { serveraddress, identitytoken: login.identityToken } }
    : { authconfig: { serveraddress, username: login.user, password: login.password } };
}

/** What no failure of a pull may hold. */
const keysIn = (login: Result<RegistryLogin | undefined, string>): readonly string[] =>
  login.ok && login.value !== undefined
    ? ['identityToken' in login.value ? login.value.identityToken : login.value.password]
    : [];

/** A pull answers 200 and reports failures in its progress lines. */
async function readPull(
  stream: NodeJS.ReadableStream,
  onPull: (text: string) => void,
): Promise<void> {
  let failure = '';
  const tally = new PullTally();
  const lines = new LineSplitter((line) => {
    try {
      const parsed: unknown = JSON.parse(line);
      const { error } = (parsed ?? {}) as { error?: unknown };
      if (typeof error === 'string') failure = error;
      tally.take(parsed);
    } catch (cause) {
      failure = messageOf(cause);
    }
  });
  for await (const chunk of stream) {
    lines.push(Buffer.from(chunk as Buffer));
    onPull(tally.text);
  }
  lines.flush();
  if (failure !== '') throw new Error(failure);
}
