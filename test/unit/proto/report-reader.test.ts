import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pack, unpack } from 'msgpackr';
import { check } from '../../../proto/codec/check.js';
import { recordsFromRows } from '../../../proto/codec/report-table.js';
import { ReportPatcher } from '../../../proto/report-reader.js';
import { nodeReport } from '../../../proto/schemas/report.js';
import { encodeReport } from '../../../proto/telemetry.js';
import { decodeReport } from '../../../proto/telemetry-reader.js';
import { seededRandom } from '../../../shared/random.js';
import type { ContainerDrift, ContainerReport, NodeReport } from '../../../shared/report.js';
import { goldenBytes, goldenValue } from '../../lib/fixtures.js';

const golden = goldenValue<NodeReport>('report.v1');

const DRIFT: ContainerDrift = {
  ...{ count: 2, setting: 'weight', from: 'shares 512', to: 'shares 1024' },
  ...{ foundAtMs: 1_700_000_000_000, rewrittenAtMs: null },
};

function decoded(bytes: Uint8Array, known?: NodeReport): NodeReport {
  const report = decodeReport(bytes, known);
  assert.ok(report.ok, JSON.stringify(report));
  return report.value;
}

/** The golden report, its first container changed. */
function withFirst(change: Partial<ContainerReport>): NodeReport {
  const [first, ...others] = golden.containers;
  assert.ok(first);
  return {
    ...golden,
    sequence: golden.sequence + 1,
    containers: [{ ...first, ...change }, ...others],
  };
}

describe('the next report of a node', () => {
  const known = decoded(encodeReport(golden));
  const first = known.containers[0];
  assert.ok(first);

  it('keeps what has not changed, and holds it once', () => {
    const next = decoded(encodeReport(withFirst({ weight: first.weight + 1 })), known);
    assert.notEqual(next, known);
    assert.notEqual(next.containers[0], first);
    assert.equal(next.containers[0]?.target, first.target);
    assert.equal(next.containers[0]?.latency, first.latency);
    assert.equal(next.labels, known.labels);
    assert.equal(next.host, known.host);
    for (const [i, container] of known.containers.entries())
      if (i > 0) assert.equal(next.containers[i], container);
    assert.equal(decoded(encodeReport(golden), known), known);
  });

  it('holds a limit once that is in force as it was written, and no ports once for all', () => {
    const limit = { cpuCores: 0.5, periodUs: 100_000, weightCores: 1 };
    const sent = withFirst({ applied: limit, observed: { ...limit }, ports: {} });
    const drifted = withFirst({ applied: limit, observed: { ...limit, burstUs: 0 }, ports: {} });
    for (const read of [decoded(encodeReport(sent)), decoded(encodeReport(sent), known)]) {
      const [container] = read.containers;
      assert.deepEqual(read, sent);
      assert.equal(container?.observed, container?.applied);
      assert.equal(decoded(encodeReport(sent), read), read);
      const next = decoded(encodeReport(drifted), read);
      assert.deepEqual(next, drifted);
      assert.deepEqual(decoded(encodeReport(sent), next), sent);
    }
    const empty = [1, 2].map(() => decoded(encodeReport(sent)).containers[0]?.ports);
    assert.equal(empty[0], empty[1]);
  });

  it('never changes what is known', () => {
    const before = structuredClone(known);
    decoded(encodeReport(withFirst({ weight: 7, cpu: null, ports: { 80: 1 } })), known);
    assert.deepEqual(known, before);
  });

  it('says what it says without the one before', () => {
    const changes: Partial<ContainerReport>[] = [
      { state: 'exited', containerId: null, reason: 'ended', cpu: null, latency: null },
      { target: null, applied: null, observed: null, memory: null },
      { ports: { 80: 8080 }, gpuUse: { ids: ['GPU-1'], isLost: false } as never },
      { weight: 2, name: 'another' },
      { containerId: 'c'.repeat(64) as never, lifeId: 'é 模型', name: '模型 "1"\n' },
      { memory: { currentBytes: 2 ** 31 - 1, workingSetBytes: 2 ** 31, oomKills: 2 ** 40 } },
      { drift: DRIFT },
      { drift: { ...DRIFT, rewrittenAtMs: 1_700_000_000_900 } },
    ];
    for (const change of changes) {
      const bytes = encodeReport(withFirst(change));
      const alone = decodeReport(bytes);
      assert.deepEqual(decodeReport(bytes, known), alone);
      // And back again: fields that came go, and those that went come.
      if (alone.ok) assert.deepEqual(decoded(encodeReport(golden), alone.value), golden);
    }
    const fewer = encodeReport({ ...golden, containers: golden.containers.slice(1) });
    assert.deepEqual(decodeReport(fewer, known), decodeReport(fewer));
    assert.equal(decoded(fewer, known).containers.length, golden.containers.length - 1);
  });

  it('is refused for the same reason as without it', () => {
    for (const change of [{ weight: -1 }, { cpu: { ...first.cpu, usageCores: -1 } as never }]) {
      const refused = decodeReport(encodeReport(withFirst(change)), known);
      assert.equal(refused.ok, false);
      assert.deepEqual(refused, decodeReport(encodeReport(withFirst(change))));
    }
  });
});

