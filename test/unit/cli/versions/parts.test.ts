import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ClusterAnswers, partsOf, skewFinding } from '../../../../cli/versions/parts.js';
import type { NodeId } from '../../../../shared/ids.js';

const node = (id: string, agentVersion: string, liveness: 'ready' | 'down' = 'ready') => ({
  id: id as NodeId,
  agentVersion,
  liveness,
});
const answers = (more: Partial<ClusterAnswers> = {}): ClusterAnswers => ({
  cli: '0.2.0',
  natsServer: '2.12.1',
  programs: [
    { program: 'coordinator', name: 'c1', version: '0.2.0', role: 'leads', ageMs: 0 },
    { program: 'coordinator', name: 'c2', version: '0.2.0', role: 'stands-by', ageMs: 9 },
    { program: 'console', name: 'web', version: '0.2.0', ageMs: 9 },
  ],
  nodes: [node('h1', '0.2.0')],
  ...more,
});

describe('the parts of a cluster', () => {
  it('are all listed, with their version and state', () => {
    assert.deepEqual(
      partsOf(answers()).map(({ program, name, version, state }) =>
        [program, name, version, state].join(' '),
      ),
      [
        'cli  0.2.0 ',
        'nats-server  2.12.1 ',
        'coordinator c1 0.2.0 leads',
        'coordinator c2 0.2.0 stands by',
        'agent h1 0.2.0 ready',
        'console web 0.2.0 ',
      ],
    );
    assert.deepEqual(skewFinding(partsOf(answers())), { skew: 'none', text: '', cure: '' });
  });

  it('of an older coordinator are listed without what it does not say', () => {
    const parts = partsOf(answers({ programs: undefined, natsServer: '' }));
    const coordinator = parts.find(({ program }) => program === 'coordinator');
    assert.deepEqual(coordinator, {
      program: 'coordinator',
      name: '',
      version: null,
      state: 'leads',
    });
    assert.equal(skewFinding(parts).skew, 'none');
  });

  it('that are one release behind are named', () => {
    const nodes = [node('h1', '0.1.0'), node('h2', '0.2.0')];
    const { skew, text, cure } = skewFinding(partsOf(answers({ nodes })));
    assert.equal(skew, 'mixed');
    assert.equal(text, 'agent h1 (0.1.0) not of 0.2.0');
    assert.match(cure, /upgrade to 0\.2\.0/);
  });

  it('say which build of a version they are, and those of another than ours are named', () => {
    const nodes = [node('h1', '0.2.0+b1.2026-11-28'), node('h2', '0.2.0+b2.2026-11-27')];
    const parts = partsOf(answers({ cli: '0.2.0+b1.2026-11-28', nodes }));
    assert.deepEqual(
      parts.flatMap(({ version, build }) => (build === undefined ? [] : [`${version} ${build}`])),
      ['0.2.0 b1.2026-11-28', '0.2.0 b1.2026-11-28', '0.2.0 b2.2026-11-27'],
    );
    assert.deepEqual(skewFinding(parts), {
      skew: 'none',
      text: 'agent h2 (build b2.2026-11-27) not of build b1.2026-11-28',
      cure: 'upgrade the older when it suits',
    });
    // A version that differs says enough.
    const older = [node('h1', '0.1.0+b0.2026-01-01')];
    const { skew, text } = skewFinding(partsOf(answers({ cli: '0.2.0+b1', nodes: older })));
    assert.deepEqual([skew, text], ['mixed', 'agent h1 (0.1.0) not of 0.2.0']);
  });

  it('that are further apart are an alarm; a node that is down is none', () => {
    const nodes = [node('h1', '0.4.0'), node('h2', '0.1.0', 'down')];
    const { skew, text } = skewFinding(partsOf(answers({ nodes })));
    assert.equal(skew, 'apart');
    assert.match(text, /^cli \(0\.2\.0\), coordinator c1 .* and 1 more not of 0\.4\.0/);
    assert.equal(skewFinding(partsOf(answers({ nodes: nodes.slice(1) }))).skew, 'none');
  });
});
