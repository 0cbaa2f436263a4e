import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { readLabels } from '../../agent/discover/labels.js';
import { watchUncontrolled } from '../../agent/wiring/doctor.js';
import { adviceFor } from '../../cli/doctor/advice.js';
import { docker } from '../lib/docker-command.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';

const FOR_MS = 12_000;
const PREFIX = 'dqoes.';

describe('advice on real containers', function () {
  this.timeout(90_000);
  const mark = `advise-${randomUUID().slice(0, 8)}`;
  const [model, quiet] = [`${mark}-model`, `${mark}-quiet`];
  const run = (name: string, ...image: readonly string[]) =>
    docker('run', '-d', '--name', name, '--cpus', '0.5', ...image);
  const format = '{{json .HostConfig}} {{.State.StartedAt}}';
  const inspected = () => docker('inspect', '-f', format, model);

  before(async () => {
    // It serves one request after the other, and logs each.
    await run(model, 'dqoes/sample:1', '--model', 'ocr-cls', '--batch', '6');
    await run(quiet, 'dqoes/tiny:1', 'sleep', '600');
    const hasAnswered = async (): Promise<boolean> => /"ms"/.test(await docker('logs', model));
    await until(hasAnswered, 'the model to answer', 60_000);
  });
  after(() => docker('rm', '-f', model, quiet));

  it('says what a request costs, a target that holds and its labels; changes nothing', async () => {
    const before = await inspected();
    const seen = await watchUncontrolled({
      ...{ names: [model, quiet], forMs: FOR_MS, socketPath: undefined },
      ...{ clock: systemClock, signal: new AbortController().signal },
    });
    assert.ok(seen.ok, JSON.stringify(seen));
    const [advice, none] = seen.value.map((each) => adviceFor(each, PREFIX));
    assert.ok(advice !== undefined && none !== undefined);
    assert.ok(advice.requests > 20, JSON.stringify(advice));
    const { cpuSecondsPerRequest, meanMs, bestMs, usedCores, peakCores, targetMs } = advice;
    assert.ok(cpuSecondsPerRequest !== null && meanMs !== null && bestMs !== null);
    assert.ok(targetMs !== null && usedCores !== null && peakCores !== null);
    // All it uses are its requests, one after the other, with half a core.
    const used = (cpuSecondsPerRequest * advice.requests * 1000) / FOR_MS;
    assert.ok(used > 0.5 * usedCores && used < 1.5 * usedCores, `${used} of ${usedCores}`);
    assert.ok(bestMs <= meanMs && meanMs < targetMs, JSON.stringify(advice));
    assert.ok(peakCores < 0.7, String(peakCores));
    const read = readLabels({ name: model, labels: advice.labels });
    assert.ok(read.spec.ok, JSON.stringify(read));
    assert.equal(read.spec.value.target.latencyMs, targetMs);
    assert.deepEqual([none.targetMs, none.labels], [null, {}]);
    assert.match(none.why, /log: no response times/);
    assert.equal(await inspected(), before);
  });

  it('says which container does not run', async () => {
    const asked = { names: [`${mark}-none`], forMs: FOR_MS, socketPath: undefined };
    const signal = new AbortController().signal;
    const seen = await watchUncontrolled({ ...asked, clock: systemClock, signal });
    assert.ok(!seen.ok);
    assert.match(seen.error[0]?.message ?? '', /no container is called .*: see docker ps -a/);
  });
});
