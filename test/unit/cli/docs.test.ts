import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, it } from 'mocha';
import { AGENT_KEYS } from '../../../agent/config.js';
import { readLabels } from '../../../agent/discover/labels.js';
import { trialsOf } from '../../../cli/doctor/permissions.js';
import { parseJobFile } from '../../../cli/job-file/parse.js';
import { JOB_FILE_KEYS } from '../../../cli/job-file/schema.js';
import { buildProgram } from '../../../cli/program.js';
import { COORDINATOR_KEYS } from '../../../coordinator/config.js';
import { EVENT_TYPES } from '../../../proto/schemas/event.js';
import { ERROR_CODES } from '../../../shared/errors.js';
import { testApp } from '../../lib/cli-app.js';

// The tests run in dist/test/unit/cli; the documents are not built.
const doc = (name: string): string =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
const alertRules = (): string =>
  readFileSync(new URL('../../../../deploy/prometheus/rules.yml', import.meta.url), 'utf8');
/** `gpu: { count: 1 }`, or `resources.gpu.count: 1`, as a cure says it. */
const KEY_IN_CURE = /\b(?:(gpu|cpu): \{ ([\w-]+)|([a-z]+(?:\.[\w-]+)+)): \w/g;
/** First cells of the tables' rows: their code words. */
const tableKeys = (text: string): readonly string[] =>
  [...text.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');

describe('docs', () => {
  it('errors.md lists every code once, with the meaning of shared/errors.ts', () => {
    const rows = [...doc('errors.md').matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map((match) => [
      match[1],
      match[2]?.trim(),
    ]);
    assert.deepEqual(rows, Object.entries(ERROR_CODES));
  });

  it('operating.md says what to do for every alert', () => {
    const alerts = [...alertRules().matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
    const told = [...doc('operating.md').matchAll(/`(Dqoes\w+)`/g)].map(([, name]) => name);
    assert.deepEqual([...told].sort(), [...alerts].sort());
  });

  it('alerts name only keys of the job file that there are', () => {
    const named = [...alertRules().matchAll(KEY_IN_CURE)].map(
      ([, outer, inner, dotted]) => dotted ?? `resources.${outer}.${inner}`,
    );
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((key) => !JOB_FILE_KEYS.includes(key)),
      [],
    );
  });

  it('cli.md shows as many rights of an operator as there are', () => {
    const count = trialsOf({ role: 'operator', publicKey: 'U' }, 'main').length;
    assert.ok(doc('cli.md').includes(` ${count} of ${count} that the role operator needs`));
  });

  it('metrics.md counts the series that its tables list', () => {
    const text = doc('metrics.md');
    const rows = [...text.matchAll(/^\| `(dqoes_\w+)` \| [^|]+ \| ([^|]*) \|/gm)];
    const withLabel = (start: string, label: string): number =>
      rows.filter(
        ([, name = '', labels = '']) => name.startsWith(start) && labels.includes(`\`${label}\``),
      ).length;
    const said =
      /At most (\d+) for each job, (\d+) for each allocation, (\d+) for each node and (\d+) for/;
    assert.deepEqual((said.exec(text) ?? []).slice(1).map(Number), [
      withLabel('dqoes_job_', 'job_name'),
      withLabel('dqoes_allocation_', 'allocation'),
      // A node has two conditions.
      withLabel('dqoes_node_', 'node') + 1,
      withLabel('dqoes_gpu_', 'gpu'),
    ]);
  });

  it('job-file.md lists every key once', () => {
    assert.deepEqual([...tableKeys(doc('job-file.md'))].sort(), [...JOB_FILE_KEYS].sort());
  });

  for (const name of ['job-file.md', 'getting-started.md'])
    it(`${name} has an example that is a good job file`, () => {
      const example = /```yaml\n(name: [\s\S]*?)```/.exec(doc(name))?.[1] ?? '';
      const parsed = parseJobFile(example);
      assert.ok(parsed.ok, JSON.stringify(parsed));
    });

  it('configuration.md lists every key of both files, and the variables that are read', () => {
    const section = (title: string): string =>
      doc('configuration.md').split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
    const sorted = (keys: readonly string[]): readonly string[] => [...keys].sort();
    assert.deepEqual(
      sorted(tableKeys(section('agent.yaml'))),
      sorted([...Object.keys(AGENT_KEYS), 'labels']),
    );
    assert.deepEqual(
      sorted(tableKeys(section('coordinator.yaml'))),
      sorted(Object.keys(COORDINATOR_KEYS)),
    );
    const labels = Object.fromEntries(
      tableKeys(section('Labels on containers')).map((label) => [label, 'true']),
    );
    const { warnings } = readLabels({ name: 'a', labels });
    const unknown = warnings.filter(({ message }) => message.includes('is not known'));
    assert.deepEqual(unknown, []);
  });

  it('wire.md names every type of event', () => {
    const text = doc('wire.md');
    const missing = EVENT_TYPES.filter((type) => {
      const what = type.slice(type.lastIndexOf('.'));
      return !text.includes(`\`${type}\``) && !text.includes(`\`${what}\``);
    });
    assert.deepEqual(missing, []);
  });

  it('cli.md has a section for every command', async () => {
    const names: string[] = [];
    const walk = (command: Command, path: string): void => {
      if (
        command.commands.length === 0 ||
        ['agent', 'coordinator', 'doctor'].includes(command.name())
      )
        names.push(path);
      // A command of scripts, not of people.
      for (const child of command.commands)
        if (!child.name().startsWith('__')) walk(child, `${path} ${child.name()}`);
    };
    walk(await buildProgram(app, () => {}), 'dqoes');
    const sections = [...doc('cli.md').matchAll(/^## (dqoes .+)$/gm)].map(
      (match) => match[1] ?? '',
    );
    assert.deepEqual([...sections].sort(), names.sort());
  });
});

const { app } = testApp();
