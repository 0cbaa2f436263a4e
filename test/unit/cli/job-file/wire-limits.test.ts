import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseJobFile } from '../../../../cli/job-file/parse.js';
import { check } from '../../../../proto/codec/check.js';
import { jobSpec } from '../../../../proto/schemas/job.js';
import { type JobSpec, MAX_SUBMITTED_JOBS } from '../../../../shared/job.js';
import { faultsOf, MINIMAL } from './build.js';

/** Something of which a job can have, or a text that can hold, `max` and no more. */
interface Bound {
  readonly name: string;
  readonly max: number;
  readonly line: (count: number) => string;
  readonly spec: (count: number) => Partial<JobSpec>;
  /** `line:column field message` of one more. */
  readonly fault: string;
}

const named = (count: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`N${at}`, 'x']));
const flow = (entries: object): string => JSON.stringify(entries).replaceAll('":', '": ');
const labelled = (labels: Readonly<Record<string, string>>): Partial<JobSpec> => ({
  constraints: { labels },
});
const numbers = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => at + 1);

const BOUNDS: readonly Bound[] = [
  {
    name: 'arguments',
    max: 256,
    line: (count) => `command: ${flow(Array(count).fill('a'))}`,
    spec: (count) => ({ command: Array(count).fill('a') }),
    fault: '4:10 command has 257 entries: write at most 256',
  },
  {
    name: 'characters of an argument',
    max: 4096,
    line: (count) => `command: [a, ${'x'.repeat(count)}]`,
    spec: (count) => ({ command: ['a', 'x'.repeat(count)] }),
    fault: '4:14 command.1 is 4097 characters long: use at most 4096',
  },
  {
    name: 'variables',
    max: 256,
    line: (count) => `env: ${flow(named(count))}`,
    spec: (count) => ({ env: named(count) }),
    fault: '4:6 env has 257 values: write at most 256',
  },
  {
    name: 'characters of a value',
    max: 8192,
    line: (count) => `env: { A: ${'x'.repeat(count)} }`,
    spec: (count) => ({ env: { A: 'x'.repeat(count) } }),
    fault: '4:11 env.A is 8193 characters long: use at most 8192',
  },
  {
    name: 'labels',
    max: 64,
    line: (count) => `constraints: { labels: ${flow(named(count))} }`,
    spec: (count) => labelled(named(count)),
    fault: '4:24 constraints.labels has 65 entries: write at most 64',
  },
  {
    name: 'characters of a label',
    max: 256,
    line: (count) => `constraints: { labels: { a: ${'x'.repeat(count)} } }`,
    spec: (count) => labelled({ a: 'x'.repeat(count) }),
    fault: '4:29 constraints.labels.a is 257 characters long: use at most 256',
  },
  {
    name: 'ports',
    max: 64,
    line: (count) => `ports: ${flow(numbers(count))}`,
    spec: (count) => ({ ports: numbers(count).map((containerPort) => ({ containerPort })) }),
    fault: '4:8 ports has 65 entries: write at most 64',
  },
];

const MINIMAL_SPEC = (() => {
  const parsed = parseJobFile(MINIMAL);
  assert.ok(parsed.ok);
  return parsed.value[0] as JobSpec;
})();
const canBeSent = (changes: Partial<JobSpec>): boolean =>
  check(jobSpec, { ...MINIMAL_SPEC, ...changes }).ok;
const shown = (text: string): readonly string[] =>
  faultsOf(text).map(({ line, column, field, message }) =>
    `${line}:${column} ${message}`.replace(`${field}: `, `${field} `),
  );

