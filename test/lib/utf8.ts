/** The text as UTF-8. */
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The text that UTF-8 bytes stand for. */
export const text = (data: Uint8Array): string => new TextDecoder().decode(data);
