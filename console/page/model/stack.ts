/** One layer of stacked values; a null counts as nothing, but a time without any is a gap. */
export interface Layer {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/**
 * The upper edge of each layer on top of those before it, from the first to the last; null where no
 * layer has a value.
 */
export function stacked(layers: readonly Layer[]): readonly (readonly (number | null)[])[] {
  const length = layers[0]?.values.length ?? 0;
  const sums = new Array<number>(length).fill(0);
  const isKnown = Array.from({ length }, (_, i) =>
    layers.some(({ values }) => (values[i] ?? null) !== null),
  );
  return layers.map(({ values }) =>
    values.map((value, i) => {
      sums[i] = (sums[i] ?? 0) + (value ?? 0);
      return isKnown[i] === true ? (sums[i] ?? 0) : null;
    }),
  );
}
