import { err, ok, type Result } from '../result.js';
import { setting, value } from './settings.js';

/** Where to listen. */
export interface ListenAddress {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
}

const FORM = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([A-Za-z0-9.-]{1,253})):(\d{1,5})$/;
const shown = (text: string): string => JSON.stringify(text.slice(0, 60));

/** Reads an address with a port; `off` = null. The error is a sentence without the name. */
export function parseListen(text: string): Result<ListenAddress | null, string> {
  if (text === 'off') return ok(null);
  const [, v6, name, digits] = FORM.exec(text) ?? [];
  const [host, port] = [v6 ?? name, Number(digits)];
  return host !== undefined && port < 65_536
    ? ok({ host, port })
    : err(
        `${shown(text)} is neither off nor an address with a port: write 127.0.0.1:8471, or ` +
          '[::1]:8471',
      );
}

/** An address with a port, or `off` = null. */
const listenAddress = value<ListenAddress | null>(parseListen, {
  type: 'string',
  pattern: `^off$|${FORM.source}`,
});

/** The setting `metrics.listen` of a program whose metrics are at `port` by default. */
export const metricsListen = (port: number) =>
  setting(
    listenAddress,
    `127.0.0.1:${port}`,
    'where Prometheus reads the metrics of this program ([metrics.md](metrics.md)): an address ' +
      'with a port (the next free one where it is taken; 0 = any), or `off`. Names of jobs and ' +
      'nodes can be read there without a key',
  );

/** `host:port`, as it stands in a URL. */
export const authority = ({ host, port }: ListenAddress): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;
