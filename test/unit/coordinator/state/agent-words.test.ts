import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  agentWordsOf,
  agentWordsOn,
  hasSameWords,
  type SpeakingNode,
} from '../../../../coordinator/state/agent-words.js';
import { unheard } from '../../../../coordinator/state/fold-node.js';
import type { NodeRecord } from '../../../../coordinator/state/model.js';
import type { AllocationAck } from '../../../../shared/command.js';
import { fixedPartsHashOf } from '../../../../shared/fixed-parts-hash.js';
import type { JobSpec } from '../../../../shared/job.js';
import type { ContainerState } from '../../../../shared/report.js';
import { allocation, container, job, limit, nodeId, report } from '../build.js';

const BEFORE = job('web', { env: { LEVEL: '1' } });
const NOW = job('web', { env: { LEVEL: '2' } });
const { id } = allocation('web-1');
const VERSION = { incarnation: 'inc', epoch: 1, revision: 1 };

interface Hosted {
  readonly said?: Partial<AllocationAck>;
  readonly made?: JobSpec;
  readonly state?: ContainerState;
}

/** A node on which the newest version of a job is desired, and what its agent says. */
function speaking({ said = {}, made = BEFORE, state = 'running' }: Hosted = {}): SpeakingNode {
  const node = nodeId('h1');
  const ack = { id, ok: true, reason: '', ...said };
  const record: NodeRecord = {
    ...unheard(node, 0),
    report: report('h1', {
      agentVersion: '0.0.9',
      containers: [container('web-1', { state })],
      specHashes: { 'web-1': fixedPartsHashOf(made) },
    }),
    desired: {
      ...{ node, ...VERSION, validForMs: 1000 },
      allocations: [{ id, job: NOW.name, spec: NOW, limit: limit(1), reason: '' }],
    },
    ack: {
      node,
      bootId: 'b',
      outcome: 'applied',
      asked: VERSION,
      holds: VERSION,
      allocations: [ack],
      reason: '',
    },
  };
  return { cluster: { jobs: new Map([[NOW.name, { spec: NOW } as never]]) }, record };
}

describe('what an agent says of a container that it is to start again', () => {
  it('is why it has not, or that it is done', () => {
    const hindered = speaking({ said: { ok: false, reason: 'runs on as it was: no room' } });
    const said = { allocation: id, said: ': no room', kind: 'other' as const };
    assert.deepEqual(agentWordsOf(hindered, id), said);
    assert.deepEqual(agentWordsOn(hindered), [said]);
    const [done] = agentWordsOn(speaking());
    assert.equal(done?.said, ', and its agent (0.0.9) says that it is done');
    assert.equal(done?.kind, 'not-replaced');
  });

  it('is nothing where it gives no reason, or what runs is right, or nothing runs', () => {
    const silent = [
      speaking({ said: { ok: false } }),
      speaking({ made: NOW }),
      speaking({ said: { ok: false, reason: 'no image' }, state: 'failed' }),
    ];
    for (const each of silent) assert.deepEqual(agentWordsOn(each), []);
    assert.equal(agentWordsOf(speaking(), allocation('web-2').id), undefined);
  });

  it('is cut', () => {
    const long = speaking({ said: { ok: false, reason: 'x'.repeat(1000) } });
    assert.equal(agentWordsOf(long, id)?.said.length, 300);
  });

  it('is compared by what it says', () => {
    const hindered = () => speaking({ said: { ok: false, reason: 'no room' } });
    assert.ok(hasSameWords(hindered(), hindered()));
    assert.ok(!hasSameWords(hindered(), speaking()));
    assert.ok(!hasSameWords(speaking(), speaking({ made: NOW })));
    const { record } = speaking();
    const changed = { cluster: { jobs: new Map([[NOW.name, { spec: BEFORE } as never]]) }, record };
    assert.ok(!hasSameWords({ ...speaking(), record }, changed), 'another version is asked for');
  });
});
