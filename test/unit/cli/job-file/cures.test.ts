import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { edited, faultsOf, MINIMAL } from './build.js';

/** What people write, and what the one fault of it ends with. */
const MISTAKES: Readonly<Record<string, string>> = {
  '- a\n': 'found a list: write lines such as name: VALUE',
  [edited('{ latency: 800ms }', '800ms')]: 'found "800ms": write target: { latency: 250ms }',
  [`${MINIMAL}resources: { cpu: 0.5 }\n`]: 'found "0.5": write { min: VALUE }',
  [`${MINIMAL}resources: { cpu: { limit: 2 } }\n`]: 'unknown key (did you mean max?)',
  [`${MINIMAL}env: [MODEL=det]\n`]: 'found a list: write { NAME: VALUE }',
  [`${MINIMAL}constraints: { zone: a }\n`]: 'unknown key: use labels',
  [`${MINIMAL}services: {}\n`]:
    'a job file is no Compose file: write one job a document, with name, image and target',
  [edited('{ latency: 800ms }', '{ latency: 800ms, percentile: 95 }')]:
    'unknown key (did you mean statistic?)',
  [edited('{ latency: 800ms }', '{ latency: 800ms, statistic: median }')]:
    'statistic: "median" is not known (did you mean p50?); use mean, p50, p90, p95, p99',
  [edited('{ latency: 800ms }', '{ latency: 800ms, statistic: p59 }')]:
    '(did you mean p50?); use mean, p50, p90, p95, p99',
  [`${MINIMAL}restart: always\n`]:
    'Docker starts the container of a job again that fails; remove it',
  [`${MINIMAL}command: [a, "b\\0c"]\n`]: 'no argument can hold: encode it (base64)',
  [`${MINIMAL}env: { A: "\\0", B: 'b\\0' }\n`]: 'no argument can hold: encode it (base64)',
  [`${MINIMAL}secrets: [key]\n`]: 'a variable gets one by env: { NAME: { secret: SECRET } }',
};

describe('a mistake in a job file', () => {
  for (const [text, cure] of Object.entries(MISTAKES))
    it(`is answered with its cure: ${JSON.stringify(text.slice(-36))}`, () => {
      const faults = faultsOf(text);
      assert.equal(faults.length, 1, JSON.stringify(faults));
      assert.ok(faults[0]?.message.endsWith(cure), faults[0]?.message);
    });
});
