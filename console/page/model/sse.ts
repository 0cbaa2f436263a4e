/** One message of a stream of server-sent events. */
export interface SseMessage {
  readonly id: string;
  readonly data: string;
}

/** What was read of a stream so far: an unfinished line, and the message it belongs to. */
export interface SseState {
  readonly rest: string;
  readonly data: readonly string[];
  readonly id: string;
}

export const SSE_START: SseState = { rest: '', data: [], id: '' };

/**
 * Takes the next piece of a stream, wherever it was cut. Returns the messages that are whole; an id
 * without data is a message with empty data, so that a place is known before anything happened.
 */
export function readSse(
  state: SseState,
  piece: string,
): { readonly state: SseState; readonly messages: readonly SseMessage[] } {
  const text = state.rest + piece;
  const lines = text.split(/\r\n|\n|\r/);
  let rest = lines.pop() ?? '';
  // A carriage return at the end may be half of a line break.
  if (rest === '' && text.endsWith('\r')) rest = `${lines.pop() ?? ''}\r`;
  let { data, id } = state;
  const messages: SseMessage[] = [];
  for (const line of lines) {
    if (line === '') {
      if (data.length > 0 || id !== '') messages.push({ id, data: data.join('\n') });
      [data, id] = [[], ''];
      continue;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') data = [...data, value];
    else if (field === 'id') id = value;
  }
  return { state: { rest, data, id }, messages };
}
