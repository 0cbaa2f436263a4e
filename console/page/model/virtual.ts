/** Which rows of a long list are made, and the space that stands for the others, px. */
export interface RowWindow {
  readonly from: number;
  /** Not included. */
  readonly to: number;
  readonly above: number;
  readonly below: number;
}

/** What a list of rows of one height shows. */
export interface ListScroll {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly height: number;
}

/** Rows made beyond both edges, so that none is missing while one scrolls. */
const OVERSCAN = 8;

/** The rows of a list that are in sight, and some more on both sides. */
export function windowOf({ count, rowHeight, scrollTop, height }: ListScroll): RowWindow {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const visible = Math.ceil(height / rowHeight);
  const from = Math.min(Math.max(0, first - OVERSCAN), Math.max(0, count - visible));
  const to = Math.min(count, first + visible + OVERSCAN);
  return {
    from,
    to: Math.max(from, to),
    above: from * rowHeight,
    below: (count - Math.max(from, to)) * rowHeight,
  };
}
