import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { JOB_COLUMNS, NODE_COLUMNS, PS_COLUMNS } from '../../../../cli/output/columns.js';
import { type Column, tableLines } from '../../../../cli/output/table.js';
import type { AllocationStatus, JobStatus } from '../../../../proto/schemas/status.js';
import type { AllocationId, JobName, NodeId } from '../../../../shared/ids.js';
import type { Target } from '../../../../shared/qoe.js';
import { job } from '../../coordinator/build.js';
import { allocationStatus, containerReport } from '../builders.js';

const TARGET: Target = { latencyMs: 120, statistic: 'p95', toleranceRatio: 0.1, mode: 'ceiling' };
const REASON = 'no quota, at most 120ms asked; 0.24 CPU guaranteed by weight (8.1 requests/s)';
/** As long as most names are. */
const NAME = 'image-classifier-prod';
const narrow = { wide: false, colour: false, width: 80 };

const placed = (job: string, ordinal: number, node: string): AllocationStatus =>
  allocationStatus({
    ...{ id: `${job}-${ordinal}` as AllocationId, job: job as JobName, node: node as NodeId },
    ...{ target: TARGET, latencyMs: 1234, qoeClass: 'slower', reason: REASON },
  });

/** The lines in 80 columns, none of which is longer. */
function linesIn80<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = tableLines(columns, rows, narrow);
  for (const line of lines) assert.ok([...line].length <= 80, line);
  return lines.join('\n');
}

/** Titles at the top of a table. */
const titlesOf = (text: string): readonly string[] =>
  (text.split('\n')[0] ?? '').trim().split(/\s{2,}/);

describe('names in 80 columns', () => {
  it('of containers are whole, on one host and on several', () => {
    for (const nodes of [['h1'], ['gpu-host-01', 'gpu-host-02']])
      for (const names of [[NAME], [NAME, 'vad'], ['face', 'a-detector-of-faces-x']]) {
        const rows = names.flatMap((name) => nodes.map((node, at) => placed(name, at + 1, node)));
        const text = linesIn80(PS_COLUMNS, rows);
        for (const { id } of rows) assert.ok(text.includes(`${id} `), text);
        assert.match(text, /≤120ms .*1\.23s .*slower /);
      }
  });

  it('are kept at the cost of the job, the statistic of the target, then the host', () => {
    const titles = (name: string, ...nodes: readonly string[]): readonly string[] =>
      titlesOf(
        linesIn80(
          PS_COLUMNS,
          nodes.map((node, at) => placed(name, at + 1, node)),
        ),
      );
    const [own, usual] = [['ALLOCATION'], ['TARGET', 'NOW', 'CLASS', 'LIMIT', 'USE', 'REASON']];
    assert.deepEqual(titles('vad', 'h1', 'h2'), [...own, 'NODE', ...usual]);
    assert.deepEqual(titles(NAME, 'h1', 'h2'), [...own, ...usual]);
    const two = ['vad', 'face'].flatMap((name) => [placed(name, 1, 'h1'), placed(name, 2, 'h2')]);
    assert.match(linesIn80(PS_COLUMNS, two), /vad-1 +h1 +≤120ms p95 \+10% /);
    const host = ['h1', 'h2'].map((node, at) => placed('detect-a-face', at + 1, node));
    assert.match(linesIn80(PS_COLUMNS, host), /detect-a-face-1 +h1 +≤120ms +1\.23s/);
  });

  it('that take more than a third of the line are cut in the middle, with their number', () => {
    const text = linesIn80(PS_COLUMNS, [placed(`${NAME}-of-the-second-kitchen`, 12, 'h1')]);
    assert.match(text, /^image-class.+….+kitchen-12 {2}/m);
    assert.ok((/^image-\S+/m.exec(text)?.[0].length ?? 0) >= 24, text);
  });

  it('of hosts are whole', () => {
    const host = { capacityCpuCores: 16, allocatableCpuCores: 15, memoryUsedBytes: 2 ** 33 };
    const node = {
      ...{ id: 'gpu-host-of-rack-42', liveness: 'ready', containers: 12, limitedCpuCores: 9 },
      ...{ host: { ...host, capacityMemoryBytes: 2 ** 36, cpuUtilisationRatio: 0.5 } },
      ...{ othersCpuCores: 0.3, ageMs: 400, warnings: ['the clock is 12s ahead of the others'] },
    };
    assert.match(linesIn80(NODE_COLUMNS, [node as never]), /^gpu-host-of-rack-42 /m);
  });

  it('and all else are whole where nothing says how wide a line may be', () => {
    const options = { wide: false, colour: false };
    const [, line = ''] = tableLines(PS_COLUMNS, [placed(NAME, 1, 'h1')], options);
    assert.ok(line.startsWith(`${NAME}  ${NAME}-1  h1 `), line);
    assert.ok(line.includes(' ≤120ms p95 +10% ') && line.endsWith(REASON), line);
  });
});

describe('jobs in 80 columns', () => {
  const probed = 'the probe failed: connect ECONNREFUSED 172.17.0.4:8080';
  const listed = (name: string, ...reasons: readonly string[]): JobStatus => {
    const allocations = reasons.map((reason, at) =>
      allocationStatus({
        ...{ id: `${name}-${at + 1}` as AllocationId, job: name as JobName },
        container: containerReport({ reason }),
      }),
    );
    const said = allocations.map(({ id, container }) => `${id}: ${container?.reason}`);
    const image = 'registry.example/team/face:1.4';
    const spec = { ...job(name), target: TARGET, image };
    return { spec, origin: 'dqoes', state: 'running', reasons: said, allocations };
  };

  it('have their names, and of what is wrong as much as says it', () => {
    const text = linesIn80(JOB_COLUMNS, [listed(NAME, probed)]);
    assert.match(text, /^image-classifier-prod +running +1\/1 +1\/1 +≤120ms +the probe failed/m);
    const short = linesIn80(JOB_COLUMNS, [listed('vad', probed)]);
    assert.match(short, /^vad .* the probe failed: connect E/m);
  });

  it('name the container where there are several', () => {
    const text = linesIn80(JOB_COLUMNS, [listed('vad', probed, probed)]);
    assert.match(text, /^vad .* vad-1: the probe failed/m);
    const [, line = ''] = tableLines(JOB_COLUMNS, [listed('vad', probed)], {
      ...{ wide: false, colour: false },
    });
    assert.ok(line.endsWith(`vad-1: ${probed}`), line);
  });
});
