/** Port of NATS where nothing else is said. */
export const DEFAULT_NATS_PORT = 4222;

/** One spelling of an address: `localhost`, `nats://localhost:4222` and so on are the same. */
export function plainAddress(url: string): string {
  const { host, port } = placeIn(url);
  return `${host === 'localhost' ? '127.0.0.1' : host}:${port}`;
}

/** The ports of those addresses, of a list with commas, that are on the machine that asks. */
export const loopbackPorts = (urls: string): readonly number[] =>
  urls
    .split(',')
    .map(placeIn)
    .flatMap(({ host, port }) => (LOOPBACK.test(host) ? [port] : []));

/** Whether each address of a list with commas is on the machine that asks. */
export const isLoopback = (urls: string): boolean =>
  loopbackPorts(urls).length === urls.split(',').length;

/** The unspecified addresses reach this machine, too. */
const LOOPBACK =
  /^(?:|(?:.+\.)?localhost\.?|127(?:\.\d+)*|0(?:\.\d+)*|::|::1|(?:0+:){7}0*1|::ffff:127\..*)$/;

function placeIn(url: string): { readonly host: string; readonly port: number } {
  const place = url
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^[^/]*@/, '')
    .replace(/\/.*$/, '');
  const [, inBrackets, plain = place, port] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(place) ?? [];
  return { host: inBrackets ?? plain, port: Number(port ?? DEFAULT_NATS_PORT) };
}
