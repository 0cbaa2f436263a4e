// Bundles the built program, as packages hold it, for the tests that start it: one file is read in
// less time than hundreds. Usage, after a build: node tools/test-program.mjs. The stage `types` of
// `npm test` does so.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from './package/bundle.mjs';
import { BUNDLE, root } from './test-stages.mjs';

const SITE = 'dist/console/page/site';

rmSync(BUNDLE, { recursive: true, force: true });
const { files } = await bundle(root);
for (const [path, text] of Object.entries(files)) {
  const file = join(BUNDLE, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
// What the program looks for beside itself.
mkdirSync(dirname(join(BUNDLE, SITE)), { recursive: true });
symlinkSync(join(root, SITE), join(BUNDLE, SITE));
