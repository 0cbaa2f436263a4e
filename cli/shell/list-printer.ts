import { RowBlocks } from '../output/row-blocks.js';
import { type Column, printable, TableBlocks } from '../output/table.js';
import { AnswerPieces } from './answer-pieces.js';
import type { App } from './app.js';
import type { ShowFlags } from './options.js';
import { listOptions } from './show.js';

/** A list that is printed while it is read, in all its forms. */
export interface ListedRows<Row> {
  readonly columns: readonly Column<Row>[];
  /** Name of the list in the answer for programs. */
  readonly key: string;
  /** For `-q`. */
  readonly nameOf: (row: Row) => string;
  /** What to say when the list is empty. */
  readonly whenEmpty: string;
}

/** Prints the rows of a list as they come, as `showListing` prints those that are known. */
export class ListPrinter<Row> {
  readonly #app: App;
  readonly #view: ListedRows<Row>;
  readonly #form: Form<Row>;
  #isEmpty = true;

  constructor(app: App, flags: ShowFlags, view: ListedRows<Row>) {
    this.#app = app;
    this.#view = view;
    this.#form = formOf(app, flags, view);
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  add(row: Row): void {
    this.#isEmpty = false;
    this.#form.add(row);
  }

  /** To be called after each part of the stream; resolves when the reader has taken its rows. */
  async partRead(): Promise<void> {
    this.#form.partRead?.();
    await this.#app.output.ready?.();
  }

  /** Those were all. */
  end(): void {
    this.#form.end();
    if (this.#isEmpty && this.#form.saysEmpty) this.#app.output.message(this.#view.whenEmpty);
  }

  /** There are more, and they cannot be had: prints the rest of what was given. */
  cut(): void {
    if (!this.#isEmpty) this.#form.cut();
  }
}

interface Form<Row> {
  readonly add: (row: Row) => void;
  readonly partRead?: () => void;
  readonly end: () => void;
  readonly cut: () => void;
  /** An empty list is one that people read. */
  readonly saysEmpty: boolean;
}

function formOf<Row>(app: App, flags: ShowFlags, view: ListedRows<Row>): Form<Row> {
  const { output } = app;
  const print = (lines: readonly string[]): void => {
    for (const line of lines) output.data(line);
  };
  if (flags.output === 'json' || flags.output === 'yaml') {
    const pieces = new AnswerPieces(flags.output, view);
    return {
      add: (row) => print(pieces.item(row)),
      end: () => print(pieces.end()),
      cut: () => print(pieces.cut()),
      saysEmpty: false,
    };
  }
  if (flags.quiet === true)
    return {
      add: (row) => output.data(printable(view.nameOf(row))),
      ...{ end: () => {}, cut: () => {}, saysEmpty: false },
    };
  const table = new TableBlocks(view.columns, listOptions(app, flags.output));
  const blocks = new RowBlocks<Row>((rows) => print(table.lines(rows)));
  const end = (): void => blocks.end();
  return {
    add: (row) => blocks.add(row),
    partRead: () => blocks.partRead(),
    ...{ end, cut: end, saysEmpty: true },
  };
}
