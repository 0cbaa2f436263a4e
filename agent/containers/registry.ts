import { err, ok, type Result } from '../../shared/result.js';

/**
 * The registry of an image, as Docker reads it: `docker.io` where the name holds no host. What
 * stands before the first slash is one if it has a dot, a colon or a capital letter, which no
 * repository has (`splitDockerDomain` of github.com/distribution/reference).
 */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const isHost =
    rest.length > 0 &&
    (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  return isHost && first !== 'index.docker.io' ? first : 'docker.io';
}

/** How one pull logs in to the registry of its image. */
export type RegistryLogin =
  | { readonly registry: string; readonly user: string; readonly password: string }
  | { readonly registry: string; readonly identityToken: string };

/**
 * The login for the registry of an image in the text of a file such as `docker login` writes
 * (`config.json`, key `auths`). Undefined = it names none for that registry; the error completes
 * "the file … ". Logins that a credential helper keeps are not in the file.
 */
export function loginFor(image: string, text: string): Result<RegistryLogin | undefined, string> {
  const auths = authsIn(text);
  if (!auths.ok) return auths;
  const registry = registryOf(image);
  const found = Object.entries(auths.value).find(([key]) => hostOf(key) === registry);
  if (found === undefined) return ok(undefined);
  const { auth, identitytoken } = (found[1] ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof identitytoken === 'string' && identitytoken !== '')
    return ok({ registry: found[0], identityToken: identitytoken });
  const pair = typeof auth === 'string' ? Buffer.from(auth, 'base64').toString('utf8') : '';
  const at = pair.indexOf(':');
  if (at < 1) return err(`holds no login for ${registry} (${HELPER})`);
  return ok({ registry: found[0], user: pair.slice(0, at), password: pair.slice(at + 1) });
}

const HELPER = 'a credential helper may keep it, which is not asked: write auth there';

function authsIn(text: string): Result<Readonly<Record<string, unknown>>, string> {
  try {
    const { auths } = (JSON.parse(text) ?? {}) as { readonly auths?: unknown };
    if (typeof auths === 'object' && auths !== null && !Array.isArray(auths))
      return ok(auths as Readonly<Record<string, unknown>>);
    return err('has no auths, as docker login writes them');
  } catch {
    // The parser would quote what stands around its fault.
    return err('is no JSON');
  }
}

/** The registry that a key of `auths` means: Docker writes its own as an address. */
function hostOf(key: string): string {
  const host = key.replace(/^https?:\/\//, '').split('/')[0] ?? '';
  return host === 'index.docker.io' || host === 'registry-1.docker.io' ? 'docker.io' : host;
}