describe('a job file takes what can be sent, and names the place of what cannot', () => {
  for (const { name, max, line, spec, fault } of BOUNDS)
    it(`${max} ${name}`, () => {
      const parsed = parseJobFile(`${MINIMAL}${line(max)}\n`);
      assert.ok(parsed.ok, JSON.stringify(parsed));
      assert.deepEqual(parsed.value, [{ ...MINIMAL_SPEC, ...spec(max) }]);
      assert.deepEqual([canBeSent(spec(max)), canBeSent(spec(max + 1))], [true, false]);
      assert.deepEqual(shown(`${MINIMAL}${line(max + 1)}\n`), [fault]);
    });

  it('256 values beside secrets, which count by themselves', () => {
    const secrets = Array.from({ length: 32 }, (_, at) => `  S${at}: { secret: s }\n`).join('');
    const values = Object.keys(named(256)).map((name) => `  ${name}: x\n`);
    const parsed = parseJobFile(`${MINIMAL}env:\n${values.join('')}${secrets}`);
    assert.ok(parsed.ok && check(jobSpec, parsed.value[0]).ok, JSON.stringify(parsed));
  });

  it('names of 128 characters, whole', () => {
    const name = `N${'n'.repeat(127)}`;
    const parsed = parseJobFile(`${MINIMAL}env: { ${name}: a, ${name.slice(1)}: b }\n`);
    assert.ok(parsed.ok, JSON.stringify(parsed));
    assert.deepEqual(parsed.value[0]?.env, { [name]: 'a', [name.slice(1)]: 'b' });
    assert.equal(faultsOf(`${MINIMAL}env: { ${name}n: a }\n`).length, 1);
  });

  it('no names that reach a prototype', () => {
    for (const name of ['constructor', 'prototype']) {
      const message = `holds the name ${name}, which cannot be sent: use another`;
      assert.deepEqual(shown(`${MINIMAL}env: { ${name}: a }\n`), [`4:6 env ${message}`]);
      const labels = `constraints: { labels: { ${name}: a } }\n`;
      assert.deepEqual(shown(`${MINIMAL}${labels}`), [`4:24 constraints.labels ${message}`]);
      assert.ok(!canBeSent({ env: { [name]: 'a' } }) && !canBeSent(labelled({ [name]: 'a' })));
    }
  });

  it('no half of a character, wherever it can be written', () => {
    const half = '"\\ud83d"';
    const message = 'has half of a character (one surrogate), which cannot be sent: write';
    const LINES: Readonly<Record<string, string>> = {
      'command.0': `command: [${half}]`,
      'env.A': `env: { A: ${half} }`,
      'constraints.labels.a': `constraints: { labels: { a: ${half} } }`,
      'latency.body': `latency: { source: probe, body: ${half} }`,
      'latency.match': `latency: { source: prometheus, match: "a=\\"\\ud83d\\"" }`,
      'latency.pattern': `latency: { pattern: "\\ud83d(?<value>[0-9]+)" }`,
    };
    for (const [field, line] of Object.entries(LINES)) {
      const [fault, ...others] = faultsOf(`${MINIMAL}${line}\n`);
      assert.deepEqual([fault?.field, fault?.line, others], [field, 4, []], line);
      assert.ok(fault?.message.startsWith(`${field}: ${message}`), fault?.message);
    }
    const whole = parseJobFile(`${MINIMAL}env: { A: "\\ud83d\\ude00" }\n`);
    assert.deepEqual(whole.ok ? whole.value[0]?.env : whole, { A: '\u{1f600}' });
  });

  it(`${MAX_SUBMITTED_JOBS} jobs`, () => {
    const file = (count: number): string =>
      Array.from({ length: count }, (_, at) => MINIMAL.replace('name: a', `name: a${at}`)).join(
        '---\n',
      );
    const most = parseJobFile(file(MAX_SUBMITTED_JOBS));
    assert.equal(most.ok && most.value.length, MAX_SUBMITTED_JOBS);
    const [fault, ...others] = faultsOf(file(MAX_SUBMITTED_JOBS + 1));
    assert.deepEqual([fault?.code, fault?.line, others], ['job.bad-value', 4001, []]);
    assert.match(fault?.message ?? '', /holds 1001 jobs, and at most 1000 .*: make it several/);
  });
});
