import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Why no browser can be driven here; '' = one can. */
export function whyNoChromium(): string {
  const found = spawnSync('chromium', ['--version'], { encoding: 'utf8', timeout: 15_000 });
  return found.status === 0 ? '' : 'no chromium on PATH (deploy/bootstrap.sh --page)';
}

/** Debian's Chromium without a screen; as root without its sandbox: it opens our own page. */
export function launchChromium(): Promise<Browser> {
  const path = spawnSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).stdout.trim();
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: path,
    args: ['--disable-dev-shm-usage', ...(isRoot ? ['--no-sandbox'] : [])],
  });
}

/** How a page is looked at. */
export const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  'desktop-light': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'desktop-dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'phone-light': { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  'phone-dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
};

type Violations = readonly {
  readonly id: string;
  readonly impact?: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}[];

/** What axe-core finds serious or critical on a page, one text each. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  const source = readFileSync(
    createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
    'utf8',
  );
  // Evaluated by the debugger's protocol: the policy of the page is about the page.
  await page.evaluate(source);
  // What passes would be worked out and sent for every element.
  const only = "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)";
  const violations = (await page.evaluate(only)) as Violations;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 200)}`);
}
