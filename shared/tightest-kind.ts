/** How many more jobs of a kind have room, and what keeps out the next; null = not known. */
export interface KindOfJobs {
  readonly more: number | null;
  readonly limit: object | null;
}

/**
 * The kind of which the fewest more have room: what limits it is the next bottleneck of a cluster.
 * undefined = of no kind both are known.
 */
export function tightestKind<Kind extends KindOfJobs>(room: readonly Kind[]): Kind | undefined {
  const [tightest] = room
    .filter(({ more, limit }) => more !== null && limit !== null)
    .sort((a, b) => (a.more ?? 0) - (b.more ?? 0));
  return tightest;
}
