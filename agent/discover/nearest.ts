/** Edit distance (insert, delete, replace) of two short texts. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replace, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The known word nearest to `word`; the first of equals. `undefined` only when `known` is empty. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  const bounded = word.slice(0, 64);
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(bounded, candidate);
    if (best === undefined || distance < best.distance) best = { word: candidate, distance };
  }
  return best?.word;
}
