import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  growthLine,
  growthOf,
  objectsMbIn,
  type Sample,
  tooMuchOf,
} from '../../bench/lib/soak-samples.js';

const sample = (values: Sample['values'], i: number): Sample => ({ atMs: 2000 * i, values });

describe('what jobs that come and go leave behind', () => {
  it('is the last third of the time less the second, each 1000 jobs', () => {
    const rss = [90, 91, 92, 100, 100, 101, 110, 112, 111];
    const samples = rss.map((rssMb, i) =>
      sample({ rssMb, descriptors: 20, ...(i === 4 ? {} : { heapMb: 30 }), natsRssMb: rssMb }, i),
    );
    const rows = growthOf(samples, 6000);
    assert.deepEqual(rows[0], {
      what: 'rssMb',
      before: 100,
      after: 111,
      ratio: 1.11,
      perThousandJobs: 5.5,
    });
    assert.equal(rows.map(growthLine)[0], LINE);
    const heap = rows.find(({ what }) => what === 'heapMb');
    assert.deepEqual([heap?.before, heap?.perThousandJobs], [30, 0]);
    assert.deepEqual(
      tooMuchOf(rows).map(({ what }) => what),
      ['rssMb'],
    );
  });

  it('is told by the metrics of a program', () => {
    const page = [
      '# TYPE dqoes_process_heap_used_bytes gauge',
      'dqoes_process_heap_used_bytes 31457280',
      'dqoes_process_external_memory_bytes 2.097152e6',
      '',
    ].join('\n');
    assert.deepEqual(objectsMbIn(page), { heapMb: 30, externalMb: 2 });
    assert.deepEqual(objectsMbIn('dqoes_build_info 1\n'), {});
  });
});

const LINE = 'rssMb              100.0 -> 111.0 (1.110), +5.50 each 1000 jobs';
