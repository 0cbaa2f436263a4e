/** Variable of a container that holds the token of who may push its response times for it. */
export const PUSH_TOKEN_VARIABLE = 'DQOES_PUSH_TOKEN';

/** Long enough not to be guessed, short enough for a tag of StatsD. */
const TOKEN = /^[A-Za-z0-9._~+/=-]{16,63}$/;

/** The token in an environment as the engine lists it; undefined = none, or none that is good. */
export function pushTokenIn(environment: readonly string[]): string | undefined {
  const start = `${PUSH_TOKEN_VARIABLE}=`;
  const value = environment.find((entry) => entry.startsWith(start))?.slice(start.length);
  return value !== undefined && TOKEN.test(value) ? value : undefined;
}
