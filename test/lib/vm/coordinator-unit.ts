import assert from 'node:assert/strict';
import { until } from '../until.js';
import type { TestWorker } from './worker.js';

const SETTINGS = '/etc/dqoes/coordinator.yaml';
const KEPT = '/etc/dqoes/coordinator.yaml.kept';

/** Whether systemd shows that the coordinator of the machine leads. */
export async function leads(worker: TestWorker): Promise<boolean> {
  const said = await worker.sh('systemctl show -p StatusText --value dqoes-coordinator');
  return said.startsWith('leads with epoch ');
}

const processOf = (worker: TestWorker): Promise<string> =>
  worker.sh('systemctl show -p MainPID --value dqoes-coordinator');

/**
 * A reload with settings that are wrong fails and ends nothing; with right ones another process
 * leads within `patienceMs`, and systemd does not count it as a restart.
 */
export async function coordinatorReloads(worker: TestWorker, patienceMs: number): Promise<void> {
  const before = await processOf(worker);
  await worker.sh(`cp -p ${SETTINGS} ${KEPT}; echo 'nonsense: 1' >>${SETTINGS}`);
  await worker.sh('! systemctl reload dqoes-coordinator');
  assert.match(
    await worker.sh('journalctl -u dqoes-coordinator -o cat --no-pager -n 20'),
    /nonsense/,
  );
  assert.equal(await processOf(worker), before);
  assert.ok(await leads(worker));
  await worker.sh(`mv ${KEPT} ${SETTINGS}; systemctl reload dqoes-coordinator`);
  const isAnother = async (): Promise<boolean> =>
    !['0', before].includes(await processOf(worker)) && (await leads(worker));
  await until(isAnother, 'another process of the coordinator to lead', patienceMs);
  assert.equal(await worker.sh('systemctl show -p NRestarts --value dqoes-coordinator'), '1');
}
