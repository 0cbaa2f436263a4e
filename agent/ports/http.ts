import type { Result } from '../../shared/result.js';

/** A request to a container's own server. */
export interface HttpRequest {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  /** Sent as JSON. */
  readonly body?: string;
  readonly accept?: string;
  /** From the start to the end of the answer. */
  readonly deadlineMs: number;
  /** A longer answer is refused, bytes. */
  readonly maxBytes: number;
}

/** A complete answer. */
export interface HttpAnswer {
  readonly status: number;
  /** From the start to the end of the answer. */
  readonly elapsedMs: number;
  readonly bytes: number;
}

/**
 * One connection to one container, kept between requests. Follows no redirects. Never throws; the
 * error is a sentence.
 */
export interface HttpClient {
  /** `onText` gets the body of a 200 as it comes. */
  ask(request: HttpRequest, onText: (chunk: string) => void): Promise<Result<HttpAnswer, string>>;
  close(): void;
}
