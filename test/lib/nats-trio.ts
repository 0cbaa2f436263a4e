import { freePort, startNatsServer, type TestNatsServer } from './nats-server.js';

/** Three nats-servers with JetStream, `n1` to `n3`, that know each other; `more` is for each. */
export async function startThree(more = ''): Promise<readonly TestNatsServer[]> {
  const ports = [await freePort(), await freePort(), await freePort()];
  const routes = JSON.stringify(ports.map((port) => `nats-route://127.0.0.1:${port}`));
  return Promise.all(
    ports.map((port, index) => {
      const config =
        `server_name: n${index + 1}\ncluster { name: trio, listen: "127.0.0.1:${port}", ` +
        `routes: ${routes} }\n${more}`;
      return startNatsServer({ config });
    }),
  );
}
