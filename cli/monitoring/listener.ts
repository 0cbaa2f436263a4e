import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { err, ok, type Result } from '../../shared/result.js';
import { authority, type ListenAddress } from '../../shared/schema/listen.js';
import type { Scrape } from './exporter.js';

/** A listener that answers `GET /metrics`. */
export interface MetricsListener {
  /** `http://127.0.0.1:8471/metrics`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Ports tried one after the other, beginning with the one that is asked for. */
const MAX_TRIES = 20;
const MAX_CONNECTIONS = 32;
const REQUEST_MS = 5000;

/**
 * Listens on the address, or on the next free port above it. The error is a sentence. Where it
 * listens on this machine only, requests with the name of another one are refused, so that no web
 * page reads the metrics through a name that it has made to point here.
 */
export async function listenForScrapes(
  address: ListenAddress,
  scrape: () => Promise<Scrape>,
): Promise<Result<MetricsListener, string>> {
  const isLocal = isLoopback(address.host);
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS },
    (request, response) => void answer({ request, response, isLocal }, scrape),
  );
  server.maxConnections = MAX_CONNECTIONS;
  const last = address.port === 0 ? 0 : Math.min(65_535, address.port + MAX_TRIES - 1);
  let failure = '';
  for (let port = address.port; port <= last; port += 1) {
    failure = await listen(server, { ...address, port });
    if (failure === '') return ok(listenerOf(server, address.host));
    if (failure !== 'EADDRINUSE') break;
  }
  const where = address.port === 0 ? address.host : `${authority(address)} to ${last}`;
  return err(`${where} cannot be listened on (${failure})`);
}

function listenerOf(server: Server, host: string): MetricsListener {
  const { port } = server.address() as AddressInfo;
  // What listens must not keep a program that has nothing else to do.
  server.unref();
  return {
    url: `http://${authority({ host, port })}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** '' = it listens; else the code of the fault. */
const listen = (server: Server, { host, port }: ListenAddress): Promise<string> =>
  new Promise((resolve) => {
    const onError = (cause: NodeJS.ErrnoException): void => resolve(cause.code ?? cause.message);
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.removeListener('error', onError);
      resolve('');
    });
  });

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly isLocal: boolean;
}

const TEXT = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };

async function answer(
  { request, response, isLocal }: Exchange,
  scrape: () => Promise<Scrape>,
): Promise<void> {
  const { method, url = '/', headers } = request;
  const end = (status: number, text: string, more = {}): void =>
    void response.writeHead(status, { ...TEXT, ...more }).end(`${text}\n`);
  if (isLocal && !isLocalName(headers.host ?? ''))
    return end(403, 'The metrics are for this machine: ask for them by 127.0.0.1 or localhost.');
  if (url.split('?')[0] !== '/metrics') return end(404, 'The metrics are at /metrics.');
  if (method !== 'GET' && method !== 'HEAD')
    return end(405, 'The metrics can only be read: use GET.', { allow: 'GET, HEAD' });
  try {
    const { contentType, text } = await scrape();
    response.writeHead(200, { ...TEXT, 'content-type': contentType });
    response.end(method === 'HEAD' ? undefined : text);
  } catch {
    end(500, 'The metrics could not be collected.');
  }
}

/** Whether only programs of this machine reach the address. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** Of the header `host`, with or without a port. */
const isLocalName = (host: string): boolean =>
  isLoopback(host.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
