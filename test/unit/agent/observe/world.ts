import { type Workload, workloadsOf } from '../../../../agent/discover/workloads.js';
import { Observer } from '../../../../agent/observe/observer.js';
import type { CgroupCounters, CgroupHandle } from '../../../../agent/ports/cgroup.js';
import type { EngineContainer, LogSink } from '../../../../agent/ports/engine.js';
import type { HostReader } from '../../../../agent/ports/host.js';
import type { HttpClient } from '../../../../agent/ports/http.js';
import type { PushReceiver } from '../../../../agent/ports/push.js';
import type { CpuLimit } from '../../../../shared/command.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { err, ok, type Result } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { container, desired, jobSpec, ownLabels } from './build.js';

/** A world whose cgroups are plain numbers; anything not planned throws. */
export interface WorldOptions {
  readonly push?: boolean;
  readonly compile?: (source: string) => Result<RegExp, string>;
  readonly http?: HttpClient;
}
const NO_HTTP: HttpClient = {
  ask: () => Promise.reject(new Error('not planned: ask')),
  close: () => {},
};
const NO_HOST: HostReader = {
  info: () => Promise.reject(new Error('not planned: info')),
  usage: () => Promise.reject(new Error('not planned: usage')),
};
export function world(options: WorldOptions = {}) {
  const clock = new ManualClock();
  const usage = new Map<number, number>();
  const broken = new Set<number>();
  const open = { handles: 0, followers: 0 };
  const logs = new Map<string, LogSink>();
  let onPush: Parameters<PushReceiver['start']>[0] = () => {};
  const handle = (pid: number) => cgroupHandle(pid, { usage, broken, open });
  const push: PushReceiver = {
    rejected: 0,
    start: (listener) => {
      onPush = listener;
      return Promise.resolve({ httpPort: 1, udpPort: 2 });
    },
    close: () => Promise.resolve(),
  };
  const observer = new Observer({
    clock,
    log: silentLog,
    windowMs: 5000,
    scrape: { intervalMs: 1000, deadlineMs: 2000, waitMs: 200 },
    openHttp: () => options.http ?? NO_HTTP,
    compile: options.compile ?? ((source) => ok(new RegExp(source))),
    engine: {
      followLogs: (id, sink, signal) => {
        open.followers += 1;
        logs.set(id, sink);
        signal.addEventListener('abort', () => {
          open.followers -= 1;
        });
      },
    },
    cgroups: {
      open: (pid) => {
        if (pid === 13) return Promise.resolve(err('process 13 is gone'));
        if (pid === 14) return Promise.reject(new Error('broken driver'));
        open.handles += 1;
        return Promise.resolve(ok(handle(pid)));
      },
    },
    host: NO_HOST,
    ...(options.push === true ? { push } : {}),
  });
  const collect = (
    limitChangedAtMs: ReadonlyMap<AllocationId, number> = new Map(),
    applied: ReadonlyMap<AllocationId, CpuLimit> = new Map(),
  ) => observer.collect({ nowMs: clock.now(), limitChangedAtMs, applied });
  const say = (line: string, of: EngineContainer = container()) => logs.get(of.id)?.onLine(line);
  return {
    clock,
    usage,
    broken,
    open,
    say,
    sink: () => logs.get(container().id),
    observer,
    collect,
    pushed: (...args: Parameters<typeof onPush>) => onPush(...args),
  };
}

interface CgroupState {
  readonly usage: ReadonlyMap<number, number>;
  readonly broken: ReadonlySet<number>;
  readonly open: { handles: number };
}
const cgroupHandle = (pid: number, { usage, broken, open }: CgroupState): CgroupHandle => ({
  read: () => {
    if (broken.has(pid)) return Promise.resolve(err('the cgroup is gone'));
    return Promise.resolve(ok(counters(usage.get(pid) ?? 0)));
  },
  readLimit: () => Promise.reject(new Error('not planned: readLimit')),
  readWeight: () => Promise.reject(new Error('not planned: readWeight')),
  readBurst: () => Promise.reject(new Error('not planned: readBurst')),
  writeBurst: () => Promise.reject(new Error('not planned: writeBurst')),
  close: () => {
    open.handles -= 1;
    return Promise.resolve();
  },
});
const counters = (cpuUsageSeconds: number): CgroupCounters => ({
  cpuUsageSeconds,
  periods: 0,
  throttledPeriods: 0,
  pressureTotalUs: null,
  memory: { currentBytes: 10, workingSetBytes: 5, oomKills: 0 },
  limit: { cpuCores: null, periodUs: 100_000 },
  weight: { version: 1, value: 1024 },
  burstUs: 0,
});
export const own = (over: Partial<EngineContainer> = {}, spec = jobSpec()): readonly Workload[] =>
  workloadsOf({
    containers: [container({ labels: ownLabels('face-0'), ...over })],
    desired: [desired('face-0', spec)],
  }).workloads;
