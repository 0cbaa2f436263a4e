/**
 * Edit distance (insert, delete, replace, swap of neighbours), in characters. Beyond `most` it only
 * says that it is more.
 */
export function editDistance(a: string, b: string, most = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let twoBack: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  let leastBefore = 0;
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (twoBack[j - 2] ?? 0) + 1);
      current.push(best);
    }
    const least = Math.min(...current);
    // A swap goes over one row, so two say what the end is at least.
    if (Math.min(least, leastBefore) > most) return most + 1;
    leastBefore = least;
    twoBack = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/**
 * The known word nearest to `word`, or `undefined` when none is near enough to be meant, as of an
 * empty one. Case is ignored.
 */
export function nearestOf(word: string, known: Iterable<string>): string | undefined {
  const wanted = word.slice(0, 64).toLowerCase();
  if (wanted === '') return undefined;
  let best: string | undefined;
  let most = Math.max(1, Math.floor(wanted.length / 3));
  for (const key of known) {
    const distance = editDistance(wanted, key.toLowerCase(), most);
    if (distance > most) continue;
    best = key;
    most = distance - 1;
  }
  return best;
}

/**
 * ` (did you mean X?)` where the name of a thing that there is may be meant, else ''. One that
 * differs in its number only is another thing and no slip: `gpu-7` is not `gpu-1`. `face-1` may be
 * a container of the job `face`, also with a slip in it.
 */
export function nameMeant(name: string, known: Iterable<string>): string {
  const names = [...known];
  const job = name.replace(/-\d+$/, '');
  const others = names.filter((each) => withoutDigits(each) !== withoutDigits(name));
  const isJob = job !== name && names.includes(job);
  const meant = isJob ? job : (nearestOf(name, others) ?? nearestOf(job, others));
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}

const withoutDigits = (name: string): string => name.replace(/\d/g, '').toLowerCase();
