import { createSocket, type Socket } from 'node:dgram';
import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { performance } from 'node:perf_hooks';
import { DqoesError, messageOf } from '../../shared/errors.js';
import type { PushedBatch } from '../observe/push/observations.js';
import { MAX_DATAGRAM_BYTES, parseStatsd } from '../observe/push/statsd.js';
import type { PushReceiver } from '../ports/push.js';
import { PushBudget } from './push-budget.js';
import { createPushServer } from './push-http.js';

/** Where the receiver listens, and how much it takes. */
export interface PushReceiverOptions {
  /** Address to listen on; containers must be able to reach it. */
  readonly host: string;
  /** 0 = any free port. */
  readonly httpPort: number;
  readonly udpPort: number;
  /** Observations one address may push in a second. Default 2000. */
  readonly perSenderPerSecond?: number;
  /** Longer datagrams are rejected, bytes. Default 8192. */
  readonly datagramMaxBytes?: number;
  /** Monotonic ms. */
  readonly nowMs?: () => number;
}

/** What is read of one address in a second, bytes. */
const READ_PER_SECOND = 4 * 1024 * 1024;
/** What a request over HTTP counts for at least. */
const LEAST_REQUEST = 1024;

type OnObservation = Parameters<PushReceiver['start']>[0];

/**
 * Receives pushed response times: StatsD over UDP, `POST /v1/observations` and OpenTelemetry
 * metrics (`POST /v1/metrics`) over HTTP. `start` rejects with `config.bad` when an address cannot
 * be bound; nothing a sender does can make it throw.
 */
export function createPushReceiver(options: PushReceiverOptions): PushReceiver {
  return new Receiver(options);
}

class Receiver implements PushReceiver {
  readonly #options: PushReceiverOptions;
  rejected = 0;
  readonly #budget: PushBudget;
  readonly #bytes: PushBudget;
  #onObservation: OnObservation = () => {};
  #http: Server | undefined;
  #udp: Socket | undefined;

  constructor(options: PushReceiverOptions) {
    this.#options = options;
    const nowMs = options.nowMs ?? (() => performance.now());
    this.#budget = new PushBudget(options.perSenderPerSecond ?? 2000, nowMs);
    this.#bytes = new PushBudget(READ_PER_SECOND, nowMs);
  }

  async start(
    onObservation: OnObservation,
  ): Promise<{ readonly httpPort: number; readonly udpPort: number }> {
    this.#onObservation = onObservation;
    try {
      const udpPort = await this.#listenUdp();
      const httpPort = await this.#listenHttp();
      return { httpPort, udpPort };
    } catch (cause) {
      await this.close();
      const { host, httpPort, udpPort } = this.#options;
      const where = `push receiver cannot listen on ${host} (http ${httpPort}, udp ${udpPort})`;
      throw new DqoesError(
        'config.bad',
        `${where}: ${messageOf(cause)}; choose another address or port`,
        { cause },
      );
    }
  }

  async close(): Promise<void> {
    this.#onObservation = () => {};
    const http = this.#http;
    const udp = this.#udp;
    this.#http = undefined;
    this.#udp = undefined;
    await Promise.all([
      udp && new Promise<void>((resolve) => udp.close(() => resolve())),
      http?.listening === true &&
        new Promise<void>((resolve) => {
          http.close(() => resolve());
          http.closeAllConnections();
        }),
    ]);
  }

  #listenUdp(): Promise<number> {
    const { host, udpPort, datagramMaxBytes = 8192 } = this.#options;
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4' });
    this.#udp = socket;
    const cap = Math.min(datagramMaxBytes, MAX_DATAGRAM_BYTES);
    socket.on('message', (data, from) => {
      if (data.length > cap || !this.#mayRead(from.address, data.length)) this.rejected += 1;
      else
        for (const batch of parseStatsd(data.toString('utf8'))) this.#accept(from.address, batch);
    });
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(udpPort, host, () => {
        socket.off('error', reject);
        // Errors of single sends and receives; the socket stays usable.
        socket.on('error', () => {
          this.rejected += 1;
        });
        resolve(socket.address().port);
      });
    });
  }

  #listenHttp(): Promise<number> {
    const server = createPushServer({
      accept: (address, batch) => this.#accept(address, batch),
      mayRead: (address, bytes) => this.#mayRead(address, Math.max(LEAST_REQUEST, bytes)),
      reject: () => {
        this.rejected += 1;
      },
    });
    this.#http = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#options.httpPort, this.#options.host, () => {
        server.off('error', reject);
        server.on('error', () => {
          this.rejected += 1;
        });
        const address = server.address();
        resolve(
          typeof address === 'object' && address !== null ? address.port : this.#options.httpPort,
        );
      });
    });
  }

  #mayRead(address: string, bytes: number): boolean {
    return this.#bytes.take(address, bytes) === bytes;
  }

  /** Hands on what the sender's budget allows; returns how many that were. */
  #accept(address: string, batch: PushedBatch): number {
    const { observations, histograms = [], rejected } = batch;
    const offered = observations.length + histograms.length;
    const granted = this.#budget.take(address, offered);
    this.rejected += rejected + offered - granted;
    if (granted === 0) return 0;
    const from = batch.token === undefined ? { address } : { address, token: batch.token };
    const taken = Math.min(granted, observations.length);
    try {
      this.#onObservation(from, observations.slice(0, taken), histograms.slice(0, granted - taken));
    } catch {
      this.rejected += granted;
    }
    return granted;
  }
}
