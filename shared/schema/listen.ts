import { err, ok, type Result } from '../result.js';
import { setting, value } from './settings.js';

/** Where to listen. */
export interface ListenAddress {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
}

/** What a text of an address may say beside it. */
export interface ListenForm {
  /** The usual port, for the cure. */
  readonly port: number;
  /** `off` is taken as well. */
  readonly mayBeOff: boolean;
}

const FORM = /^(?:\[([0-9a-fA-F:.]{2,45})\]:|([A-Za-z0-9.-]{1,253}):|:)?(\d{1,5})$/;
/** A port alone is one of this machine, and of no other. */
const LOOPBACK = '127.0.0.1';
const shown = (text: string): string => JSON.stringify(text.slice(0, 60));

/** Reads an address with a port, or a port alone. The error is a sentence without the name. */
export function parseListen(text: string, form: ListenForm): Result<ListenAddress, string> {
  const [, v6, name, digits] = FORM.exec(text) ?? [];
  const port = Number(digits);
  const host = v6 ?? name ?? LOOPBACK;
  return port < 65_536 && mayBeHost(host) ? ok({ host, port }) : err(refusal(text, form));
}

/** Whether a host is a name, or numbers that are an address: `256.1.1.1` and `:::` are none. */
const mayBeHost = (host: string): boolean =>
  URL.canParse(host.includes(':') ? `http://[${host}]` : `http://${host}`);

/** As `parseListen`, of what may be off = null. */
export const parseListenOrOff = (
  text: string,
  port: number,
): Result<ListenAddress | null, string> =>
  text === 'off' ? ok(null) : parseListen(text, { port, mayBeOff: true });

function refusal(text: string, { port, mayBeOff }: ListenForm): string {
  const cures = [`${LOOPBACK}:${port}`, `[::1]:${port}`, `${port} for this machine alone`];
  const more = mayBeOff ? ', or off for none' : '';
  return `${shown(text)} is no address with a port: write ${cures.join(', ')}${more}`;
}

/** The setting `metrics.listen` of a program whose metrics are at `port` by default. */
export const metricsListen = (port: number) =>
  setting(
    value<ListenAddress | null>((text) => parseListenOrOff(text, port), {
      type: ['string', 'integer'],
      pattern: `^off$|${FORM.source}`,
    }),
    `127.0.0.1:${port}`,
    'where Prometheus reads the metrics of this program ([metrics.md](metrics.md)): an address ' +
      'with a port (the next free one where it is taken; 0 = any), a port alone for 127.0.0.1, ' +
      'or `off`. Names of jobs and nodes can be read there without a key',
  );

/** `host:port`, as it stands in a URL. */
export const authority = ({ host, port }: ListenAddress): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;
