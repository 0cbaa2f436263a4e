import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { largePage, smallPage } from './metric-bench-pages.js';

// A process of its own, so that what serving costs is not counted: COUNT servers of `large` or
// `small` pages; prints their ports.
const count = Number(process.argv[2] ?? 1);
const pageOf = process.argv[3] === 'large' ? largePage : smallPage;
const rounds = Array.from({ length: 20 }, (_, round) => Buffer.from(pageOf(round)));
const ports = await Promise.all(
  Array.from({ length: count }, () => {
    let asked = 0;
    const server = createServer((_, response) => {
      const page = rounds[Math.min(asked, rounds.length - 1)];
      asked += 1;
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(page);
    });
    return new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    );
  }),
);
console.log(JSON.stringify(ports));
