import { readFileSync } from 'node:fs';

const IMPORT = /^(?:import|export)\b[^'"]*?'([^']+)';$/gm;

/**
 * Names of the packages that are loaded with a module of ours, by it and by all that it imports
 * when it is loaded, those of Node.js included.
 */
export function packagesOf(module: URL): ReadonlySet<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const waiting = [module];
  for (const each of waiting) {
    if (seen.has(each.href)) continue;
    seen.add(each.href);
    for (const [, name = ''] of readFileSync(each, 'utf8').matchAll(IMPORT))
      if (name.startsWith('.')) waiting.push(new URL(name, each));
      else packages.add(name.split('/')[0] ?? name);
  }
  return packages;
}
