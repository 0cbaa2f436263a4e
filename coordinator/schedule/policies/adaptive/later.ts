import type { AllocationId } from '../../../../shared/ids.js';
import type { Shown } from '../../forecast.js';
import { type AllocationModel, copyModel, Field } from '../../model/allocation-model.js';
import { NO_ADMISSION } from './admission.js';
import { READMIT_WINDOW_MS } from './divide/allocation-goal.js';
import type { Memory } from './memory.js';
import { NO_WORST } from './worst-lately.js';

/** No node has so little: what is remembered of it is not taken for the newest. */
const UNSEEN_CORES = 0;

/** The memory with which a node is decided about again, as after new reports. */
export const againMemory = (memory: Memory): Memory => ({
  ...memory,
  allocatableCpuCores: UNSEEN_CORES,
});

/**
 * The memory of a node some minutes later: what has come there has answered like what it is mapped
 * to, nobody was dropped lately, and its speed and CPU have been what they are. The node is then
 * decided about again, as after new reports.
 */
export function laterMemory(
  memory: Memory,
  shown: ReadonlyMap<AllocationId, Shown<Memory>>,
  nowMs: number,
): Memory {
  const models = memory.models.map((model, i) => {
    const its = shown.get(memory.ids[i] as AllocationId);
    return afterPause(its === undefined ? model : taught(model, its), nowMs);
  });
  const commonWork = { ...memory.commonWork, lead: 0 };
  const [admission, worstLately] = [NO_ADMISSION, NO_WORST];
  return againMemory({ ...memory, models, commonWork, admission, worstLately });
}

/** Of its own life: counters, and whether it is chosen. All else is what the other one showed. */
const OWN_FIELDS = [
  Field.bornAtMs,
  Field.bornCpuSeconds,
  Field.seenAtMs,
  Field.cpuSeconds,
  Field.count,
  Field.totalMs,
  Field.limitCores,
  Field.doneCount,
  Field.doneCpuSeconds,
  Field.doneAtMs,
  Field.lastMeanSeconds,
  Field.isChosen,
  Field.chosenAtMs,
  Field.inheritedAtMs,
  Field.inheritedUntil,
  Field.lentCores,
  Field.turnUntilMs,
] as const;

function taught(model: AllocationModel, { memory, allocation, workRatio }: Shown<Memory>) {
  const known = memory.models[memory.ids.indexOf(allocation)];
  if (known === undefined || known[Field.workCount] <= model[Field.workCount]) return model;
  const draft = copyModel(known);
  for (const field of OWN_FIELDS) draft[field] = model[field];
  draft[Field.workSeconds] *= workRatio;
  draft[Field.recentWork] *= workRatio;
  return draft;
}

// Who was dropped needs more room for a while only.
function afterPause(model: AllocationModel, nowMs: number): AllocationModel {
  const endMs = nowMs - READMIT_WINDOW_MS;
  if (model[Field.isChosen] === 1 || model[Field.chosenAtMs] <= endMs) return model;
  const draft = copyModel(model);
  draft[Field.chosenAtMs] = endMs;
  return draft;
}
