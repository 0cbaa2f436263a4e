import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { Check } from 'typebox/schema';
import { parse, parseAllDocuments } from 'yaml';
import { HOST_POLICY_SETTINGS } from '../../../agent/settings/host-policy.js';
import { parseJobFile } from '../../../cli/job-file/parse.js';
import { printJobFile } from '../../../cli/job-file/print.js';
import { faultLine } from '../../../cli/output/faults.js';
import { COORDINATOR_SETTINGS } from '../../../coordinator/settings.js';
import type { JobSpec } from '../../../shared/job.js';
import { goldenBytes, goldenValue } from '../../lib/fixtures.js';

// The tests run in dist/test/unit/cli; tools, documents and schemas are not built.
const root = new URL('../../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
type Schema = Record<string, unknown>;
const schema = (name: string): Schema => JSON.parse(read(`schemas/${name}.schema.json`)) as Schema;
/** The YAML examples of a document. */
const examplesIn = (path: string): readonly string[] =>
  [...read(path).matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

describe('schemas', () => {
  it('and the tables of the reference are as the code has them: npm run schemas', async () => {
    const { outputs } = (await import(new URL('tools/schemas.mjs', root).href)) as {
      outputs: () => readonly { readonly path: string; readonly text: string }[];
    };
    const stale = outputs().filter(({ path, text }) => read(path) !== text);
    assert.deepEqual(
      stale.map(({ path }) => path),
      [],
    );
  });

  it('accept the job files of the documents, and those that we print', () => {
    const documents = ['README.md', 'docs/job-file.md', 'docs/ceilings.md', 'docs/gpu.md'];
    const texts = documents.flatMap(examplesIn).filter((text) => parseJobFile(text).ok);
    const printed = [goldenValue<JobSpec>('job.v1'), goldenValue<JobSpec>('job-small.v1')];
    for (const text of [...texts, ...printed.map(printJobFile)])
      for (const document of parseAllDocuments(text))
        assert.ok(Check(schema('job-file'), document.toJS()), text);
    assert.ok(texts.length >= 1, `${texts.length} job files in the documents`);
  });

  it('refuse what a job file must not say', () => {
    const good = { name: 'a', image: 'b', target: { latency: '1s' } };
    const bad = [
      ...[
        { ...good, replica: 2 },
        { ...good, weight: -1 },
        { ...good, onLoss: 'kep' },
      ],
      ...[{ name: 'a' }, { ...good, target: { latency: '800' } }, { ...good, ports: [70_000] }],
      ...[
        { ...good, env: { 'a=b': 'c' } },
        { ...good, command: 'sleep' },
      ],
    ];
    assert.ok(Check(schema('job-file'), good));
    for (const each of bad) assert.ok(!Check(schema('job-file'), each), JSON.stringify(each));
  });

  it('accept the settings of the documents, and refuse others', () => {
    const [agent = ''] = examplesIn('docs/configuration.md');
    assert.ok(Check(schema('agent'), parse(agent)), agent);
    const policy = 'cpu: { min: 0.05, max: 4 }\nmemory: { max: 16GiB }\nimages: [r.example/**]\n';
    assert.ok(Check(schema('host-policy'), parse(policy)));
    const coordinator = 'policy: dqoes\nreserve-ratio: 5%\nnats: { replicas: 3 }\ninterval: 5s\n';
    assert.ok(Check(schema('coordinator'), parse(coordinator)));
    assert.ok(!Check(schema('agent'), parse('who: me\n')));
    assert.ok(!Check(schema('host-policy'), parse('cpu: { max: lots }\n')));
    assert.ok(!Check(schema('coordinator'), parse('policy: fair\n')));
  });

  it('accept the golden events and answers as JSON', () => {
    for (const name of ['event.v1', 'event-guarantee.v1']) {
      const event: unknown = JSON.parse(new TextDecoder().decode(goldenBytes(name)));
      assert.ok(Check(schema('event'), event), name);
      assert.ok(!Check(schema('event'), { ...(event as object), type: 'dqoes.job.eaten' }), name);
    }
    const service = schema('service');
    for (const verb of ['job-list', 'node-list']) {
      const reply = goldenValue<{ readonly value: unknown }>(`reply-${verb}.v1`);
      const asked = { ...service, $ref: `#/$defs/${verb}.response` };
      assert.ok(Check(asked, reply.value), verb);
      assert.ok(!Check(asked, {}), verb);
    }
  });

  it('have the defaults that the programs have', () => {
    const { pids, 'memory.default': memory, 'cpu.min': min } = HOST_POLICY_SETTINGS;
    assert.deepEqual([pids.fallback, memory.fallback, min.fallback], [1024, 2 * 1024 ** 3, 0.01]);
    const { interval, 'release-ratio': release } = COORDINATOR_SETTINGS;
    assert.deepEqual([interval.fallback, release.fallback], [5000, 0.1]);
  });
});

describe('a job file with faults of all kinds', () => {
  it('has each fault listed with line, column and cure', () => {
    const parsed = parseJobFile(read('test/fixtures/job-file/faults.yaml'));
    const lines = parsed.ok ? [] : parsed.error.map((fault) => faultLine(fault, 'faults.yaml'));
    assert.deepEqual(lines, read('test/fixtures/job-file/faults.txt').trim().split('\n'));
  });
});
