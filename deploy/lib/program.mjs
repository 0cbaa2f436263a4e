// Copies the built program, its JSON Schemas, its scenarios and the packages it needs to run:
// node program.mjs FROM TO
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [from, to] = process.argv.slice(2);
const dist = join(from, 'dist');

/** Tests, documents, packages, source maps and what the compiler remembers stay behind. */
const LEFT = /^(test|site|packages)(\/|$)|\.map$|^\.tsbuildinfo$/;
const isNeeded = (path) => !LEFT.test(relative(dist, path));

/** npm writes down which packages only development needs. */
function packagesToRun() {
  const { packages } = JSON.parse(
    readFileSync(join(from, 'node_modules/.package-lock.json'), 'utf8'),
  );
  const isTop = (path) => path.lastIndexOf('node_modules/') === 0;
  return Object.keys(packages).filter(
    (path) => isTop(path) && !packages[path].dev && !packages[path].devOptional,
  );
}

mkdirSync(to, { recursive: true });
cpSync(join(from, 'package.json'), join(to, 'package.json'));
for (const data of ['schemas', 'lab/scenarios'])
  cpSync(join(from, data), join(to, data), { recursive: true });
cpSync(dist, join(to, 'dist'), { recursive: true, filter: isNeeded });
for (const path of packagesToRun()) cpSync(join(from, path), join(to, path), { recursive: true });
cpSync(join(from, 'node_modules/.package-lock.json'), join(to, 'node_modules/.package-lock.json'));
