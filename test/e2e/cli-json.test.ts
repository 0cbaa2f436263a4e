import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { Check } from 'typebox/schema';
import { dqoes } from './cli-program.js';
import { loggingJobFile, startUpCluster, type UpCluster } from './up-cluster.js';

const CLUSTER = `json-${process.pid}`;
const JOB = `json-e2e-${process.pid}`;
const SCHEMA = JSON.parse(
  readFileSync(new URL('../../../schemas/cli.schema.json', import.meta.url), 'utf8'),
) as object;

// What needs a real `dqoes up` or Docker; the rest is in test/integration/cli-json.test.ts.
describe('what commands print with -o json, of real containers', function () {
  this.timeout(120_000);
  let world: UpCluster;
  before(async () => {
    world = await startUpCluster(CLUSTER);
  });
  after(async () => {
    await world.up.end('SIGINT');
    await rm(world.folder, { recursive: true, force: true });
  });

  const holds = (command: string, text: string): void => {
    const schema = { ...SCHEMA, $ref: `#/$defs/${command.replaceAll(' ', '-')}` };
    assert.ok(Check(schema, JSON.parse(text)), `${command}: ${text}`);
  };

  it('is as the schema says: secret set, doctor, doctor --container, and advise', async () => {
    const { env, folder } = world;
    const set = await dqoes(['secret', 'set', 'hush', '-o', 'json'], { env, stdin: 'hush\n' });
    assert.equal(set.code, 0, set.err);
    holds('secret set', set.out);
    const file = join(folder, 'job.yaml');
    await writeFile(file, loggingJobFile(JOB));
    const run = await dqoes(['job', 'run', file, '--wait'], { env });
    assert.equal(run.code, 0, run.err);
    // It takes ten seconds: the doctor looks meanwhile.
    const advising = dqoes(['advise', `dqoes-${JOB}-1`, '--for', '10s', '-o', 'json'], { env });
    const container = ['--container', `dqoes-${JOB}-1`, '--seconds', '1'];
    const looked = await dqoes(['doctor', ...container, '-o', 'json'], { env });
    holds('doctor', looked.out);
    assert.match(looked.out, /"sources":/);
    const host = await dqoes(['doctor', '-o', 'json'], { env });
    holds('doctor', host.out);
    assert.match(host.out, /"sections":/);
    const advised = await advising;
    assert.ok(advised.code === 0 || advised.code === 3, advised.err);
    holds('advise', advised.out);
    assert.match(advised.out, /"requests":/);
  });
});
