// Holds every link of every Markdown file: a relative one leads to a file of the repository and to
// a heading that it has, another one is a well-formed https address. Nothing is fetched. Usage:
// node tools/links.mjs [ROOT]. Prints `file:line reason`; exit 1 if there is any.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brokenLinks } from './links/check.mjs';
import { filesOf } from './style/files.mjs';

const root = process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url)));

const files = filesOf(root);
// Fixtures are what tests feed to programs; their links are not for readers.
const documents = files.filter(
  (file) => file.endsWith('.md') && !/(^|\/)fixtures\/.*\//.test(file),
);
const texts = new Map(documents.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const { faults, count } = brokenLinks(texts, files);
for (const { file, line, reason } of faults) console.error(`${file}:${line} ${reason}`);
console.error(`links: ${documents.length} documents, ${count} links, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
