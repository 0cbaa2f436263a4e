// What mutation tools share: compiling broken sources, and copies in which dist/ may be broken.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Compiles `[{ name, file, text }]` in one go, each in `temp/out/<name>`; types are not checked.
 * Returns what the compiler said, '' when all is well.
 */
export function compile(root, sources, temp) {
  for (const { name, file, text } of sources) {
    const path = join(temp, 'src', name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const { target, lib, module, moduleResolution, verbatimModuleSyntax } = JSON.parse(
    readFileSync(join(root, 'tsconfig.json'), 'utf8'),
  ).compilerOptions;
  const kept = { target, lib, module, moduleResolution, verbatimModuleSyntax };
  const options = {
    ...kept,
    types: [],
    noCheck: true,
    noResolve: true,
    rootDir: 'src',
    outDir: 'out',
  };
  writeFileSync(join(temp, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(temp, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, include: ['src'] }),
  );
  const { status, stdout } = spawnSync(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    temp,
  ]);
  return status === 0 ? '' : String(stdout);
}

/** A copy of `parts` of the repository, with its packages. */
export function makeRoom(root, room, parts) {
  for (const part of parts) cpSync(join(root, part), join(room, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(room, 'node_modules'));
  return room;
}
