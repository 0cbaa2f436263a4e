import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { NatsTls } from './auth.js';

/**
 * TLS as the client of NATS takes it: the certificate must name one of the addresses given. The
 * client forgets an address that is an IP, and Node then asks for a certificate of `localhost`.
 */
export const tlsOptions = (tls: NatsTls, servers: readonly string[]) => ({
  ...tls,
  checkServerIdentity: (host: string, certificate: PeerCertificate): Error | undefined => {
    const names = servers.map(hostOf);
    if (names.some((name) => checkServerIdentity(name, certificate) === undefined))
      return undefined;
    return checkServerIdentity(names[0] ?? host, certificate);
  },
});

/** Host of `nats://user@host:port`, `host:port`, `host` or `[::1]:port`. */
const hostOf = (server: string): string => {
  const place = server.replace(/^[a-z]+:\/\//i, '').replace(/^[^@/]*@/, '');
  return /^\[([^\]]+)\]/.exec(place)?.[1] ?? place.replace(/[:/].*$/, '');
};
