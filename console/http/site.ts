import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { ENCODINGS, type Encoding } from './encoding.js';
import { etagOf } from './etag.js';

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

/** How the names of compressed files end. */
const ENDINGS: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

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
    const address = `/${relative(folder, path).replaceAll('\\', '/')}`;
    const isLasting = address.startsWith('/assets/');
    files.set(address, {
      ...{ type, bytes, encoded: encodedOf(path), etag: etagOf(bytes), isLasting },
    });
  }
  return files;
}

/** In the order in which equal codings are chosen. */
function encodedOf(path: string): SiteFile['encoded'] {
  const entries = ENCODINGS.filter((name) => existsSync(`${path}${ENDINGS[name]}`)).map(
    (name) => [name, readFileSync(`${path}${ENDINGS[name]}`)] as const,
  );
  return Object.fromEntries(entries) as SiteFile['encoded'];
}
