import type { HttpAnswer, HttpClient, HttpRequest } from '../../../../agent/ports/http.js';
import { err, ok, type Result } from '../../../../shared/result.js';

type PlannedAnswer = string | Result<HttpAnswer, string>;

/** A server whose answers the test says. */
export class PlannedServer implements HttpClient {
  readonly asked: HttpRequest[] = [];
  closed = 0;
  answer: (request: HttpRequest) => PlannedAnswer | Promise<PlannedAnswer> = () =>
    err('connect ECONNREFUSED');

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
