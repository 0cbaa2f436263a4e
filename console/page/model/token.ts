/**
 * The token in what was pasted; null = it is none. What is of another form the console refuses, and
 * some signs the browser does not even send.
 */
export function tokenIn(text: string): string | null {
  const word = text.trim().replace(/^Bearer\s+/i, '');
  return /^[A-Za-z0-9_-]{16,200}$/.test(word) ? word : null;
}
