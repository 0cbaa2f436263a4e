/** A view of the page. */
export type Route =
  | { readonly page: 'overview' }
  | { readonly page: 'job'; readonly name: string }
  | { readonly page: 'node'; readonly id: string }
  | { readonly page: 'events' }
  | { readonly page: 'submit' }
  | { readonly page: 'report' }
  | { readonly page: 'none'; readonly path: string };

/** The view at a path; one that is not known is `none`. */
export function routeOf(path: string): Route {
  if (path === '/' || path === '') return { page: 'overview' };
  if (path === '/events') return { page: 'events' };
  if (path === '/submit') return { page: 'submit' };
  if (path === '/report') return { page: 'report' };
  const [, kind, id] = /^\/(jobs|nodes)\/([A-Za-z0-9_-]{1,63})$/.exec(path) ?? [];
  if (kind === undefined || id === undefined) return { page: 'none', path };
  return kind === 'jobs' ? { page: 'job', name: id } : { page: 'node', id };
}

/** The path of a view. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'overview':
      return '/';
    case 'job':
      return `/jobs/${encodeURIComponent(route.name)}`;
    case 'node':
      return `/nodes/${encodeURIComponent(route.id)}`;
    case 'none':
      return route.path;
    default:
      return `/${route.page}`;
  }
}

/** What the browser's tab says. */
export function titleOf(route: Route): string {
  switch (route.page) {
    case 'overview':
      return 'Overview';
    case 'job':
      return route.name;
    case 'node':
      return route.id;
    case 'events':
      return 'Events';
    case 'submit':
      return 'Plan and submit';
    case 'report':
      return 'Report';
    case 'none':
      return 'No such page';
  }
}

/** The query of an address as pairs; the last of two with one name counts. */
export type Query = Readonly<Record<string, string>>;

/** A query with some values set; an empty one is left out of the address. */
export function withQuery(query: Query, change: Query): Query {
  const entries = Object.entries({ ...query, ...change }).filter(([, value]) => value !== '');
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `?a=1&b=2`, or nothing. */
export function queryText(query: Query): string {
  const parts = Object.entries(query).map(
    // Commas between values are easier to read as they are.
    ([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2C', ',')}`,
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
