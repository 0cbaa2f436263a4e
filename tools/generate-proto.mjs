// Generates proto/generated/ from proto/*.proto; with --check only says whether it is up to date.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const committed = join(root, 'proto/generated');
/**
 * What agents need stands in a file of its own: the calls of the service are most of the code. They
 * hold the messages that they are made of a second time.
 */
const OUTPUTS = { dqoes: ['dqoes.proto'], service: ['dqoes.proto', 'service.proto'] };
const OPTIONS = ['-t', 'static-module', '-w', 'esm', '--es6', '--dts'];
const LEFT_OUT = [
  '--no-verify',
  '--no-delimited',
  '--no-typeurl',
  '--no-service',
  '--force-number',
];

async function generate(folder) {
  await mkdir(folder, { recursive: true });
  const pbjs = join(root, 'node_modules', '.bin', 'pbjs');
  for (const [name, schemas] of Object.entries(OUTPUTS)) {
    const args = [...OPTIONS, ...LEFT_OUT, '-r', name, '-p', 'proto'];
    const files = schemas.map((schema) => join('proto', schema));
    const output = ['-o', join(folder, `${name}.js`)];
    await promisify(execFile)(pbjs, [...args, ...output, ...files], { cwd: root });
  }
}

async function check() {
  const folder = await mkdtemp(join(tmpdir(), 'dqoes-proto-'));
  try {
    await generate(folder);
    const names = new Set([
      ...(await readdir(folder)),
      ...(await readdir(committed).catch(() => [])),
    ]);
    const read = (from, name) => readFile(join(from, name), 'utf8').catch(() => '');
    const stale = [];
    for (const name of [...names].sort()) {
      if ((await read(folder, name)) !== (await read(committed, name)))
        stale.push(`proto/generated/${name}`);
    }
    return stale;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv.includes('--check')) {
  const stale = await check();
  if (stale.length > 0) {
    process.stderr.write(
      `${stale.join(', ')} does not match proto/*.proto: run \`npm run generate\` and ` +
        'commit the result.\n',
    );
    process.exitCode = 1;
  }
} else {
  await generate(committed);
}
