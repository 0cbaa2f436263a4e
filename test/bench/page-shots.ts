import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOOKS, launchChromium, whyNoChromium } from '../lib/page/chromium.js';
import { openState } from '../lib/page/open-state.js';
import { PAGE_STATES, type PageState } from '../lib/page/states.js';

// Makes a screenshot of each view of the page in each state and look, before a cluster that is made
// up. Usage: npm run shots [-- FOLDER [NAME…]] [--missing]; the folder is shots/ where it is
// absent. --missing: only those that are not in it yet, to go on where a run was stopped.

const args = process.argv.slice(2);
const [folder = 'shots', ...names] = args.filter((each) => each !== '--missing');
const onlyMissing = args.includes('--missing');

/** These would be screens and screens long. */
const OF_THE_WINDOW: readonly string[] = ['thousand-jobs', 'host-hundred-jobs'];
/** Charts and sparklines come with their own questions, ms. */
const SETTLE_MS = 1200;

const unknown = names.filter((name) => PAGE_STATES.every((state) => state.name !== name));
if (unknown.length > 0)
  throw new Error(
    `no state ${unknown.join(', ')}: there are ${PAGE_STATES.map(({ name }) => name).join(', ')}`,
  );
const why = whyNoChromium();
if (why !== '') throw new Error(why);
mkdirSync(folder, { recursive: true });

const states = PAGE_STATES.filter(({ name }) => names.length === 0 || names.includes(name));
const wanted = states
  .flatMap((state) => Object.keys(LOOKS).map((look) => ({ state, look })))
  .map((each) => ({ ...each, path: join(folder, `${each.state.name}-${each.look}.png`) }))
  .filter(({ path }) => !onlyMissing || !existsSync(path));

const browser = await launchChromium();
try {
  for (const [i, { state, look, path }] of wanted.entries()) {
    await shoot(state, look, path);
    console.log(`${i + 1}/${wanted.length} ${path}`);
  }
} finally {
  await browser.close();
}

async function shoot(state: PageState, look: string, path: string): Promise<void> {
  const { page, close } = await openState(browser, state, { look: LOOKS[look] ?? {} });
  try {
    await page.waitForTimeout(SETTLE_MS);
    await page.screenshot({ path, fullPage: !OF_THE_WINDOW.includes(state.name) });
  } finally {
    await close();
  }
}
