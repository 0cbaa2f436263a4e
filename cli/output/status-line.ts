import { cutText } from './fit.js';

/** A stream that a person may look at. */
interface Screen {
  write(text: string): unknown;
  readonly columns?: number;
}

const USUAL_COLUMNS = 80;
const CLEAR = '\r\u001b[K';

/**
 * A line at the bottom of a terminal that is drawn again in its place. What else is written comes
 * above it: `above` takes it away, writes, and draws it again.
 */
export class StatusLine {
  readonly #screen: Screen;
  #text = '';

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Shows another text; '' takes the line away. */
  set(text: string): void {
    if (text === this.#text) return;
    const isShown = this.#text !== '';
    this.#text = text;
    if (isShown || text !== '') this.#screen.write(`${CLEAR}${this.#cut()}`);
  }

  /** Runs what writes lines to the same terminal. */
  above(write: () => void): void {
    if (this.#text !== '') this.#screen.write(CLEAR);
    write();
    if (this.#text !== '') this.#screen.write(this.#cut());
  }

  /** A line that is as wide as the terminal would move to the next one. */
  #cut(): string {
    // A terminal that does not know its width says 0.
    const columns = this.#screen.columns || USUAL_COLUMNS;
    return cutText(this.#text, Math.max(1, columns - 1));
  }
}
