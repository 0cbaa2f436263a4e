import assert from 'node:assert/strict';
import type { TestWorker } from './worker.js';

/** Runs the unit of the console on the machine, with its settings where the package puts them. */
export async function consoleRuns(worker: TestWorker, deploy: string, nats: string): Promise<void> {
  await worker.sh(
    `install -m 644 ${deploy}/systemd/dqoes-console.service /etc/systemd/system/; ` +
      `echo 'DQOES_CONSOLE_OPTIONS=--nats ${nats}' >/etc/default/dqoes-console; ` +
      'systemctl daemon-reload; systemctl start dqoes-console',
  );
  const ask = "fetch('http://127.0.0.1:8470/').then((answer) => console.log(answer.status))";
  assert.equal(await worker.sh(`node -e "${ask}"`), '200');
  assert.match(
    await worker.sh('systemctl show -p StatusText --value dqoes-console'),
    /^(shows \d+ nodes|starts)/,
  );
  assert.equal(await worker.sh('systemctl show -p User --value dqoes-console'), 'dqoes-console');
  // What belongs to the coordinator is not for it.
  const reads = 'runuser -u "$user" -- test -r /etc/dqoes/coordinator.yaml && echo "$user"';
  const readers = await worker.sh(`for user in dqoes dqoes-console; do ${reads}; done; true`);
  assert.equal(readers, 'dqoes');
  assert.equal(await worker.sh('systemd-analyze verify dqoes-console.service 2>&1'), '');
  await worker.sh('systemd-analyze security --threshold=15 dqoes-console.service');
  await worker.sh(
    'systemctl stop dqoes-console; rm /etc/systemd/system/dqoes-console.service ' +
      '/etc/default/dqoes-console; systemctl daemon-reload',
  );
}
