import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';

/** One file of the page, as it is sent. */
export interface SiteFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** The same, compressed, by the name of the encoding; absent = it is not. */
  readonly encoded: Readonly<Partial<Record<Encoding, Buffer>>>;
  readonly etag: string;
  /** Its name changes with what it holds. */
  readonly isLasting: boolean;
}

const ENCODINGS = { br: '.br', gzip: '.gz' } as const;
/** In the order in which they are chosen. */
export type Encoding = keyof typeof ENCODINGS;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/schema+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The built page by addresses (`/assets/…`, `/index.html`); empty where it was not built. Read
 * whole and once, so that no request names a file.
 */
export function readSite(folder: string): ReadonlyMap<string, SiteFile> {
  const files = new Map<string, SiteFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const type = TYPES[extname(path)];
    if (!entry.isFile() || type === undefined) continue;
    const bytes = readFileSync(path);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
    const address = `/${relative(folder, path).replaceAll('\\', '/')}`;
    const isLasting = address.startsWith('/assets/');
    files.set(address, { type, bytes, encoded: encodedOf(path), etag, isLasting });
  }
  return files;
}

function encodedOf(path: string): SiteFile['encoded'] {
  const entries = Object.entries(ENCODINGS)
    .filter(([, ending]) => existsSync(`${path}${ending}`))
    .map(([name, ending]) => [name, readFileSync(`${path}${ending}`)]);
  return Object.fromEntries(entries) as SiteFile['encoded'];
}

/** The encoding of a file that the header Accept-Encoding allows; undefined = as it is. */
export function encodingFor(file: SiteFile, accepted: string): Encoding | undefined {
  const names = accepted.split(',').flatMap((each) => {
    const [name = '', quality = 'q=1'] = each
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return quality === 'q=0' ? [] : [name];
  });
  return (Object.keys(ENCODINGS) as Encoding[]).find(
    (name) => names.includes(name) && file.encoded[name] !== undefined,
  );
}
