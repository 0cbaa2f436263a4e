// cspell:ignore promtheus
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isEnabled, labelFaults, readLabels } from '../../../../agent/discover/labels.js';
import { DEFAULT_LOG_PATTERN } from '../../../../shared/job.js';
import { editDistance, nearestOf } from '../../../../shared/nearest.js';

const read = (labels: Record<string, string>, prefix?: string) =>
  readLabels({ name: 'my/web', labels }, prefix);

describe('readLabels', () => {
  it('fills defaults for all but the target', () => {
    const { spec, warnings } = read({ 'dqoes.enable': 'true', 'dqoes.target': '300ms' });
    assert.deepEqual(warnings, []);
    assert.deepEqual(spec, {
      ok: true,
      value: {
        job: 'my-web',
        target: { latencyMs: 300, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
        bounds: { minCores: 0.01 },
        weight: 1,
        latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
        control: 'enforce',
      },
    });
  });

  it('reads every label, with another prefix', () => {
    const labels = {
      enable: 'true',
      job: 'face',
      target: '1m30s',
      statistic: 'p99',
      tolerance: '5%',
      mode: 'ceiling',
      weight: '2.5',
      'cpu.min': '0.1',
      'cpu.max': '1.5',
      control: 'observe',
      'latency.pattern': 'took (?<value>[0-9]+)',
      'latency.unit': 'us',
    };
    const prefixed = Object.fromEntries(
      Object.entries(labels).map(([key, value]) => [`org.qoe/${key}`, value]),
    );
    const { spec, warnings } = read(prefixed, 'org.qoe/');
    assert.deepEqual(warnings, []);
    assert.ok(spec.ok);
    assert.deepEqual(spec.value, {
      job: 'face',
      target: { latencyMs: 90_000, statistic: 'p99', toleranceRatio: 0.05, mode: 'ceiling' },
      bounds: { minCores: 0.1, maxCores: 1.5 },
      weight: 2.5,
      latency: { source: 'log', pattern: 'took (?<value>[0-9]+)', unit: 'us' },
      control: 'observe',
    });
  });

  it('finds every fault at once, those of a source that is not known included', () => {
    const reading = read({
      'dqoes.enable': 'true',
      'dqoes.taget': '300ms',
      'dqoes.statistic': 'p98',
      'dqoes.tolerance': 'much',
      'dqoes.latency.source': 'promtheus',
      'dqoes.latency.port': '99999',
      'dqoes.latency.match': 'x',
    });
    assert.deepEqual(
      labelFaults(reading).map(({ code, field }) => [code, field]),
      [
        ['label.bad-value', 'dqoes.statistic'],
        ['label.bad-value', 'dqoes.target'],
        ['label.bad-value', 'dqoes.tolerance'],
        ['label.bad-value', 'dqoes.latency.source'],
        ['label.bad-value', 'dqoes.latency.port'],
        ['label.bad-value', 'dqoes.latency.match'],
        ['label.unknown', 'dqoes.taget'],
      ],
    );
  });

  it('warns about an unknown key with the nearest known one, and still reads the rest', () => {
    const { spec, warnings } = read({
      'dqoes.enable': 'true',
      'dqoes.target': '1s',
      'dqoes.tolerances': '5%',
      'dqoes.zzzzzzzz': '1',
      other: 'x',
    });
    assert.equal(spec.ok, true);
    assert.deepEqual(
      warnings.map(({ code, message }) => [code, message]),
      [
        [
          'label.unknown',
          'label dqoes.tolerances of my/web is not known: did you mean dqoes.tolerance?',
        ],
        [
          'label.unknown',
          'label dqoes.zzzzzzzz of my/web is not known: remove it or see docs/configuration.md',
        ],
      ],
    );
  });

  it('says what may be meant by a group, and by a word for another', () => {
    const { warnings } = read({
      'dqoes.enable': 'true',
      'dqoes.latency': '300ms',
      'dqoes.cpu': '0.5',
      'dqoes.percentile': '95',
    });
    const cures = warnings.map(({ message }) => message.split(' is not known: ')[1]);
    assert.deepEqual(cures, [
      'did you mean dqoes.cpu.min or dqoes.cpu.max?',
      'did you mean dqoes.target or dqoes.latency.source?',
      'did you mean dqoes.statistic?',
    ]);
  });

  it('warns about labels that the latency source does not use', () => {
    const { warnings } = read({
      'dqoes.enable': 'true',
      'dqoes.target': '1s',
      'dqoes.latency.source': 'push',
      'dqoes.latency.unit': 's',
      'dqoes.latency.port': '80',
    });
    assert.deepEqual(
      warnings.map((warning) => warning.field),
      ['dqoes.latency.port', 'dqoes.latency.unit'],
    );
  });

  const bad: readonly (readonly [string, string, RegExp])[] = [
    ['enable', 'yes', /"yes" is not true or false: write true/],
    ['target', '300', /"300" is not a duration: write/],
    ['target', '0ms', /out of range/],
    ['statistic', 'p42', /"p42" is not one of mean, p50/],
    ['tolerance', '150%', /write 10% or 0.1/],
    ['mode', 'floor', /band, ceiling/],
    ['weight', 'NaN', /not a weight: use a number above 0/],
    ['weight', '0', /not a weight/],
    ['cpu.min', '0.001', /below the kernel's minimum of 0.01 cores/],
    ['cpu.max', 'two', /write a number such as 0.5/],
    ['job', 'a b', /not a valid name/],
    ['control', 'on', /observe, enforce/],
    ['latency.source', 'ebpf', /"ebpf" is not one of log, prometheus, push, probe/],
    ['latency.pattern', '(', /not a regular expression/],
    ['latency.unit', 'min', /us, ms, s/],
  ];
  for (const [key, value, expected] of bad) {
    it(`refuses ${key}=${value} and names the label and the cure`, () => {
      const { spec } = read({
        'dqoes.enable': 'true',
        'dqoes.target': '1s',
        [`dqoes.${key}`]: value,
      });
      assert.ok(!spec.ok);
      assert.equal(spec.error.length, 1);
      assert.equal(spec.error[0]?.code, 'label.bad-value');
      assert.equal(spec.error[0]?.field, `dqoes.${key}`);
      assert.match(spec.error[0]?.message ?? '', expected);
      assert.ok(spec.error[0]?.message.startsWith(`label dqoes.${key}: `));
    });
  }

  it('reads the sources that need more than a word', () => {
    const ask = (labels: Readonly<Record<string, string>>) => {
      const { spec, warnings } = read({
        'dqoes.enable': 'true',
        'dqoes.target': '1s',
        ...Object.fromEntries(
          Object.entries(labels).map(([key, value]) => [`dqoes.latency.${key}`, value]),
        ),
      });
      assert.deepEqual(warnings, []);
      return spec.ok
        ? spec.value.latency
        : spec.error.map(({ field, message }) => `${field}: ${message}`);
    };
    assert.deepEqual(ask({ source: 'prometheus', preset: 'Triton', match: 'model="face"' }), {
      source: 'prometheus',
      preset: 'triton',
      match: 'model="face"',
    });
    assert.deepEqual(ask({ source: 'prometheus', metric: 'x_seconds', port: '9000', path: '/m' }), {
      source: 'prometheus',
      metric: 'x_seconds',
      port: 9000,
      path: '/m',
    });
    assert.deepEqual(ask({ source: 'probe', method: 'POST', port: '80' }), {
      source: 'probe',
      method: 'POST',
      port: 80,
    });
    assert.match(
      String(ask({ source: 'prometheus', preset: 'ollama' })),
      /latency\.preset: .*"ollama" is no preset: use one of triton/,
    );
    assert.match(
      String(ask({ source: 'prometheus', metric: 'x' })),
      /latency\.metric: .*does not say its unit/,
    );
    assert.match(
      String(ask({ source: 'probe', path: 'http://evil.example/' })),
      /is not a path: write it from the slash/,
    );
  });

  it('reports all faults at once, a missing target and crossed bounds among them', () => {
    const { spec } = read({
      'dqoes.enable': 'true',
      'dqoes.cpu.min': '2',
      'dqoes.cpu.max': '1',
      'dqoes.mode': 'x',
    });
    assert.ok(!spec.ok);
    assert.deepEqual(spec.error.map((fault) => fault.field).sort(), [
      'dqoes.cpu.max',
      'dqoes.mode',
      'dqoes.target',
    ]);
  });

  it('opts in by enable only', () => {
    assert.equal(isEnabled({ 'dqoes.target': '1s' }), false);
    assert.equal(isEnabled({ 'dqoes.enable': 'false' }), false);
    assert.equal(isEnabled({ 'dqoes.enable': 'true' }), true);
  });
});

describe('nearestOf', () => {
  it('counts edits', () => {
    assert.equal(editDistance('', 'abc'), 3);
    assert.equal(editDistance('kitten', 'sitting'), 3);
    assert.equal(nearestOf('cpu.mim', ['cpu.max', 'cpu.min']), 'cpu.min');
    assert.equal(nearestOf('x', []), undefined);
  });
});
