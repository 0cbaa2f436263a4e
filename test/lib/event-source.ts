/** An event as it came: its number in the stream, and the CloudEvent as JSON. */
export interface SeenEvent {
  readonly id: number;
  readonly data: string;
}

/** A client of server-sent events, and what it was sent so far. */
export interface EventSource {
  readonly events: readonly SeenEvent[];
  /** Signs of life. */
  readonly beats: number;
  end(): void;
}

/** Follows the stream of a console; fails with the status where it is refused. */
export async function followEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventSource> {
  const ending = new AbortController();
  const response = await fetch(`${url}/api/v1/stream`, { headers, signal: ending.signal });
  if (response.status !== 200) throw new Error(String(response.status));
  const events: SeenEvent[] = [];
  const seen = { events, beats: 0, end: () => ending.abort() };
  void (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        if (block === ':') seen.beats += 1;
        const [, id] = /^id: (\d+)$/m.exec(block) ?? [];
        const [, data] = /^data: (.*)$/m.exec(block) ?? [];
        if (id !== undefined && data !== undefined) events.push({ id: Number(id), data });
      }
    }
  })().catch(() => {});
  return seen;
}
