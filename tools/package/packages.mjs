// PURE: which npm packages are in a bundle, and what a bill of materials says of them.
import { createHash } from 'node:crypto';

const IN_PACKAGES = 'node_modules/';

/**
 * The packages of `modules` (absolute paths), sorted by name: `{ path, name, version, license,
 * integrity }`. `lock`: a parsed package-lock.json. Throws where a package is not in it.
 */
export function packagesOf(modules, lock) {
  const folders = new Set(modules.flatMap((id) => folderOf(id.replaceAll('\\', '/'))));
  const found = [...folders].map((path) => {
    const known = lock.packages[path];
    if (known === undefined) throw new Error(`${path} is bundled, and not in package-lock.json`);
    const name = known.name ?? path.slice(path.lastIndexOf(IN_PACKAGES) + IN_PACKAGES.length);
    const { version, license, integrity } = known;
    return { path, name, version, license: license ?? 'unknown', integrity };
  });
  return found.sort((a, b) => compare(a.name, b.name) || compare(a.path, b.path));
}

/** `a/node_modules/x/node_modules/@s/y/z.js` → `node_modules/x/node_modules/@s/y`. */
function folderOf(id) {
  const first = id.indexOf(`/${IN_PACKAGES}`);
  if (first < 0) return [];
  const last = id.lastIndexOf(IN_PACKAGES) + IN_PACKAGES.length;
  const [scopeOrName, name] = id.slice(last).split('/');
  const own = scopeOrName.startsWith('@') ? `${scopeOrName}/${name}` : scopeOrName;
  return [id.slice(first + 1, last) + own];
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** `sha512-BASE64` as CycloneDX writes it; none where the lockfile has no hash. */
function hashesOf(integrity) {
  const [, alg, base64] = /^(sha\d+)-(.+)$/.exec(integrity ?? '') ?? [];
  if (alg === undefined) return {};
  const content = Buffer.from(base64, 'base64').toString('hex');
  return { hashes: [{ alg: alg.toUpperCase().replace('SHA', 'SHA-'), content }] };
}

const purlOf = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

const componentOf = (each) => ({
  type: each.type ?? 'library',
  'bom-ref': purlOf(each),
  name: each.name,
  version: each.version,
  ...licencesOf(each.license),
  purl: purlOf(each),
  ...hashesOf(each.integrity),
});

const licencesOf = (license) =>
  / (AND|OR) /.test(license)
    ? { licenses: [{ expression: license }] }
    : { licenses: [{ license: license === 'unknown' ? { name: license } : { id: license } }] };

/**
 * The bill of materials of one package of dqoes, CycloneDX 1.5 as JSON text. `packages`: as
 * `packagesOf` gives them, and Node.js with `type: 'platform'`; each is named once.
 */
export function sbomOf({ program, packages, builtAtMs }) {
  const components = [...new Map(packages.map((each) => [purlOf(each), each])).values()].map(
    componentOf,
  );
  const metadata = {
    timestamp: new Date(builtAtMs).toISOString(),
    component: {
      type: 'application',
      'bom-ref': `pkg:generic/${program.name}@${program.version}`,
      name: program.name,
      version: program.version,
      licenses: [{ license: { id: program.license } }],
      purl: `pkg:generic/${program.name}@${program.version}`,
    },
  };
  const dependencies = [
    { ref: metadata.component['bom-ref'], dependsOn: components.map((each) => each['bom-ref']) },
  ];
  const body = { metadata, components, dependencies };
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify(body))}`;
  const head = { bomFormat: 'CycloneDX', specVersion: '1.5', serialNumber, version: 1 };
  return `${JSON.stringify({ ...head, ...body }, null, 2)}\n`;
}

/** The same text has the same number, so that two builds are equal. */
function uuidOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
