import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOOKS, launchChromium, whyNoChromium } from '../lib/page/chromium.js';
import { startFakeConsole } from '../lib/page/fake-console.js';
import { PAGE_STATES, tellStory } from '../lib/page/states.js';

// Makes a screenshot of each view of the page in each state and look, before a cluster that is made
// up. Usage: npm run shots [-- FOLDER [NAME…]]; the folder is shots/ where it is absent.

const [folder = 'shots', ...names] = process.argv.slice(2);
const why = whyNoChromium();
if (why !== '') throw new Error(why);
mkdirSync(folder, { recursive: true });
const browser = await launchChromium();
try {
  for (const state of PAGE_STATES.filter(({ name }) => names.length === 0 || names.includes(name)))
    for (const [look, options] of Object.entries(LOOKS)) {
      const fake = await startFakeConsole(state.scene(), {
        requireToken: state.requireToken === true,
      });
      tellStory(fake);
      const context = await browser.newContext(options);
      const { token } = state;
      if (token !== undefined)
        await context.addInitScript(`sessionStorage.setItem('dqoes-token', '${token}')`);
      const page = await context.newPage();
      await page.goto(`${fake.url}${state.path}`);
      if (state.isCut === true) {
        await page.getByText('at target').first().waitFor();
        await fake.stop();
      }
      await page.getByText(state.ready).first().waitFor();
      // Charts and sparklines come with their own questions.
      await page.waitForTimeout(1200);
      const path = join(folder, `${state.name}-${look}.png`);
      await page.screenshot({ path, fullPage: state.name !== 'thousand-jobs' });
      console.log(path);
      await context.close();
      await fake.stop();
    }
} finally {
  await browser.close();
}
