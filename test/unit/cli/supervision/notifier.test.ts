import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createNotifier } from '../../../../cli/supervision/notifier.js';
import { silentLog } from '../../../../shared/log.js';
import { canNotify, NotifyReceiver } from '../../../lib/notify-receiver.js';
import { until } from '../../../lib/until.js';

describe('the notifier', function () {
  this.timeout(60_000);
  let receiver: NotifyReceiver | undefined;
  const before = process.env.NOTIFY_SOCKET;

  beforeEach(async function () {
    if (!canNotify()) return this.skip();
    receiver = await NotifyReceiver.start();
    process.env.NOTIFY_SOCKET = receiver.socket;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.NOTIFY_SOCKET;
    else process.env.NOTIFY_SOCKET = before;
    receiver?.stop();
    receiver = undefined;
  });
  const messages = () => receiver?.messages ?? [];

  it('speaks to a real datagram socket by systemd-notify', async () => {
    const notifier = createNotifier('systemd-notify', silentLog);
    notifier.send({ READY: '1', STATUS: 'leads with epoch 5\nWATCHDOG=1' });
    await notifier.flush();
    await until(() => messages().length > 0, 'the message');
    assert.deepEqual(messages(), [['READY=1', 'STATUS=leads with epoch 5 WATCHDOG=1']]);
  });

  it('joins what is said while a message is on its way, the newest value of each', async () => {
    const notifier = createNotifier('systemd-notify', silentLog);
    notifier.send({ STATUS: 'one' });
    for (const text of ['two', 'three', 'four']) notifier.send({ STATUS: text });
    notifier.send({ WATCHDOG: '1' });
    await notifier.flush();
    await until(() => messages().length > 1, 'the messages');
    assert.deepEqual(messages(), [['STATUS=one'], ['STATUS=four', 'WATCHDOG=1']]);
  });

  it('warns once where the program fails, and goes on', async () => {
    const warned: string[] = [];
    const log = { ...silentLog, warn: (text: string) => void warned.push(text) };
    const notifier = createNotifier('/nowhere/systemd-notify', log);
    notifier.send({ READY: '1' });
    await notifier.flush();
    notifier.send({ WATCHDOG: '1' });
    await notifier.flush();
    assert.deepEqual(warned, ['the service manager could not be told']);
  });
});
