import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type FakeConsole, startFakeConsole } from './fake-console.js';
import { type PageState, tellStory } from './states.js';

/** A state of the page that is looked at. */
export interface OpenedState {
  readonly page: Page;
  close(): Promise<void>;
}

interface Opening {
  readonly look: BrowserContextOptions;
  /** Called before anything is opened. */
  readonly watch?: (page: Page) => void;
}

/** Opens a view of the page in one of its states, before a console of its own. */
export async function openState(
  browser: Browser,
  state: PageState,
  { look, watch }: Opening,
): Promise<OpenedState> {
  const fake = await startFakeConsole(state.scene(), { requireToken: state.requireToken === true });
  if (state.isQuiet !== true) tellStory(fake);
  const context = await browser.newContext(look);
  const close = async (): Promise<void> => {
    await context.close();
    await fake.stop();
  };
  try {
    const { token, answers } = state;
    if (token !== undefined)
      await context.addInitScript(`sessionStorage.setItem('dqoes-token', '${token}')`);
    if (answers !== undefined)
      await context.route('**/api/v1/**', (route) =>
        answers === 'none' ? route.abort() : undefined,
      );
    const page = await context.newPage();
    watch?.(page);
    await lead(page, fake, state);
    return { page, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** Leads a new page to the state. */
async function lead(page: Page, fake: FakeConsole, state: PageState): Promise<void> {
  await page.goto(`${fake.url}${state.path}`);
  if (state.isCut === true) {
    await page.getByText('at target').first().waitFor();
    await fake.stop();
  }
  await page.getByText(state.ready).first().waitFor();
  await state.act?.(page);
  if (state.shows !== undefined) await page.getByText(state.shows).first().waitFor();
}
