import type { Page, PageAsked } from '../../shared/paging.js';

/** All pages one after the other, and how many there were. */
export function everyPage<T, K extends string>(
  read: (asked: PageAsked<K>) => Page<T, K>,
  limit: number,
): { readonly rows: readonly T[]; readonly pages: number } {
  const rows: T[] = [];
  let after: K | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = read({ after, limit });
    rows.push(...page.rows);
    if (page.next === undefined) return { rows, pages };
    after = page.next;
  }
}
