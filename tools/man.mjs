// Writes the man pages into dist/man/man1, from the program and docs/cli.md. Usage: npm run man,
// which builds first. SOURCE_DATE_EPOCH gives their date, so that two builds are the same.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = (path) => import(pathToFileURL(join(root, 'dist', path)).href);
const read = (path) => readFileSync(join(root, path), 'utf8');

/** Variables of docs/configuration.md, one a row: those of a cell that names several apart. */
function environmentOf(configuration) {
  const section = configuration.split('\n## The command line\n')[1] ?? '';
  const table = section.split('\n### ')[0] ?? '';
  return [...table.matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) \| (.*) \|$/gm)].map(
    ([, names, meaning]) => [names.replaceAll('`', ''), meaning],
  );
}

/** The pages: `{ file, text }`. */
export async function pages(date) {
  const { buildProgram } = await built('cli/program.js');
  const { readCliConfig } = await built('cli/config.js');
  const { manPages } = await built('cli/man/pages.js');
  const config = { ...readCliConfig({ HOME: '/root' }), stateDir: STATE_DIR };
  const { version } = JSON.parse(read('package.json'));
  const output = { data() {}, problem() {} };
  const program = await buildProgram({ config, output, version }, () => {});
  const environment = environmentOf(read('docs/configuration.md'));
  return manPages(program, { version, date, environment, reference: read('docs/cli.md') });
}
const STATE_DIR = '/var/lib/dqoes, for users ~/.local/state/dqoes';

const today = () => {
  const { SOURCE_DATE_EPOCH: seconds } = process.env;
  const at = seconds === undefined ? new Date() : new Date(Number(seconds) * 1000);
  return at.toISOString().slice(0, 10);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(root, 'dist/man/man1');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const written = await pages(today());
  for (const { file, text } of written) writeFileSync(join(folder, file), text);
  console.error(`${written.length} man pages in dist/man/man1: man -l dist/man/man1/dqoes.1`);
}
