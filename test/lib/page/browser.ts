import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Window } from 'happy-dom';
import { until } from '../until.js';

const SITE = join(dirname(fileURLToPath(import.meta.url)), '../../../console/page/site/assets');
/** What the script of the page uses of a browser. */
const GLOBALS = [
  ...['window', 'document', 'history', 'location', 'sessionStorage', 'getComputedStyle'],
  ...['matchMedia', 'requestAnimationFrame', 'cancelAnimationFrame', 'ResizeObserver', 'Event'],
  ...['HTMLElement', 'SVGElement', 'KeyboardEvent', 'MouseEvent', 'CustomEvent', 'Node', 'Text'],
  ...['Element', 'HTMLCanvasElement', 'HTMLDialogElement', 'DOMRect', 'MutationObserver'],
  ...['navigator', 'devicePixelRatio'],
] as const;

/** Answers in JSON by the path of an address. */
export type Fixtures = Readonly<Record<string, unknown>>;

/**
 * The built script of the page on a document without a screen: what it makes can be read and
 * clicked, what it would draw cannot be seen. For what a browser alone can show see test/e2e/page.
 */
export class TextBrowser {
  readonly window: Window;
  readonly #timers: NodeJS.Timeout[] = [];
  #isClosed = false;
  readonly #before = new Map<string, PropertyDescriptor | undefined>();
  static #opened = 0;

  private constructor(base: string, path: string, fixtures: Fixtures) {
    this.window = new Window({ url: `${base}${path}`, width: 1280, height: 800 });
    this.#setGlobals(base, fixtures);
  }

  /**
   * Opens an address of a console; `token` is that of a window in which somebody signed in;
   * `fixtures`: what is answered in its place.
   */
  static async open(
    base: string,
    path: string,
    token?: string,
    fixtures: Fixtures = {},
  ): Promise<TextBrowser> {
    const browser = new TextBrowser(base, path, fixtures);
    if (token !== undefined) browser.window.sessionStorage.setItem('dqoes-token', token);
    const place = browser.window.document.createElement('div');
    place.id = 'page';
    browser.window.document.body.append(place);
    const script = readdirSync(SITE).find((name) => name.endsWith('.js'));
    assert.ok(script, 'the page is not built: node tools/page.mjs');
    TextBrowser.#opened += 1;
    await import(`${pathToFileURL(join(SITE, script)).href}?${TextBrowser.#opened}`);
    return browser;
  }

  get text(): string {
    return this.window.document.body.textContent ?? '';
  }

  /** The elements that a selector finds. */
  all(selector: string) {
    return [...this.window.document.querySelectorAll(selector)];
  }

  /** Waits until a text is there. */
  async shows(pattern: RegExp): Promise<void> {
    await until(
      () => pattern.test(this.text),
      () => `${pattern} in ${this.text.slice(0, 3000)}`,
      10_000,
    );
  }

  /** Clicks the first element whose text, or label, is like that. */
  click(selector: string, pattern: RegExp): void {
    const found = this.all(selector).find((each) =>
      pattern.test(`${each.textContent} ${each.getAttribute('aria-label') ?? ''}`),
    );
    assert.ok(found, `no ${selector} like ${pattern} in ${this.text.slice(0, 2000)}`);
    found.dispatchEvent(
      new this.window.MouseEvent('click', { bubbles: true, cancelable: true, button: 0 }),
    );
  }

  /** Presses keys one after the other. */
  press(...keys: readonly string[]): void {
    for (const key of keys)
      this.window.document.body.dispatchEvent(
        new this.window.KeyboardEvent('keydown', { key, bubbles: true }),
      );
  }

  /** Types into a field, and waits until the page has drawn that. */
  async type(selector: string, text: string): Promise<void> {
    await until(() => this.all(selector).length > 0, selector);
    const field = this.window.document.querySelector(selector) as unknown as { value: string };
    field.value = text;
    (field as unknown as EventTarget).dispatchEvent(
      new this.window.Event('input', { bubbles: true }) as unknown as Event,
    );
    await settled();
  }

  /** Ends the script, and puts the globals back. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.window.dispatchEvent(new this.window.Event('pagehide'));
    await settled();
    for (const timer of this.#timers) {
      clearTimeout(timer);
      clearInterval(timer);
    }
    for (const [name, descriptor] of this.#before)
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    await this.window.happyDOM.close();
  }

  #set(name: string, value: unknown): void {
    this.#before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }

  #setGlobals(base: string, fixtures: Fixtures): void {
    const { window } = this;
    const ask = globalThis.fetch;
    const local: typeof fetch = async (input, init) => {
      const url = new URL(String(input), base);
      const fixture = fixtures[url.pathname];
      return fixture === undefined ? ask(url, init) : Response.json(fixture);
    };
    Object.assign(window, { fetch: local });
    const context = new Proxy(
      {},
      { get: () => () => ({ width: 10, addColorStop: () => {} }), set: () => true },
    );
    window.HTMLCanvasElement.prototype.getContext = (() => context) as never;
    for (const name of GLOBALS) this.#set(name, bound(window, name));
    this.#set(
      'Path2D',
      class {
        moveTo(): void {}
        lineTo(): void {}
        rect(): void {}
        closePath(): void {}
        addPath(): void {}
        arc(): void {}
      },
    );
    for (const name of ['setTimeout', 'setInterval'] as const) {
      const make = globalThis[name];
      this.#set(name, (run: () => void, ms: number) => {
        const timer = make(run, ms);
        this.#timers.push(timer);
        return timer;
      });
    }
  }
}

/** Effects and drawing of the page come some turns after what caused them. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));

/** A value of the window; its functions must be called on it. */
function bound(window: Window, name: string): unknown {
  if (name === 'window') return window;
  const value: unknown = Reflect.get(window, name);
  const isFunction = typeof value === 'function' && /^[a-z]/.test(name);
  return isFunction ? (value as () => unknown).bind(window) : value;
}
