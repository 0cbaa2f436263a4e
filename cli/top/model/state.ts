import type { JobName } from '../../../shared/ids.js';
import { DEFAULT_SORT } from './order.js';
import type { ClusterData, Row } from './rows.js';

/** Rows above and below the body: two of totals, a notice, the titles; the keys. */
export const HEADER_ROWS = 4;
export const FOOTER_ROWS = 1;
/** Below it nothing useful fits. */
export const MIN_SIZE = { columns: 40, rows: 8 } as const;

/** How the cluster is known at the moment. */
export interface Link {
  readonly cluster: string;
  readonly isConnected: boolean;
  /** Every node was read, and nothing is known to be missing. */
  readonly isWhole: boolean;
  /** A leader was heard of lately. */
  readonly hasLeader: boolean;
  /** Since the newest message of the leader, ms; null = none yet. */
  readonly silentMs: number | null;
  /** 0 = none was heard. */
  readonly epoch: number;
  /** Name of the leader; null = not known. */
  readonly leader: string | null;
}

/** A list of lines that fills the body instead of the jobs. */
export interface TextPage {
  readonly kind: 'story' | 'events' | 'help';
  /** The job of a story; null for the others. */
  readonly job: JobName | null;
  /** null = they are being read. */
  readonly lines: readonly string[] | null;
  /** First line that is shown; `end` = the last ones, and those to come. */
  readonly first: number | 'end';
}
export type Page =
  | { readonly kind: 'jobs' }
  | { readonly kind: 'nodes'; readonly first: number }
  | TextPage;

/** Columns and rows of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** All that a frame is made of, but for the sparklines. */
export interface TopState {
  readonly size: Size;
  readonly link: Link;
  /** null = nothing was read yet. */
  readonly data: ClusterData | null;
  /** The rows that the filter lets through, in their order. */
  readonly shown: readonly Row[];
  readonly sort: string;
  readonly filter: string;
  /** What is typed goes into the filter. */
  readonly isFiltering: boolean;
  /** Data that comes is not shown. */
  readonly isPaused: boolean;
  /** Id of the allocation that was chosen; null = none, and the first row is marked. */
  readonly chosen: string | null;
  /** Index of the marked row in `shown`, and of the first one on the screen. */
  readonly marked: number;
  readonly first: number;
  readonly page: Page;
  readonly isOver: boolean;
}

/** Before anything is known. */
export const initialState = (
  size: Size,
  { cluster, sort, filter }: { cluster: string; sort?: string; filter?: string },
): TopState => ({
  size,
  link: {
    cluster,
    isConnected: true,
    isWhole: false,
    hasLeader: false,
    silentMs: null,
    epoch: 0,
    leader: null,
  },
  data: null,
  shown: [],
  sort: sort ?? DEFAULT_SORT,
  filter: filter ?? '',
  isFiltering: false,
  isPaused: false,
  chosen: null,
  marked: 0,
  first: 0,
  page: { kind: 'jobs' },
  isOver: false,
});

/** Rows of the body. */
export const bodyRows = ({ size }: Pick<TopState, 'size'>): number =>
  Math.max(1, size.rows - HEADER_ROWS - FOOTER_ROWS);

/** The values are not of now, whatever the nodes say. */
export const isCutOff = ({ isConnected, hasLeader }: Link): boolean => !isConnected || !hasLeader;
