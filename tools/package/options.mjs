// PURE: the command line of tools/package.mjs.

const VALUES = { '--out': 'out', '--version': 'version', '--sign': 'sign' };

/** The options, or a sentence that says what is wrong with them. */
export function optionsOf(args) {
  const options = { check: false };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    if (word === '--check') {
      options.check = true;
      continue;
    }
    const key = VALUES[word];
    if (key === undefined)
      return `unknown argument ${word}: --check, --out, --version and --sign are the known ones`;
    const value = args[at + 1];
    if (value === undefined || value.startsWith('--')) return `${word} needs a value`;
    options[key] = value;
    at += 1;
  }
  if (options.sign !== undefined && !/^(minisign|gpg):./.test(options.sign))
    return `--sign ${options.sign}: write minisign:FILE-OF-THE-SECRET-KEY or gpg:KEY-ID`;
  return options;
}