describe('a report read from its bytes', () => {
  const known = decoded(encodeReport(golden));
  const patcher = new ReportPatcher();
  const [first] = known.containers;
  assert.ok(first?.cpu);
  const { cpu } = first;

  it('is read so where figures, words, texts and parts differ', () => {
    const changes: Partial<ContainerReport>[] = [
      {},
      { cpu: { ...cpu, usageTotalSeconds: cpu.usageTotalSeconds + 0.25, usageCores: 2 } },
      { state: 'exited', reason: 'ended: ü', name: 'another', weight: 3 },
      { cpu: null, latency: null, memory: null, applied: null, target: null },
      { ports: { 80: 8080, 443: 8443 }, cpuBounds: { minCores: 0.25 } },
      { gpuUse: { ids: ['GPU-1'], injection: 'none', memoryBytes: null, isLost: false } },
      { drift: DRIFT },
      { drift: DRIFT, gpuUse: { ids: [], injection: 'none', memoryBytes: null, isLost: null } },
    ];
    for (const change of changes) {
      const bytes = encodeReport(withFirst(change));
      const [alone, read] = [decoded(bytes), patcher.read(bytes, known)];
      assert.deepEqual(read, alone, JSON.stringify(change));
      assert.deepEqual(patcher.read(encodeReport(golden), alone), golden);
    }
    const more = { ...golden, containers: [...golden.containers, ...golden.containers] };
    assert.deepEqual(patcher.read(encodeReport(more), known), decoded(encodeReport(more)));
    assert.equal(patcher.read(encodeReport(golden), known), known);
  });

  it('is read so where what somebody did on the host comes, changes and goes', () => {
    const act = { number: 1, after: 0, timeMs: 1, verb: 'restore', who: 'root', what: 'all' };
    const { act: _, ...bare } = golden;
    let before = decoded(encodeReport(bare));
    for (const said of [
      {},
      { act },
      { act },
      { act: { ...act, number: 2, after: 1 } },
      {},
      { act },
    ]) {
      const bytes = encodeReport({ ...bare, sequence: before.sequence + 1, ...said });
      const read = patcher.read(bytes, before);
      assert.deepEqual(read, decoded(bytes));
      assert.equal(read?.containers, before.containers, 'what has not changed is held once');
      before = read ?? before;
    }
    const bad = encodeReport({ ...bare, act: { ...act, number: 0 } });
    assert.equal(patcher.read(bad, before), undefined);
    assert.equal(patcher.read(bad, decoded(encodeReport(bare))), undefined);
  });

  it('is read so where what containers were made from is said, changes and goes', () => {
    const [a, b] = ['a'.repeat(16), 'b'.repeat(16)];
    let before = decoded(encodeReport(golden));
    for (const said of [
      {},
      { specHashes: { 'face-1': a } },
      { specHashes: { 'face-1': a } },
      { specHashes: { 'face-1': '' } },
      { specHashes: { 'face-1': b, 'face-2': a } },
      { specHashes: { 'face-2': a } },
      {},
    ]) {
      const bytes = encodeReport({ ...golden, sequence: before.sequence + 1, ...said });
      const read = decoded(bytes, before);
      assert.deepEqual(read, decoded(bytes));
      assert.deepEqual(read.specHashes, said.specHashes);
      const again = patcher.read(bytes, read);
      assert.equal(again, read);
      const next = encodeReport({ ...golden, sequence: before.sequence + 2, ...said });
      const kept = patcher.read(next, read);
      assert.deepEqual(kept, decoded(next));
      assert.equal(kept?.specHashes, read.specHashes, 'what has not changed is held once');
      before = read;
    }
    const odd = encodeReport({ ...golden, specHashes: { 'a b': a } });
    for (const known of [undefined, before])
      assert.equal(decodeReport(odd, known).ok, false, 'no allocation has such a name');
  });

  it('is not taken in by columns that change their places', () => {
    const seen = patcher.read(encodeReport(withFirst({})), known);
    assert.ok(seen);
    const wire = unpack(encodeReport(withFirst({}))) as { columns: { container: string[] } };
    const names = wire.columns.container;
    const [name, image] = [names.indexOf('name'), names.indexOf('image')];
    [names[name], names[image]] = ['image', 'name'];
    const bytes = pack(wire);
    const swapped = decoded(bytes);
    assert.equal(swapped.containers[0]?.name, first.image);
    assert.deepEqual(patcher.read(bytes, seen), swapped);
    assert.deepEqual(patcher.read(encodeReport(golden), swapped), golden);
  });

  it('says what unpacking says, whatever the bytes are', () => {
    const random = seededRandom(23);
    const right = encodeReport(withFirst({ weight: 2 }));
    let [taken, left] = [0, 0];
    for (let round = 0; round < 3000; round += 1) {
      const bytes = new Uint8Array(right);
      const at = Math.floor(random() * bytes.length);
      bytes[at] = Math.floor(random() * 256);
      const read = patcher.read(bytes, known);
      if (read === undefined) left += 1;
      else {
        taken += 1;
        assert.deepEqual({ ok: true, value: read }, decodeReport(bytes), `byte ${at}`);
      }
      assert.deepEqual(decodeReport(bytes, known), decodeReport(bytes), `byte ${at}`);
      // After one that was taken, from whose bytes its next one is read.
      const again = encodeReport({ ...golden, sequence: golden.sequence + 2 });
      const next = patcher.read(again, read ?? known);
      assert.deepEqual(next ?? decoded(again), decoded(again), `after byte ${at}`);
      assert.equal(patcher.read(right.subarray(0, at), known), undefined);
    }
    assert.ok(taken > 100 && left > 100, `${taken} read, ${left} left to unpacking`);
  });
});

