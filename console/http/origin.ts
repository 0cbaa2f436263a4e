import { isIP } from 'node:net';

/** The headers that say from where a request comes. */
export interface OriginHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/** Whether an address is this machine's loopback. */
export const isLoopback = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);

/**
 * Whose requests are counted together, by the address that they come from. Any user of this machine
 * may use each of its sixteen million loopback addresses, so these are all one; and a host each of
 * the 2^64 addresses of its IPv6 network (RFC 4291), so that the network is one.
 */
export function clientAddress(address: string): string {
  if (isLoopback(address)) return 'loopback';
  const [, v4] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (v4 !== undefined) return v4;
  return isIP(address) === 6 ? networkOf(address) : address;
}

/** `fe80::1%eth0` → `fe80:0:0:0::/64`. */
function networkOf(address: string): string {
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groupsIn = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groupsIn(head), groupsIn(tail ?? '')];
  // The last 32 bits may be written as in IPv4.
  const written = before.length + after.length + (address.includes('.') ? 1 : 0);
  const all = [...before, ...Array<string>(8 - written).fill('0'), ...after];
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/**
 * Why a request must not be answered because of the address that the browser was given; undefined =
 * it may. A page of another site can have its own name lead here (DNS rebinding), and is then of
 * the same origin as we are; but its requests carry that name. Addresses cannot be led elsewhere.
 */
export function hostFault(host: string | undefined, names: readonly string[]): string | undefined {
  const name = hostNameOf(host ?? '');
  if (name === undefined) return 'the header Host is missing or no name';
  if (isIP(name) !== 0 || name === 'localhost' || names.includes(name)) return undefined;
  const shown = JSON.stringify(name.slice(0, 80));
  return (
    `the name ${shown} is not one of this console: call it by its address, or start it with ` +
    '--name'
  );
}

/** `[::1]:8470` → `::1`; lower case. */
function hostNameOf(host: string): string | undefined {
  const [, v6, name] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::\d{1,5})?$/.exec(host) ?? [];
  return (v6 ?? name)?.toLowerCase();
}

/** The headers by which a browser says what an answer is for. */
export interface PurposeHeaders {
  readonly 'sec-fetch-mode'?: string | string[] | undefined;
  readonly 'sec-fetch-dest'?: string | string[] | undefined;
}

/**
 * Whether somebody opens an address in a window of its own, as by a link of another site: what a
 * page opens in a frame within itself, which shows nothing of ours, is not that.
 */
export const isOpened = (method: string, headers: PurposeHeaders): boolean =>
  method === 'GET' &&
  headers['sec-fetch-mode'] === 'navigate' &&
  (headers['sec-fetch-dest'] ?? 'document') === 'document';

/**
 * Why a request must not be answered because of who made it: a browser says that it was another
 * site; undefined = it may. Programs that are no browsers send neither header.
 */
export function siteFault(headers: OriginHeaders): string | undefined {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return `it was made by another site (Sec-Fetch-Site: ${String(site).slice(0, 40)})`;
  const { origin, host } = headers;
  if (origin === undefined || origin === `http://${host}` || origin === `https://${host}`)
    return undefined;
  return `it was made by another site (Origin: ${JSON.stringify(origin.slice(0, 80))})`;
}
