/**
 * A console in a process of its own, for `bench:console`: `URL CLUSTER`. As `dqoes console`, but it
 * counts no requests of one address: the bench is one. Prints its address and runs until SIGTERM.
 */
import { parseJobFile } from '../../../cli/job-file/parse.js';
import { startConsole } from '../../../console/console.js';
import { connectNats } from '../../../proto/nats/connect.js';
import { silentLog } from '../../../shared/log.js';
import { systemClock } from '../../lib/system-clock.js';

const [url = '', cluster = ''] = process.argv.slice(2);
const client = await connectNats({ servers: [url], name: 'console', log: silentLog });
if (!client.ok) throw new Error(client.error);
const started = await startConsole(
  {
    ...{ cluster, host: '127.0.0.1', port: 0 },
    limits: { requestsPerSecond: 1e9, requestsAtOnce: 1e9 },
  },
  {
    bus: client.value.bus,
    clock: systemClock,
    log: silentLog,
    version: 'bench',
    readJobs: parseJobFile,
  },
);
if (!started.ok) throw new Error(JSON.stringify(started.error));
console.log(started.value.url);
process.once('SIGTERM', () => {
  void started.value.stop().then(() => process.exit(0));
});
