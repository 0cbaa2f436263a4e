// PURE: what Debian's checker finds in the package and why that is so.

const NODE = 'usr/lib/dqoes/bin/node';

/** Text of `/usr/share/lintian/overrides/dqoes`. */
export const overridesOf = () => `# Node.js as its makers ship it, byte for byte the file whose hash
# is pinned: it is linked with its own libraries and keeps its symbols.
dqoes: embedded-library * [${NODE}]
dqoes: unstripped-binary-or-object [${NODE}]
# In options of a service an address of NATS may hold a password; systemd reads them as root.
dqoes: non-standard-file-perm 0640 != 0644 [etc/default/dqoes-*]
`;
