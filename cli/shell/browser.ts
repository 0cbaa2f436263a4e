import { spawn } from 'node:child_process';
import type { CliConfig } from '../config.js';

/** The part of the environment that says how a page is opened. */
export type BrowserConfig = Pick<CliConfig, 'browser' | 'hasDisplay' | 'which'>;

/**
 * The program that opens pages for this person: `$BROWSER`, else `xdg-open` where there is a
 * display; undefined = none.
 */
export function browserOf({ browser, hasDisplay, which }: BrowserConfig): string | undefined {
  if (browser !== undefined) return which(browser);
  return hasDisplay ? which('xdg-open') : undefined;
}

/** Opens a page and does not wait for it; false = there is no browser. Never throws. */
export function openBrowser(config: BrowserConfig, url: string): boolean {
  const program = browserOf(config);
  if (program === undefined) return false;
  const child = spawn(program, [url], { stdio: 'ignore', detached: true });
  // What it does is its own affair: the address was printed, too.
  child.on('error', () => {});
  child.unref();
  return true;
}
