// The folder that takes the packages. What is not of ours in it is never removed.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const OURS = /^(?:dqoes[_-][^/]*\.(?:deb|tar\.gz|cdx\.json)|SHA256SUMS(?:\.asc|\.minisig)?)$/;

/** Throws where a folder holds anything but packages: it may be a folder of the person. */
export function refuseOthers(folder) {
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => !OURS.test(name)) : [];
  if (others.length > 0)
    throw new Error(
      `--out ${folder} holds ${others.sort()[0]}, which is no package of dqoes: name a folder of ` +
        'its own, whose packages are replaced',
    );
}

/** Makes the folder where it is not there, and removes the packages in it. Throws as above. */
export function emptyOut(folder) {
  refuseOthers(folder);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
}
