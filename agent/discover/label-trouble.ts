import type { Fault } from '../../shared/result.js';
import { OWN_CONTAINER_LABELS } from '../containers/host-config.js';
import { countedLabels, imageOptInReason, type LabelSource } from './image-labels.js';
import { isEnabled, labelFaults, readLabels } from './labels.js';

/**
 * Everything wrong with the labels of a container, also of one that has not opted in: labels that
 * ask for something and are not heard. Empty = nothing is wrong.
 */
export function labelTrouble(container: LabelSource, prefix: string): readonly Fault[] {
  const labels = countedLabels(container, prefix);
  if (isEnabled(labels, prefix)) return labelFaults(readLabels(container, prefix));
  if (isEnabled(container.imageLabels ?? {}, prefix)) {
    const message = imageOptInReason(container, prefix);
    return [{ code: 'label.from-image', field: `${prefix}enable`, message }];
  }
  const isOff = labels[`${prefix}enable`] !== undefined;
  return isOff || isOwn(labels) ? [] : unheard(container.name, labels, prefix);
}

/** Of a job: its labels are ours. */
const isOwn = (labels: LabelSource['labels']): boolean =>
  labels[OWN_CONTAINER_LABELS.allocation] !== undefined;

/** `dqoes.enabled=true`, or a target alone: without the one label none of them does anything. */
function unheard(name: string, labels: LabelSource['labels'], prefix: string): readonly Fault[] {
  const named = Object.keys(labels).filter((label) => label.startsWith(prefix));
  const [first] = named.sort();
  if (first === undefined) return [];
  const shown = named.map((label) => label.slice(0, 128)).join(', ');
  const message =
    `${prefix}enable is missing, so ${shown} of ${name} do nothing, and dqoes does not touch it: ` +
    `start it with --label ${prefix}enable=true`;
  return [{ code: 'label.unknown', field: first.slice(0, 128), message }];
}
