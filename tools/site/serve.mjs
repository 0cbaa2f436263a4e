import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const TEXT = 'text/plain; charset=utf-8';

/**
 * Shows the files of `folder`, as they are now, at http://127.0.0.1:PORT/ until the process ends.
 * Only paths of these files are answered. Port 0: any that is free. Resolves to the server.
 */
export async function serve(folder, port) {
  const files = new Map(
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/${relative(folder, path).split(sep).join('/')}`, path]),
  );
  const server = createServer((request, response) => {
    // Names of the site need no escapes.
    const [name = '/'] = (request.url ?? '/').split(/[?#]/);
    const path = files.get(name) ?? files.get(`${name}index.html`) ?? files.get(`${name}.html`);
    const shown = path ?? files.get('/404.html');
    const type = TYPES[extname(shown ?? '')] ?? TEXT;
    response.writeHead(path === undefined ? 404 : 200, { 'content-type': type });
    response.end(shown === undefined ? 'not found' : readFileSync(shown));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
