import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { leaderSamples } from '../../../../coordinator/monitoring/leader-samples.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { Samples } from '../../../../shared/monitoring/samples.js';
import { PROBE_FAILED, PROBE_REFUSED } from '../../../../shared/report.js';
import { seriesOf } from '../../../lib/samples.js';
import { container, latency, target } from '../build.js';
import { desiredOn, fold, reported, START, stored } from '../state/state-build.js';

const COUNTERS = {
  ingest: { accepted: 7, superseded: 1, waiting: 0, rejected: new Map([['wire.schema', 2]]) },
  dispatch: { written: 3, nudged: 4, conflicts: 1, failed: 0 },
  events: { published: 5, dropped: 0, waiting: 2 },
  audit: { dropped: 3 },
  minutes: { dropped: 4 },
};

function scraped(state: ClusterState, maxAllocations = 500, nowMs = 2000) {
  const samples = new Samples();
  const what = { state, nowMs, cluster: 'test', maxAllocations, epoch: 3, counters: COUNTERS };
  leaderSamples(samples, what);
  return seriesOf(samples);
}

const answering = (id: string, meanMs: number) =>
  container(id, {
    latency: latency(meanMs),
    cpu: { usageCores: 0.5, usageTotalSeconds: 9, throttledRatio: 0.25, pressureRatio: null },
  });
const TWO = fold(
  START,
  stored('a', { replicas: 2, target: target(100) }),
  stored('quiet'),
  reported(1000, 'h1', { containers: [answering('a-1', 100), answering('a-2', 200)] }),
  desiredOn('h1', 1, ['a-1', 0.5], ['a-2', 0.75], ['quiet-1', 0.1]),
);

