import { afterEach } from 'mocha';
import { TextBrowser } from './browser.js';
import { type FakeConsole, startFakeConsole } from './fake-console.js';
import type { Scene } from './scenes.js';

/** Who opens the page. */
export interface OpenOptions {
  /** Of who looks; absent = nobody is signed in. */
  readonly token?: string;
  /** Whether the server answers nobody without a token. */
  readonly requireToken?: boolean;
}

/** The page, and the server that it is from. */
export interface OpenedPage {
  readonly page: TextBrowser;
  readonly server: FakeConsole;
}

/**
 * To be called inside `describe`: what opens the built page before a cluster that is made up. Both
 * end after each test.
 */
export function pageOpener(): (
  scene: Scene,
  path?: string,
  options?: OpenOptions,
) => Promise<OpenedPage> {
  const endings: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });
  return async (scene, path = '/', { token, requireToken = false } = {}) => {
    const server = await startFakeConsole(scene, { requireToken });
    endings.push(() => server.stop());
    const page = await TextBrowser.open(server.url, path, token);
    endings.push(() => page.close());
    return { page, server };
  };
}