describe('rows', () => {
  type WireReport = Record<string, unknown> & {
    columns: Record<string, unknown>;
    containers: unknown[];
  };
  const values = [null, 0, -1, 1e300, 'x', [], [1], {}, true, new Uint8Array(2)];

  it('are read as the records that they stand for, whatever stands in them', () => {
    const random = seededRandom(17);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const known = decoded(goldenBytes('report.v1'));
    let [taken, refused] = [0, 0];
    for (let round = 0; round < 3000; round += 1) {
      const wire = unpack(goldenBytes('report.v1')) as WireReport;
      spoil(wire, pick, random);
      const bytes = pack(wire);
      const plain = unpack(bytes) as WireReport;
      const containers = recordsFromRows(plain.columns, plain.containers);
      const expected = check(nodeReport, { ...plain, containers });
      assert.deepEqual(decodeReport(bytes), expected, `round ${round}`);
      assert.deepEqual(decodeReport(bytes, known), expected, `round ${round}, with one before`);
      if (expected.ok) taken += 1;
      else refused += 1;
    }
    assert.ok(taken > 100 && refused > 100, `${taken} taken, ${refused} refused`);
  });

  // One to three changes of cells, columns or whole rows.
  function spoil(wire: WireReport, pick: <T>(from: readonly T[]) => T, random: () => number): void {
    const changes = 1 + Math.floor(random() * 3);
    for (let i = 0; i < changes; i += 1) {
      const names = pick(Object.values(wire.columns));
      if (!Array.isArray(names)) continue;
      const at = Math.floor(random() * names.length);
      const kind = random();
      if (kind < 0.2) names.splice(at, 1, pick(['weight', 'state', 'other', 'reason']));
      else if (kind < 0.3)
        wire.columns[pick(Object.keys(wire.columns))] = structuredClone(pick(values));
      else if (kind < 0.4) wire.containers[0] = structuredClone(pick(values));
      else spoilRow(wire.containers, pick, random);
    }
  }

  function spoilRow(rows: unknown[], pick: <T>(from: readonly T[]) => T, random: () => number) {
    const row = pick(rows);
    if (!Array.isArray(row) || row.length === 0) return;
    const at = Math.floor(random() * row.length);
    if (Array.isArray(row[at]) && random() < 0.6) spoilRow([row[at]], pick, random);
    else row[at] = structuredClone(random() < 0.5 ? pick(row) : pick(values));
  }
});