describe('metrics of the coordinator that leads', () => {
  it('have one value a job: the slowest latency, sums of CPU, shares of allocations', () => {
    const series = scraped(TWO);
    const of = (name: string) => series[`${name}{job_name=a}`];
    assert.equal(of('dqoes_job_latency_seconds'), 0.2);
    assert.equal(series['dqoes_job_target_seconds{job_name=a,statistic=mean,mode=band}'], 0.1);
    assert.equal(of('dqoes_job_at_target_ratio'), 0.5);
    assert.equal(of('dqoes_job_not_slower_ratio'), 0.5);
    assert.equal(of('dqoes_job_cpu_limit_cores'), 1.25);
    assert.equal(of('dqoes_job_cpu_usage_cores'), 1);
    assert.equal(of('dqoes_job_cpu_throttled_ratio'), 0.25);
    assert.deepEqual([of('dqoes_job_replicas'), of('dqoes_job_running')], [2, 2]);
  });

  it('count the lines of the audit and the minutes that were lost', () => {
    assert.equal(scraped(TWO).dqoes_coordinator_audit_dropped_total, 3);
    assert.equal(scraped(TWO).dqoes_coordinator_history_dropped_total, 4);
  });

  it('leave out what nobody measured', () => {
    const series = scraped(TWO);
    for (const name of ['latency_seconds', 'at_target_ratio', 'cpu_usage_cores'])
      assert.equal(series[`dqoes_job_${name}{job_name=quiet}`], undefined, name);
    assert.equal(series['dqoes_node_cpu_pressure_ratio{node=h1}'], undefined);
    assert.equal(series['dqoes_node_cpu_utilisation_ratio{node=h1}'], 0.5);
  });

  it('leave out what a node that is down said last, but not what it was granted', () => {
    const series = scraped(fold(TWO, { kind: 'tick', atMs: 60_000 }));
    assert.equal(series['dqoes_nodes{liveness=down}'], 1);
    const labels = '{job_name=a,allocation=a-1,node=h1}';
    for (const name of ['latency_seconds', 'cpu_usage_cores', 'cpu_throttled_ratio']) {
      assert.equal(series[`dqoes_job_${name}{job_name=a}`], undefined, name);
      assert.equal(series[`dqoes_allocation_${name}${labels}`], undefined, name);
    }
    for (const name of ['at_target_ratio', 'not_slower_ratio'])
      assert.equal(series[`dqoes_job_${name}{job_name=a}`], undefined, name);
    assert.equal(series['dqoes_job_running{job_name=a}'], 0);
    assert.equal(series['dqoes_jobs{class=slower}'], 0);
    assert.equal(series['dqoes_allocations{class=unknown}'], 3);
    assert.equal(series['dqoes_job_cpu_limit_cores{job_name=a}'], 1.25);
  });

  it('leave out answers of long ago: nobody asks any more, or nothing is answered', () => {
    const quiet = { ...answering('a-1', 300), latency: latency(300, { newestAgeMs: 60_001 }) };
    const series = scraped(
      fold(TWO, reported(1500, 'h1', { sequence: 2, containers: [quiet, answering('a-2', 100)] })),
    );
    assert.equal(series['dqoes_job_latency_seconds{job_name=a}'], 0.1);
    assert.equal(series['dqoes_job_not_slower_ratio{job_name=a}'], 1);
    assert.equal(series['dqoes_job_cpu_usage_cores{job_name=a}'], 1);
    assert.equal(series['dqoes_job_running{job_name=a}'], 2);
    assert.equal(series['dqoes_allocations{class=unknown}'], 2);
  });

  it('count those that are asked and answer nothing: they work, or their probe fails', () => {
    const old = { latency: latency(300, { newestAgeMs: 60_001 }) };
    const cpu = { usageTotalSeconds: 9, throttledRatio: 0, pressureRatio: null };
    const works = { ...answering('a-1', 300), ...old };
    const idles = { ...answering('a-2', 300), ...old, cpu: { ...cpu, usageCores: 0.01 } };
    const unanswered = (...containers: readonly ReturnType<typeof container>[]) =>
      scraped(fold(TWO, reported(1500, 'h1', { sequence: 2, containers })))[
        'dqoes_job_unanswered{job_name=a}'
      ];
    assert.equal(unanswered(works, idles), 1);
    assert.equal(unanswered(answering('a-1', 300), idles), 0);
    for (const reason of [`${PROBE_FAILED}no answer in time`, `${PROBE_REFUSED}503`])
      assert.equal(unanswered(works, { ...idles, reason }), 2);
    assert.equal(unanswered({ ...works, state: 'exited' }), 0);
  });

  it('count jobs by the class of the slowest allocation, and allocations by their own', () => {
    const series = scraped(TWO);
    const by = (name: string) =>
      ['faster', 'within', 'slower', 'unknown'].map((one) => series[`${name}{class=${one}}`]);
    assert.deepEqual(by('dqoes_jobs'), [0, 0, 1, 1]);
    assert.deepEqual(by('dqoes_allocations'), [0, 1, 1, 1]);
    assert.equal(series.dqoes_jobs_at_target, 0);
  });

  it('have series of allocations only up to a number, and say so', () => {
    const withAll = scraped(TWO, 3);
    const labels = '{job_name=a,allocation=a-1,node=h1}';
    assert.equal(withAll[`dqoes_allocation_latency_seconds${labels}`], 0.1);
    assert.equal(withAll.dqoes_allocation_series_dropped, 0);
    const without = scraped(TWO, 2);
    assert.deepEqual(
      Object.keys(without).filter((name) => /^dqoes_allocation_(?!series)/.test(name)),
      [],
    );
    assert.equal(without.dqoes_allocation_series_dropped, 1);
  });

  it('count allocations that no node takes by what is missing, each once', () => {
    const lacks = (resource: 'cpu' | 'memory', node: string) => ({
      ...{ node: node as never, resource, requested: 2, used: 1, capacity: 2, message: 'full' },
    });
    const allocation = 'big-1' as never;
    const refusals = [lacks('cpu', 'h1'), lacks('cpu', 'h2'), lacks('memory', 'h2')];
    const state = fold(TWO, {
      ...{ kind: 'planned', atMs: 0, preempted: [], unreachable: [], conditions: [] },
      pending: [{ job: 'big' as never, allocation, refusals }],
    });
    const series = scraped(state);
    const of = (reason: string) => series[`dqoes_allocations_pending{reason=${reason}}`];
    assert.deepEqual([of('cpu'), of('memory'), of('gpu'), of('none')], [1, 1, 0, 0]);
  });

  it('say of each node how long ago it was heard, and what of its CPU is allocated', () => {
    const series = scraped(TWO, 500, 4500);
    assert.equal(series['dqoes_node_report_age_seconds{node=h1}'], 3.5);
    assert.equal(series['dqoes_node_cpu_allocated_cores{node=h1}'], 1.35);
    assert.equal(series['dqoes_node_ready{node=h1}'], 1);
    assert.equal(series['dqoes_node_condition{node=h1,condition=overloaded}'], 0);
  });

  it('say what this leadership did', () => {
    const series = scraped(TWO);
    assert.equal(series.dqoes_coordinator_epoch, 3);
    assert.equal(series['dqoes_coordinator_messages_rejected_total{code=wire.schema}'], 2);
    assert.equal(series['dqoes_coordinator_desired_writes_total{outcome=conflict}'], 1);
    assert.equal(series.dqoes_coordinator_events_waiting, 2);
  });
});
