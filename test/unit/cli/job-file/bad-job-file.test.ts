import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Fault } from '../../../../shared/result.js';
import { edited, faultsOf, MINIMAL } from './build.js';

const short = ({ line, column, code, field }: Fault): string =>
  `${line}:${column} ${code} ${field}`;

interface BadFile {
  readonly name: string;
  readonly text: string;
  /** `line:column code field`, in the order of the file. */
  readonly faults: readonly string[];
  readonly says?: RegExp;
}

const BAD: readonly BadFile[] = [
  {
    name: 'an empty file',
    text: '# nothing\n',
    faults: ['1:1 job.missing '],
    says: /holds no job/,
  },
  { name: 'a list', text: '- a\n', faults: ['1:1 job.bad-value '] },
  {
    name: 'a missing image and target',
    text: 'name: a\n',
    faults: ['1:1 job.missing image', '1:1 job.missing target'],
  },
  {
    name: 'a missing latency',
    text: 'name: a\nimage: b\ntarget: {}\n',
    faults: ['3:9 job.missing target.latency'],
    says: /250ms/,
  },
  {
    name: 'a key without a value',
    text: edited('image: b', 'image:'),
    faults: ['2:7 job.bad-value image'],
    says: /no value/,
  },
  {
    name: 'an unknown key',
    text: `${MINIMAL}replica: 2\n`,
    faults: ['4:1 job.unknown-key replica'],
    says: /did you mean replicas\?/,
  },
  {
    name: 'an unknown nested key',
    text: edited('latency:', 'latencies:'),
    faults: ['3:9 job.missing target.latency', '3:11 job.unknown-key target.latencies'],
  },
  {
    name: "another tool's key",
    text: `${MINIMAL}environment: {}\n`,
    faults: ['4:1 job.unknown-key environment'],
    says: /did you mean env\?/,
  },
  {
    name: 'a variable that the host decides about',
    text: `${MINIMAL}env: { OK: 1, LD_PRELOAD: /x.so }\n`,
    faults: ['4:6 job.bad-value env'],
    says: /LD_PRELOAD is reserved \(LD_\*\).*remove it/,
  },
  {
    name: 'privileged',
    text: `${MINIMAL}privileged: true\n`,
    faults: ['4:1 job.unknown-key privileged'],
    says: /not passed to Docker/,
  },
  {
    name: 'a number without a unit',
    text: edited('800ms', '800'),
    faults: ['3:20 job.bad-value target.latency'],
    says: /number with a unit/,
  },
  {
    name: 'a wrong unit',
    text: edited('800ms', '800ns'),
    faults: ['3:20 job.bad-value target.latency'],
  },
  {
    name: 'NaN',
    text: edited('800ms', '.nan'),
    faults: ['3:20 job.bad-value target.latency'],
    says: /\.nan/,
  },
  {
    name: 'infinity',
    text: `${MINIMAL}weight: .inf\n`,
    faults: ['4:9 job.bad-value weight'],
    says: /\.inf/,
  },
  {
    name: 'a negative weight',
    text: `${MINIMAL}weight: -1\n`,
    faults: ['4:9 job.bad-value weight'],
  },
  {
    name: 'half a replica',
    text: `${MINIMAL}replicas: 1.5\n`,
    faults: ['4:11 job.bad-value replicas'],
  },
  {
    name: 'a tolerance of 10',
    text: edited('800ms', '800ms, tolerance: 10'),
    faults: ['3:38 job.bad-value target.tolerance'],
    says: /10%/,
  },
  {
    name: 'an unknown statistic',
    text: edited('800ms', '1s, statistic: p59'),
    faults: ['3:35 job.bad-value target.statistic'],
    says: /did you mean p/,
  },
  {
    name: 'a list for a value',
    text: edited('image: b', 'image: [b]'),
    faults: ['2:8 job.bad-value image'],
  },
  { name: 'a bad name', text: edited('name: a', 'name: a.b'), faults: ['1:7 job.bad-value name'] },
  {
    name: 'an image with a space',
    text: edited('image: b', 'image: b c'),
    faults: ['2:8 job.bad-value image'],
  },
  {
    name: 'min above max',
    text: `${MINIMAL}resources: { cpu: { min: 2, max: 1 } }\n`,
    faults: ['4:34 job.bad-value resources.cpu.max'],
  },
  {
    name: 'a CPU limit below the kernel',
    text: `${MINIMAL}resources: { cpu: { min: 0.001 } }\n`,
    faults: ['4:26 job.bad-value resources.cpu.min'],
  },
  {
    name: 'too little memory',
    text: `${MINIMAL}resources: { memory: 1MiB }\n`,
    faults: ['4:22 job.bad-value resources.memory'],
    says: /6MiB/,
  },
  {
    name: 'GPUs by count and share',
    text: `${MINIMAL}resources: { gpu: { count: 1, share: 25% } }\n`,
    faults: ['4:38 job.bad-value resources.gpu.share'],
    says: /does not go with count/,
  },
  {
    name: 'a whole GPU as a share',
    text: `${MINIMAL}resources: { gpu: { share: 100% } }\n`,
    faults: ['4:28 job.bad-value resources.gpu.share'],
    says: /write count: 1/,
  },
  {
    name: 'a share that MPS cannot keep',
    text: `${MINIMAL}resources: { gpu: { share: 12.5% } }\n`,
    faults: ['4:28 job.bad-value resources.gpu.share'],
    says: /whole number of per cent/,
  },
  {
    name: 'a GPU without count and share',
    text: `${MINIMAL}resources: { gpu: { memory: 4GiB } }\n`,
    faults: ['4:19 job.bad-value resources.gpu'],
    says: /count: 1 .* or share: 25%/,
  },
  {
    name: 'too many GPUs',
    text: `${MINIMAL}resources: { gpu: { count: 100 } }\n`,
    faults: ['4:28 job.bad-value resources.gpu.count'],
    says: /0 to 64/,
  },
  {
    name: 'what belongs to another source',
    text: `${MINIMAL}latency: { source: push, port: 1 }\n`,
    faults: ['4:32 job.bad-value latency.port'],
    says: /belongs to source: prometheus or probe, not to push; remove it/,
  },
  {
    name: 'a metric without a unit, and one beside a preset',
    text:
      `${MINIMAL}latency: { source: prometheus, metric: x_latency ` +
      `}\n---\n${edited('name: a', 'name: b')}latency: { source: prometheus, metric: x_ms, ` +
      'preset: vllm }\n',
    faults: ['4:40 job.bad-value latency.metric', '9:40 job.bad-value latency.metric'],
    says: /x_latency does not say its unit: set the unit, one of us, ms, s[\s\S]*its own metric/,
  },
  {
    name: 'values that no source has',
    text:
      `${MINIMAL}latency: { source: prometheus, preset: vlm, port: 0, path: //evil.example/, ` +
      'match: model=face }\n',
    faults: [
      '4:40 job.bad-value latency.preset',
      '4:51 job.bad-value latency.port',
      '4:60 job.bad-value latency.path',
      '4:84 job.bad-value latency.match',
    ],
    says: /did you mean vllm\?/,
  },
  {
    name: 'a probe whose GET has a body',
    text: `${MINIMAL}latency: { source: probe, method: GET, body: x }\n`,
    faults: ['4:35 job.bad-value latency.method'],
  },
  {
    name: 'a pattern with push',
    text: `${MINIMAL}latency: { source: push, pattern: '(?<value>.)' }\n`,
    faults: ['4:35 job.bad-value latency.pattern'],
  },
  {
    name: 'a pattern without a group',
    text: `${MINIMAL}latency: { pattern: 'x' }\n`,
    faults: ['4:21 job.bad-value latency.pattern'],
    says: /value/,
  },
  {
    name: 'a pattern that takes for ever',
    text: `${MINIMAL}latency: { pattern: '(?<value>(a+)+)' }\n`,
    faults: ['4:21 job.bad-value latency.pattern'],
  },
  {
    name: 'a broken pattern',
    text: `${MINIMAL}latency: { pattern: '(?<value>' }\n`,
    faults: ['4:21 job.bad-value latency.pattern'],
  },
  {
    name: 'a port out of range',
    text: `${MINIMAL}ports: [80, 70000]\n`,
    faults: ['4:13 job.bad-value ports.1'],
  },
  {
    name: 'a command in one text',
    text: `${MINIMAL}command: sleep 5\n`,
    faults: ['4:10 job.bad-value command'],
    says: /expected a list/,
  },
  {
    name: 'a variable of no name',
    text: `${MINIMAL}env: { "a=b": c, __proto__: d }\n`,
    faults: ['4:15 job.bad-value env.a=b', '4:29 job.bad-value env.__proto__'],
  },
  {
    name: 'secrets that are none',
    text: `${MINIMAL}env: { A: { secret: "a b" }, B: { secrets: c }, C: [d], D: { secret: [] } }\n`,
    faults: [
      '4:11 job.bad-value env.A',
      '4:33 job.bad-value env.B',
      '4:52 job.bad-value env.C',
      '4:60 job.bad-value env.D',
    ],
    says: /secret "a b" is not a valid name[\s\S]*write one value, or \{ secret: NAME \}/,
  },
  {
    name: 'a secret in a variable that the host decides about',
    text: `${MINIMAL}env: { OK: 1, LD_PRELOAD: { secret: a } }\n`,
    faults: ['4:6 job.bad-value env'],
    says: /LD_PRELOAD is reserved/,
  },
  {
    name: 'a key twice',
    text: `${MINIMAL}name: c\n`,
    faults: ['4:1 job.syntax '],
    says: /this key stands twice in its mapping: keep one/,
  },
  { name: 'broken YAML', text: 'name: [a\n', faults: ['2:1 job.syntax '] },
  { name: 'a tab', text: 'name: a\n\timage: b\n', faults: ['2:1 job.syntax '] },
  {
    name: 'two jobs of one name',
    text: `${MINIMAL}---\n${MINIMAL}`,
    faults: ['5:7 job.duplicate name'],
  },
  {
    name: 'faults in several documents',
    text:
      `${edited('image: b', 'imag: b')}---\n` +
      `${edited('800ms', '800').replace('name: a', 'name: b')}---\nname: ` +
      'c\nimage: d\ntarget: { latency: 1s }\n',
    faults: [
      '1:1 job.missing image',
      '2:1 job.unknown-key imag',
      '7:20 job.bad-value target.latency',
    ],
  },
];

describe('job file: faults', () => {
  for (const bad of BAD) {
    it(`refuses ${bad.name}`, () => {
      const faults = faultsOf(bad.text);
      assert.deepEqual(faults.map(short), bad.faults);
      if (bad.says !== undefined)
        assert.match(faults.map(({ message }) => message).join('\n'), bad.says);
    });
  }
});
