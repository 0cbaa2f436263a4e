import { isOurs, type Owner } from '../containers/host-config.js';
import type { ContainerEngine } from '../ports/engine.js';

/** The engine as this agent sees it: job containers of other agents are left out. */
export function ownView(engine: ContainerEngine, owner: Owner): ContainerEngine {
  return {
    list: async () => {
      const listed = await engine.list();
      return listed.ok
        ? { ok: true, value: listed.value.filter(({ labels }) => isOurs(labels, owner)) }
        : listed;
    },
    find: (id) => engine.find(id),
    events: (onEvent, signal) => engine.events(onEvent, signal),
    updateCpu: (id, settings) => engine.updateCpu(id, settings),
    run: (request) => engine.run(request),
    fetchImage: (...asked) => engine.fetchImage(...asked),
    stop: (id, graceMs, onlyIfEnded) => engine.stop(id, graceMs, onlyIfEnded),
    followLogs: (id, sink, signal) => engine.followLogs(id, sink, signal),
    openLog: (id, start, signal) => engine.openLog(id, start, signal),
    tailLogs: (id, count) => engine.tailLogs(id, count),
    probeGpu: (id) => engine.probeGpu(id),
    ping: () => engine.ping(),
  };
}
