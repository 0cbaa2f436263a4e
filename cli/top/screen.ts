import type { Clock } from '../../shared/clock.js';
import { frameDiff } from '../grid/diff.js';
import type { Frame } from '../grid/frame.js';
import { type Key, lastKeys, readKeys } from '../grid/keys.js';
import type { Terminal } from '../shell/terminal.js';

/** The other screen, no cursor, and lines that do not run on. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const LEAVE = '\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';
/** An Escape that nothing follows within this time is the key, ms. */
const ESCAPE_MS = 50;
/** A stop that was asked for has happened by then, ms. */
const STOPPED_MS = 50;

/** How a screen is used. */
export interface ScreenOptions {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly colour: boolean;
  readonly onKey: (key: Key) => void;
  readonly onResize: () => void;
}

/**
 * The whole terminal, from `enter` to `leave`, which puts it back as it was. It does so by itself
 * when the process ends.
 */
export class Screen {
  readonly #options: ScreenOptions;
  #shown: Frame | undefined;
  #releases: readonly (() => void)[] = [];
  #rest = '';
  #typed = 0;

  constructor(options: ScreenOptions) {
    this.#options = options;
  }

  /** It holds the terminal. */
  get isOpen(): boolean {
    return this.#releases.length > 0;
  }

  enter(): void {
    const { terminal, onResize } = this.#options;
    this.#shown = undefined;
    this.#releases = [
      terminal.onExit(() => this.leave()),
      terminal.onResize(onResize),
      terminal.takeInput((text) => this.#type(text)),
    ];
    terminal.write(ENTER);
  }

  /** May be called more than once. */
  leave(): void {
    if (!this.isOpen) return;
    for (const release of this.#releases) release();
    this.#releases = [];
    this.#options.terminal.write(LEAVE);
  }

  /** Writes what is not there yet. */
  show(frame: Frame): void {
    if (!this.isOpen) return;
    const { terminal, colour } = this.#options;
    const text = frameDiff(this.#shown, frame, colour);
    this.#shown = frame;
    if (text !== '') terminal.write(text);
  }

  /** Something else may have been written: the next frame is drawn whole. */
  forget(): void {
    this.#shown = undefined;
  }

  /** Gives the terminal back to the shell until it says that this program goes on. */
  async suspend(): Promise<void> {
    const { terminal, clock } = this.#options;
    this.leave();
    terminal.stop();
    // The signal may come a moment after this call, and time stands still while it is stopped.
    await clock.sleep(STOPPED_MS);
    this.enter();
  }

  #type(text: string): void {
    const { clock } = this.#options;
    this.#typed += 1;
    const { keys, rest } = readKeys(this.#rest + text);
    this.#rest = rest;
    for (const key of keys) this.#options.onKey(key);
    if (rest === '') return;
    const typed = this.#typed;
    void clock.sleep(ESCAPE_MS).then(() => {
      if (typed !== this.#typed) return;
      this.#rest = '';
      for (const key of lastKeys(rest)) this.#options.onKey(key);
    });
  }
}
