/**
 * A console in a process of its own, for `bench:console`: `URL CLUSTER`. As `dqoes console`, but it
 * counts no requests of one address: the bench is one. Prints its address and runs until SIGTERM;
 * answers a message with the number of streams that it has cut.
 */
import { parseJobFile } from '../../../cli/job-file/parse.js';
import { boundHeapGrowth } from '../../../cli/shell/heap-growth.js';
import { startConsole } from '../../../console/console.js';
import { connectNats } from '../../../proto/nats/connect.js';
import { silentLog } from '../../../shared/log.js';
import { Samples } from '../../../shared/monitoring/samples.js';
import { systemClock } from '../../lib/system-clock.js';

const CUT = 'dqoes_console_streams_cut_total';
const [url = '', cluster = ''] = process.argv.slice(2);
boundHeapGrowth(process.execArgv);
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
process.on('message', () => {
  const samples = new Samples();
  started.value.source.collect(samples);
  process.send?.(samples.all.find(({ name }) => name === CUT)?.value ?? 0);
});
process.once('SIGTERM', () => {
  void started.value.stop().then(() => process.exit(0));
});
