import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  type NatsPrograms,
  natsLaunch,
  natsPrograms,
  slowStart,
} from '../../../../cli/up/nats-launch.js';
import { startStack } from '../../../../cli/up/stack.js';
import { storeFault } from '../../../../cli/up/stack-faults.js';
import { silentLog } from '../../../../shared/log.js';
import { testApp } from '../../../lib/cli-app.js';
import { systemClock } from '../../../lib/system-clock.js';

describe('the parts of dqoes up', () => {
  let stateDir = '';
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'dqoes-stack-'));
  });
  afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

  it('are a fault with its cure where the state folder cannot be written', async () => {
    // In the way of the folder of NATS, as a full disk would be.
    writeFileSync(join(stateDir, 'nats'), '');
    const programs = { natsServer: '/bin/false', docker: undefined, setpriv: undefined };
    const started = await startStack({
      ...{ stateDir, programs, cluster: 'main', log: silentLog },
      clock: testApp().app.clock,
    });
    assert.ok(!started.ok);
    const [fault] = started.error;
    assert.equal(fault?.code, 'config.bad');
    assert.match(fault?.message ?? '', /nats is a file, not a folder\): is the disk full/);
    // Another start finds the folder free.
    assert.equal(existsSync(join(stateDir, 'up.pid')), false);
  });

  it('name a folder of its own as the cure where there is no room for another cluster', () => {
    const { message } = storeFault('full');
    assert.match(message, /for want of room: .* a folder of its own with --state/);
    assert.match(storeFault('unknown').message, /\(unknown\): is the disk full, or JetStream off/);
  });

  it('end at the first Ctrl-C while NATS does not answer yet', async () => {
    const natsServer = join(stateDir, 'nats-server');
    writeFileSync(natsServer, '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 });
    const programs = { natsServer, docker: undefined, setpriv: undefined };
    const started = await startStack({
      ...{ stateDir, programs, cluster: 'main', log: silentLog, clock: systemClock },
      signal: AbortSignal.abort(),
    });
    assert.deepEqual(started.ok ? '' : started.error.map(({ message }) => message), [
      'Stopped while waiting for NATS.',
    ]);
    assert.equal(existsSync(join(stateDir, 'up.pid')), false);
  });

  it('are told to take long only where an image of NATS is started', () => {
    const [natsServer, docker] = ['/usr/bin/nats-server', '/usr/bin/docker'];
    const setpriv = undefined;
    assert.match(slowStart({ natsServer: undefined, docker, setpriv }) ?? '', /image nats:2\.10/);
    assert.equal(slowStart({ natsServer, docker, setpriv }), undefined);
    assert.equal(slowStart({ natsServer: undefined, docker: undefined, setpriv }), undefined);
  });

  it('do without a nats-server that is too old for the streams', () => {
    const which = (program: string): string => `/usr/bin/${program}`;
    for (const version of ['2.10.0', '2.12.1', '3.0.0', ''])
      assert.equal(natsPrograms(which, () => version).natsServer, '/usr/bin/nats-server', version);
    for (const version of ['2.9.10', '1.4.0']) {
      const programs = natsPrograms(which, () => version);
      assert.deepEqual([programs.natsServer, programs.oldNats], [undefined, version]);
      assert.match(slowStart(programs) ?? '', /nats-server .* too old \(2\.10 or newer\): .*image/);
    }
    assert.equal(natsPrograms(() => undefined).oldNats, undefined);
  });

  it('start NATS with a bound on its garbage, or with the one that was given', () => {
    const place = { stateDir: '/s', port: 1, image: 'i', user: { uid: 0, gid: 0 } };
    const program = join(stateDir, 'program');
    writeFileSync(program, '#!/bin/sh\necho "$GOGC $*"\n', { mode: 0o755 });
    const said = (programs: Partial<NatsPrograms>, env = {}): string => {
      const none = { natsServer: undefined, docker: undefined, setpriv: undefined };
      const launch = natsLaunch({ ...none, ...programs }, place);
      return spawnSync(launch?.command ?? '', launch?.args ?? [], { env }).stdout.toString();
    };
    assert.match(said({ natsServer: program }), /^50 -a 127\.0\.0\.1 -p 1 -c /);
    assert.match(said({ natsServer: program }, { GOGC: '200' }), /^200 -a /);
    assert.match(said({ docker: program }), /^50 run .*--env GOGC .* i -c /);
    const setpriv = '/usr/bin/setpriv';
    assert.match(said({ natsServer: program, setpriv }), /^50 -a 127\.0\.0\.1 /);
  });
});
