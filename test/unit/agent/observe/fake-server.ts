import type { HttpAnswer, HttpClient, HttpRequest } from '../../../../agent/ports/http.js';
import { err, ok, type Result } from '../../../../shared/result.js';

/** Upper bounds of the buckets, s. */
export const BOUNDS = [0.1, 0.2, 0.5];

/** A page, or an answer or failure of another kind. */
export type Answer = string | Result<HttpAnswer, string>;

/** A server whose answers the test says. */
export class Server implements HttpClient {
  readonly asked: HttpRequest[] = [];
  closed = 0;
  answer: (request: HttpRequest) => Answer | Promise<Answer> = () => err('connect ECONNREFUSED');

  async ask(
    request: HttpRequest,
    onText: (chunk: string) => void,
  ): Promise<Result<HttpAnswer, string>> {
    this.asked.push(request);
    // What the test plans right after the source was opened counts for its first request, too.
    await Promise.resolve();
    const answer = await this.answer(request);
    if (typeof answer !== 'string') return answer;
    onText(answer);
    return ok({ status: 200, elapsedMs: 12, bytes: answer.length });
  }
  close(): void {
    this.closed += 1;
  }
}
