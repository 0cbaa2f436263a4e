import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readCliConfig } from '../../../../cli/config.js';
import { browserOf, openBrowser } from '../../../../cli/shell/browser.js';

describe('cli: the browser of a person', () => {
  const which = (program: string): string => `/bin/${program}`;

  it('is the one that the environment names, the first of several', () => {
    const { browser, hasDisplay } = readCliConfig({ BROWSER: 'lynx:firefox' });
    assert.equal(browserOf({ browser, hasDisplay, which }), '/bin/lynx');
  });

  it('is xdg-open where there is a display', () => {
    for (const name of ['DISPLAY', 'WAYLAND_DISPLAY']) {
      const { browser, hasDisplay } = readCliConfig({ [name]: ':0' });
      assert.equal(browserOf({ browser, hasDisplay, which }), '/bin/xdg-open');
    }
  });

  it('is none elsewhere, or where the program is missing', () => {
    const { browser, hasDisplay } = readCliConfig({ BROWSER: '', DISPLAY: '' });
    assert.equal(browserOf({ browser, hasDisplay, which }), undefined);
    const missing = readCliConfig({ BROWSER: '/nowhere/firefox', PATH: '/bin' });
    assert.equal(openBrowser(missing, 'http://127.0.0.1:8470/'), false);
  });
});
