/** The part of prom-client that makes the text; the whole also loads OpenTelemetry. */
declare module 'prom-client/lib/registry.js' {
  // biome-ignore lint/style/noDefaultExport: a file of CommonJS exports one thing
  export { Registry as default } from 'prom-client';
}
