import { messageOf } from '../../shared/errors.js';
import type { JobName } from '../../shared/ids.js';
import { WakeLoop } from '../../shared/wake-loop.js';
import { readStory, STORY_MS, storyTexts } from '../explain/read-story.js';
import type { Key } from '../grid/keys.js';
import type { ExitCode } from '../output/faults.js';
import { untilClosedOrAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import type { Session } from '../shell/session.js';
import type { Terminal } from '../shell/terminal.js';
import { draw } from './draw/draw.js';
import { EventTail } from './event-tail.js';
import { Feed } from './feed.js';
import { reduce, type TopEvent } from './model/reduce.js';
import { initialState, type Page, type TopState } from './model/state.js';
import { Screen } from './screen.js';

/** Where it is shown, and where the list begins. */
export interface TopOptions {
  readonly terminal: Terminal;
  readonly sort?: string;
  readonly filter?: string;
  /** Gets what gives the terminal back and ends it, for those who have something to print. */
  readonly onOpen?: (close: () => void) => void;
}

/** Frames a second are at most four. */
const FRAME_MS = 250;
/** Ages go on without news, ms. */
const IDLE_MS = 1000;

/** Shows the cluster on the whole terminal until `q`, Ctrl-C or a signal. */
export const runTop = (app: App, session: Session, options: TopOptions): Promise<ExitCode> =>
  new Top(app, session, options).run();

/** Joins what is pure (`model`, `draw`) with the terminal, the cluster and time. */
class Top {
  readonly #app: App;
  readonly #terminal: Terminal;
  readonly #session: Session;
  readonly #feed: Feed;
  readonly #tail: EventTail;
  readonly #screen: Screen;
  readonly #loop: WakeLoop;
  readonly #onOpen: TopOptions['onOpen'];
  #state: TopState;
  #drawnAtMs = Number.NEGATIVE_INFINITY;
  #code: ExitCode = 0;
  #failure: unknown;
  #end = (): void => {};
  readonly #ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  constructor(app: App, session: Session, { terminal, onOpen, ...options }: TopOptions) {
    this.#app = app;
    this.#terminal = terminal;
    this.#session = session;
    this.#onOpen = onOpen;
    const { clock, output } = app;
    const size = { columns: terminal.columns, rows: terminal.rows };
    this.#state = initialState(size, { cluster: session.cluster, ...options });
    this.#feed = new Feed({ session, clock, onNews: () => this.#loop.wake() });
    this.#tail = new EventTail(session, clock, (lines) => this.#take({ kind: 'events', lines }));
    this.#screen = new Screen({
      terminal,
      clock,
      colour: output.colour,
      onKey: (key) => this.#onKey(key),
      onResize: () => this.#onResize(),
    });
    this.#loop = new WakeLoop({
      clock,
      pass: async () => this.#draw(),
      onError: (cause) => this.#fail(cause),
      pauseMs: () => IDLE_MS,
      coalesceMs: () => Math.max(0, this.#drawnAtMs + FRAME_MS - clock.now()),
    });
  }

  async run(): Promise<ExitCode> {
    const { bus } = this.#session;
    const isClosed = untilClosedOrAborted(bus, this.#app.signal);
    this.#screen.enter();
    this.#onOpen?.(() => this.#close());
    try {
      this.#feed.start();
      this.#loop.start();
      await Promise.race([this.#ended, isClosed]);
    } finally {
      // First of all: what follows may take a while, and may print something.
      this.#screen.leave();
      this.#tail.stop();
      await this.#loop.stop();
      // A question that nobody answers ends with the connection; nobody is to wait for it.
      void this.#feed.stop();
    }
    if (this.#failure === undefined) return this.#code;
    this.#app.output.problem(`dqoes top failed: ${messageOf(this.#failure)}`);
    return 1;
  }

  #close(): void {
    this.#screen.leave();
    this.#code = 1;
    this.#end();
  }

  #fail(cause: unknown): void {
    this.#failure ??= cause;
    this.#end();
  }

  #take(event: TopEvent): void {
    const before = this.#state.page;
    this.#state = reduce(this.#state, event);
    if (this.#state.isOver) this.#end();
    if (this.#state.page !== before) this.#onPage(this.#state.page);
    this.#loop.wake();
  }

  #onKey(key: Key): void {
    if (key === 'suspend') void this.#screen.suspend().then(() => this.#onResize());
    else if (key === 'redraw') this.#onResize();
    else this.#take({ kind: 'key', key });
  }

  #onResize(): void {
    const { columns, rows } = this.#terminal;
    this.#screen.forget();
    this.#take({ kind: 'size', size: { columns, rows } });
  }

  /** Reads what the page needs, and nothing for pages that are not shown. */
  #onPage(page: Page): void {
    if (page.kind === 'events') this.#tail.start();
    else this.#tail.stop();
    if (page.kind === 'story' && page.job !== null && page.lines === null)
      void this.#readStory(page.job).catch((cause: unknown) => this.#fail(cause));
  }

  async #readStory(job: JobName): Promise<void> {
    const wallMs = this.#app.clock.wall();
    const story = await readStory(this.#session, { name: job, fromMs: wallMs - STORY_MS });
    const lines = story.ok
      ? storyTexts(story.value, wallMs)
      : story.error.map(({ message, code }) => `${message} [${code}]`);
    this.#take({ kind: 'story', job, lines });
  }

  #draw(): void {
    const { clock, config } = this.#app;
    this.#state = reduce(this.#state, { kind: 'link', link: this.#feed.link() });
    const data = this.#state.isPaused ? null : this.#feed.take();
    if (data !== null) this.#state = reduce(this.#state, { kind: 'data', data });
    const { history } = this.#feed;
    this.#screen.show(
      draw(this.#state, {
        charset: config.isUtf8 ? 'utf8' : 'ascii',
        valuesOf: (id, last, count) => history.values(id, last, count),
      }),
    );
    this.#drawnAtMs = clock.now();
  }
}
