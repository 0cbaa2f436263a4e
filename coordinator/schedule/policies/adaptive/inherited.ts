import {
  type AllocationModel,
  copyModel,
  Field,
  type FieldName,
} from '../../model/allocation-model.js';
import { GUESS_WEIGHT } from '../../model/fitted-law.js';

/** Requests that outweigh what is only known of the workload. */
const OWN_REQUESTS = 5;
/** One that answers rarely or never is planned with what is known after this time. */
const MAX_WAIT_MS = 60_000;
/** What is left of the weight of a first guess: the answers that are waited for shall decide. */
const GUESS_KEPT = 0.25;
const GUESSED: readonly FieldName[] = [
  'workSeconds',
  'workCount',
  'overheadSeconds',
  'overheadWeight',
];

/**
 * What a policy that meets a node for the first time knows of an allocation whose limit somebody
 * else has decided: the leader before, or another policy. `start`: as of a new container. Its limit
 * stays until five requests of its own were measured, or, where nothing is known of the workload,
 * until the first one, and for a minute at most: the workload does not say how requests arrive, and
 * how fast the node is was not stored. A decision from that alone moved limits by up to a factor of
 * four.
 */
export function inheritedModel(start: AllocationModel, nowMs: number): AllocationModel {
  const draft = copyModel(start);
  draft[Field.inheritedAtMs] = nowMs;
  draft[Field.inheritedUntil] = start[Field.workCount] > 0 ? OWN_REQUESTS : GUESS_WEIGHT;
  for (const name of GUESSED) draft[Field[name]] *= GUESS_KEPT;
  // Of other containers, under other limits: its own report will say.
  draft[Field.freeCores] = 0;
  draft[Field.freeWeight] = 0;
  return draft;
}

/** Whether its limit is to stay as it was found. */
export const isInherited = (model: AllocationModel, nowMs: number): boolean =>
  model[Field.inheritedUntil] > 0 && nowMs - model[Field.inheritedAtMs] < MAX_WAIT_MS;

/** The same, of which it is decided with what is known. */
export function withoutInheritance(model: AllocationModel): AllocationModel {
  if (model[Field.inheritedUntil] === 0) return model;
  const draft = copyModel(model);
  draft[Field.inheritedUntil] = 0;
  return draft;
}
