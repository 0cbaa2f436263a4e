// What a production install brings: packages, licences, install scripts. Usage: node
// tools/supply.mjs [--write] [--audit]. Compares the lockfile with docs/third-party.md and fails on
// more packages than MAX_PACKAGES, a licence that is not allowed, a package without integrity, or
// one that asks for a newer Node.js than the oldest of ours, of which npm ci warns everybody.
// --write makes the document again. --audit asks the registry for known vulnerabilities; exit code
// 77 = it gives no answer, so nothing was checked.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const DOCUMENT = join(root, 'docs/third-party.md');
/** Raise it only with a decision that says what the new package is for. */
const MAX_PACKAGES = 103;
const ALLOWED = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'Unlicense']);
const SKIPPED = 77;

if (process.argv.includes('--audit')) process.exit(audit());

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const packages = Object.entries(lock.packages)
  .filter(([path, each]) => path !== '' && each.dev !== true)
  .map(([path, each]) => ({ name: nameOf(path, each), ...each }))
  .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

const faults = [
  ...(packages.length > MAX_PACKAGES
    ? [`${packages.length} packages in a production install: at most ${MAX_PACKAGES}`]
    : []),
  ...packages
    .filter(({ license }) => !ALLOWED.has(license))
    .map(({ name, license }) => `${name} has the licence ${license ?? 'none'}, not allowed yet`),
  ...packages
    .filter(({ integrity }) => integrity === undefined)
    .map(({ name }) => `${name} has no integrity in package-lock.json`),
];
const oldest = versionOf(lock.packages[''].engines.node);
for (const [path, { engines, optional }] of Object.entries(lock.packages))
  if (optional !== true && !admits(engines?.node ?? '*', oldest))
    faults.push(`${path} asks for Node.js ${engines.node}: package.json says ${oldest.join('.')}`);
const text = documentOf(packages);
if (process.argv.includes('--write')) writeFileSync(DOCUMENT, text);
else if (readFileSync(DOCUMENT, 'utf8') !== text)
  faults.push('docs/third-party.md is not of this lockfile: run node tools/supply.mjs --write');
for (const fault of faults) console.log(fault);
console.log(`supply: ${packages.length} packages, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

function nameOf(path, { name }) {
  return name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Major, minor and patch of a text such as `>=20.19`; what is not written is 0. */
function versionOf(text) {
  const [, major = 0, minor = 0, patch = 0] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? [];
  return [major, minor, patch].map(Number);
}

/** Whether a range of npm, as far as `engines` use them, admits a version. */
function admits(range, version) {
  const holds = (comparator) => {
    const least = versionOf(comparator);
    const [ours, theirs] = [version, least].map(([a, b, c]) => a * 1e6 + b * 1e3 + c);
    if (/^[>*]/.test(comparator)) return ours >= theirs;
    if (comparator.startsWith('<')) return ours < theirs;
    return version[0] === least[0] && ours >= theirs;
  };
  const parts = range.split('||').map((part) => part.replace(/([<>=^~]) +/g, '$1').trim());
  return parts.some((part) => part.split(/ +/).every(holds));
}

function documentOf(all) {
  const rows = all.map(
    ({ name, version, license, optional }) =>
      `| ${name} | ${version} | ${license} | ${optional === true ? 'by platform' : ''} |`,
  );
  return `# Packages of others

What \`npm ci --omit=dev\` installs, by the lockfile, which pins each by its hash. \`npm run sbom\`
writes the same as CycloneDX. A package holds parts of most of them, and its own bill of materials
says of which ([104](decisions/104-rolldown-bundles-the-program.md)). Written by
\`node tools/supply.mjs --write\`; a check compares it.

No install script runs (\`ignore-scripts\` in \`.npmrc\`), so nothing is built natively. Packages
marked "by platform" are prebuilt and optional: without them msgpackr decodes a report in 72 µs
instead of 60 µs (2026-11-26, 20 containers, one run each beside other work). Why each direct
dependency is there: [decision 4](decisions/004-dependencies.md),
[70](decisions/070-what-dockerode-loads.md), [90](decisions/090-fastify-for-the-console.md) and
[92](decisions/092-metrics-are-read-from-state.md). The script of the console's page also holds
preact and uplot (MIT), bundled when it is built
([95](decisions/095-preact-and-uplot-for-the-page.md)); their licences are in \`/licences.txt\`.

| package | version | licence | optional |
|---|---|---|---|
${rows.join('\n')}
`;
}

function audit() {
  const run = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  const answer = parse(run.stdout);
  if (answer?.metadata?.vulnerabilities === undefined) {
    console.log(`no audit: ${answer?.message ?? (run.stderr.trim() || 'npm gave no answer')}`);
    return SKIPPED;
  }
  for (const [name, { severity }] of Object.entries(answer.vulnerabilities ?? {}))
    console.log(`${name}: ${severity}`);
  return run.status === 0 ? 0 : 1;
}

function parse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
