// PURE: the texts that make a tree of files a Debian package.

const LINE = 79;

/** `Installed-Size` counts KiB, each file for itself, as dpkg-gencontrol does; folders count 1. */
export const installedKib = (sizes, folders) =>
  folders + sizes.reduce((sum, bytes) => sum + Math.ceil(bytes / 1024), 0);

/**
 * The control file. `description`: its first line is the synopsis. `version` may not hold what
 * Debian does not know in one: throws.
 */
export function controlOf({ version, architecture, sizeKib, maintainer, glibc }) {
  if (!/^[0-9][A-Za-z0-9.+~]*$/.test(version))
    throw new Error(`version ${JSON.stringify(version)}: digits, letters, ".", "+", "~" only`);
  return [
    ...['Package: dqoes', `Version: ${version}`, `Architecture: ${architecture}`],
    `Maintainer: ${maintainer}`,
    `Installed-Size: ${sizeKib}`,
    // What the Node.js inside was linked with, and what makes the system user.
    `Depends: libc6 (>= ${glibc}), libgcc-s1, libstdc++6, passwd`,
    'Recommends: ca-certificates',
    'Suggests: docker.io | docker-ce, nats-server, sudo',
    ...['Section: admin', 'Priority: optional'],
    'Description: holds inference containers at the response time their clients ask for',
    ...folded(DESCRIPTION),
    '',
  ].join('\n');
}

const DESCRIPTION = [
  'An agent on every Docker host measures response times and enforces CPU limits; a coordinator ' +
    'moves CPU between running containers, so that as many of them as possible sit at their ' +
    'target.',
  'The agent is enabled and only observes until its settings say otherwise. Coordinator and ' +
    'console are installed and not enabled. The package brings its own Node.js.',
];

/** Paragraphs of a description: each line begins with a space, an empty line is a dot. */
function folded(paragraphs) {
  return paragraphs.flatMap((paragraph, index) => [
    ...(index === 0 ? [] : [' .']),
    ...wrapped(paragraph, LINE - 1).map((line) => ` ${line}`),
  ]);
}

/** Words of `text` in lines of at most `columns`. */
export function wrapped(text, columns) {
  const lines = [''];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const line = lines.at(-1);
    if (line !== '' && line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/** `md5sums` of a package: `hashes` are pairs of path (from `/`) and hash. */
export const md5sumsOf = (hashes) =>
  hashes.map(([path, hash]) => `${hash}  ${path.slice(1)}\n`).join('');

/** The changelog of a package that has no history of its own: one entry for this version. */
export function debianChangelog({ version, maintainer, builtAtMs }) {
  const at = new Date(builtAtMs).toUTCString().replace('GMT', '+0000');
  return `dqoes (${version}) unstable; urgency=medium

  * Changes of dqoes itself: CHANGELOG.md.gz.

 -- ${maintainer}  ${at}
`;
}

/** `copyright` in the form that machines read; the texts of all others follow in licences.txt. */
export function copyrightOf(packages) {
  const others = packages.map(({ name, version, license }) => ` ${name} ${version}: ${license}`);
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: dqoes
Comment: the program holds parts of these packages; their licences are in
 licences.txt.gz in this folder:
${others.join('\n')}

Files: *
Copyright: 2026 the dqoes maintainers
License: Apache-2.0
 On Debian systems, the full text of the Apache License, Version 2.0, is in
 /usr/share/common-licenses/Apache-2.0.
`;
}
