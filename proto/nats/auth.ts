/** How a client proves who it is. `creds` and `seed` hold the text of the file, not its path. */
export type NatsAuth =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'creds'; readonly creds: string }
  | { readonly kind: 'nkey'; readonly seed: string };

/** Paths of PEM files; `{}` asks for TLS with the system's certificates. */
export interface NatsTls {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}
