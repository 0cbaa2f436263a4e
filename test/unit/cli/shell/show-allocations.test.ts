import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { printAllocations } from '../../../../cli/shell/show-allocations.js';
import type { ContainerDrift } from '../../../../shared/report.js';
import { testApp } from '../../../lib/cli-app.js';
import { allocationStatus, containerReport } from '../builders.js';

describe('the containers of a job or a node', () => {
  const drift: ContainerDrift = {
    ...{ count: 3, setting: 'limit', from: '0.5 cores', to: 'no limit' },
    ...{ foundAtMs: 1_700_000_000_000, rewrittenAtMs: 1_700_000_000_300 },
  };
  const shown = (width: number | undefined, output: 'table' | 'wide' = 'table') => {
    const { app, out } = testApp();
    const allocation = allocationStatus({ container: containerReport({ drift }) });
    printAllocations({ ...app, output: { ...app.output, width } }, output, [allocation]);
    return out.join('\n').split('\n');
  };

  it('are followed by what others changed, wrapped between words on a terminal', () => {
    const lines = shown(80);
    for (const line of lines) assert.ok([...line].length <= 80, line);
    const text = lines.join(' ').replaceAll(/ +/g, ' ');
    assert.match(
      text,
      /others changed its limit from 0\.5 cores to no limit at .*written again at/,
    );
  });

  it('are whole elsewhere, and with -o wide', () => {
    for (const lines of [shown(undefined), shown(80, 'wide')]) {
      assert.equal(lines.length, 4);
      assert.match(lines[3] ?? '', /^\S+: others changed its limit .*; written again at .{19}$/);
    }
  });
});
