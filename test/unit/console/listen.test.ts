import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, it } from 'mocha';
import { parseJobFile } from '../../../cli/job-file/parse.js';
import { exitCodeOf } from '../../../cli/output/faults.js';
import { startConsole } from '../../../console/console.js';
import { createMemoryBus } from '../../../proto/memory/bus.js';
import { silentLog } from '../../../shared/log.js';
import { ManualClock } from '../../lib/manual-clock.js';

describe('a console that cannot listen', () => {
  const startAt = async (host: string, port: number) => {
    const clock = new ManualClock();
    const bus = createMemoryBus({ clock, log: silentLog });
    const deps = { bus, clock, log: silentLog, version: '1', readJobs: parseJobFile };
    const started = await startConsole({ cluster: 'main', host, port }, deps);
    assert.ok(!started.ok);
    return started.error;
  };

  it('ends by what may pass, so that systemd starts it again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      // The second address is that of no host: one that comes later than the service.
      for (const [host, why] of [
        ['127.0.0.1', /EADDRINUSE/],
        ['192.0.2.1', /EADDRNOTAVAIL/],
      ] as const) {
        const faults = await startAt(host, port);
        assert.match(faults[0]?.message ?? '', why);
        assert.match(faults[0]?.message ?? '', /: give another with --listen ADDRESS:PORT\.$/);
        assert.equal(exitCodeOf(faults), 1);
      }
    } finally {
      other.close();
    }
  });
});
