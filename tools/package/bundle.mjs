// Bundles the built program with the packages it uses: the command line, and what it loads only
// when that runs, each as a file of its own; the programs it starts as processes; source maps.
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

/** Folder of all bundled files, in `dist`. */
const HOME = 'cli';
/** Programs: the command line, and what it starts as processes and threads. */
const PROGRAMS = [
  ...['main', 'services/coordinator-worker'],
  ...['bench/burn', 'bench/foreign-load', 'bench/foreign-worker'],
];
/** Asked for by packages where they are installed, and not missed where they are not. */
const ABSENT = [
  'msgpackr-extract',
  'supports-color',
  'osx-temperature-sensor',
  'macos-temperature-sensor',
];

/**
 * Reads what `docker build` prints, with a second, whole protobufjs, when an image is built. dqoes
 * builds none.
 */
const UNUSED = /\/node_modules\/dockerode\/lib\/buildkit\.js$/;

/** Runtime paths of a module stay right although its code moves to the folder of the bundle. */
export function withOwnAddress(code, path) {
  const there = JSON.stringify(relative(HOME, path).replaceAll('\\', '/'));
  return code.replaceAll('import.meta.url', `new URL(${there}, import.meta.url).href`);
}

/**
 * The source map of a bundled file as it is shipped: paths from the root of the sources, and not
 * the sources themselves. `folder`: where the file lies, from which the map counts.
 */
export function shippedMap(map, { root, folder }) {
  const named = map.sources.map((source) => {
    const path = relative(root, isAbsolute(source) ? source : resolve(folder, source));
    return path.replaceAll('\\', '/');
  });
  const { version, names, mappings } = map;
  return JSON.stringify({ version, sources: named, names, mappings });
}

/** Reads what the compiler wrote, with its source map. */
const built = (root) => ({
  name: 'dqoes-built',
  load(id) {
    if (UNUSED.test(id)) return { code: 'module.exports = {};' };
    const path = relative(join(root, 'dist'), id).replaceAll('\\', '/');
    if (path.startsWith('..') || !path.endsWith('.js')) return null;
    const text = readFileSync(id, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
    // The launcher says which Node.js: no #! line, but a line, so that the maps count right.
    const isProgram = PROGRAMS.some((name) => path === `${HOME}/${name}.js`);
    const code = (isProgram ? text : withOwnAddress(text, path)).replace(/^#!.*/, '');
    if (!existsSync(`${id}.map`)) return { code };
    const map = JSON.parse(readFileSync(`${id}.map`, 'utf8'));
    map.sources = map.sources.map((source) => resolve(id, '..', source));
    return { code, map };
  },
});

/**
 * Bundles `dist` of the tree `root`. `files`: path below the program's folder to text; `modules`:
 * the files, by absolute path, of which something is in them; `loaded`: the bundled files that the
 * command line loads before it knows what to do.
 */
export async function bundle(root) {
  const faults = [];
  const started = await rolldown({
    cwd: root,
    platform: 'node',
    input: Object.fromEntries(
      PROGRAMS.map((name) => [name, join(root, 'dist', HOME, `${name}.js`)]),
    ),
    external: ABSENT,
    plugins: [built(root)],
    onLog: (level, log) => {
      if (level === 'warn' && isFault(log)) faults.push(log.message);
    },
  });
  const { output } = await started.generate({
    dir: join(root, 'dist'),
    format: 'esm',
    sourcemap: true,
    entryFileNames: `${HOME}/[name].js`,
    chunkFileNames: `${HOME}/[name]-[hash].js`,
    // Names stay, so that a stack can be read without the maps. A file with one character beyond
    // Latin-1 takes two bytes of memory for each of its characters.
    minify: {
      compress: false,
      mangle: false,
      codegen: { removeWhitespace: true, asciiOnly: true },
    },
  });
  await started.close();
  if (faults.length > 0) throw new Error(`the bundle is not whole:\n${faults.join('\n')}`);
  const chunks = output.filter(({ type }) => type === 'chunk');
  return {
    files: Object.fromEntries(chunks.flatMap((chunk) => filesOf(root, chunk))),
    modules: modulesOf(chunks),
    loaded: loadedFirst(chunks),
  };
}

const isFault = ({ code }) => code === 'UNRESOLVED_IMPORT' || code === 'MISSING_EXPORT';

function filesOf(root, { fileName, code, map }) {
  const text = code.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
  const path = `dist/${fileName}`;
  if (map === null) return [[path, text]];
  const folder = resolve(root, path, '..');
  return [
    [path, `${text}//# sourceMappingURL=${fileName.split('/').at(-1)}.map\n`],
    [`${path}.map`, shippedMap(map, { root, folder })],
  ];
}

const modulesOf = (chunks) => [
  ...new Set(
    chunks.flatMap(({ modules }) =>
      Object.entries(modules)
        .filter(([, { renderedLength }]) => renderedLength > 0)
        .map(([id]) => id.replace(/^\0/, '').replace(/\?.*$/, '')),
    ),
  ),
];

/** What `main.js` imports, and what that imports, without what is loaded later. */
function loadedFirst(chunks) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set();
  const visit = (name) => {
    const chunk = byName.get(name);
    if (chunk === undefined || found.has(name)) return;
    found.add(name);
    for (const next of chunk.imports) visit(next);
  };
  visit(`${HOME}/main.js`);
  return [...found].map((name) => ({ name, moduleIds: byName.get(name).moduleIds }));
}
