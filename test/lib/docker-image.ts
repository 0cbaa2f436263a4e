import { docker } from './docker-command.js';

/** The smallest image with a shell. */
export const TINY = 'dqoes/tiny:1';

/** `TINY` with these labels: a real image, made by the engine. Remove it with `docker rmi`. */
export async function imageWith(
  labels: Readonly<Record<string, string>>,
  name: string,
): Promise<string> {
  const changes = Object.entries(labels).flatMap(([key, value]) => [
    '-c',
    `LABEL ${key}="${value}"`,
  ]);
  if (changes.length === 0) return TINY;
  const base = await docker('create', TINY);
  await docker('commit', ...changes, base, name);
  await docker('rm', base);
  return name;
}
