import type { Fault } from '../../shared/result.js';
import type { EngineContainer } from '../ports/engine.js';

/** What is needed of a container to tell its own labels from those of its image. */
export type LabelSource = Pick<
  EngineContainer,
  'name' | 'image' | 'labels' | 'imageLabels' | 'imageUnread'
>;

/** Label, after the prefix, by which a person lets the labels of the image count. */
export const IMAGE_LABELS_KEY = 'image-labels';
/** Its only values: `count`, and `ignore`, which is the same as without it. */
export const IMAGE_LABELS_VALUES = ['count', 'ignore'] as const;

/**
 * The labels that count: those that were set when the container was started, and those of its
 * image only where such a label says so.
 */
export function countedLabels(
  { labels, imageLabels = {} }: Pick<LabelSource, 'labels' | 'imageLabels'>,
  prefix: string,
): Readonly<Record<string, string>> {
  const doCount = labels[prefix + IMAGE_LABELS_KEY]?.trim() === 'count';
  return doCount ? { ...imageLabels, ...labels } : labels;
}

/** Why a container that only its image opts in is left alone, and what a person can do. */
export function imageOptInReason({ image, imageUnread }: LabelSource, prefix: string): string {
  if (imageUnread !== undefined)
    return (
      `the image ${image} cannot be read (${imageUnread}), so nothing tells whether a person or ` +
      `the image set ${prefix}enable: start the container again from an image that is on this host`
    );
  return (
    `label ${prefix}enable comes from the image ${image}, and only the person who starts a ` +
    `container opts it in: start it with --label ${prefix}${IMAGE_LABELS_KEY}=count`
  );
}

/** One warning that names the labels of the image that do not count; empty = there are none. */
export function ignoredImageLabels(
  { name, labels, imageLabels = {} }: Pick<LabelSource, 'name' | 'labels' | 'imageLabels'>,
  known: readonly string[],
  prefix: string,
): readonly Fault[] {
  const counted = countedLabels({ labels, imageLabels }, prefix);
  const ignored = known
    .map((key) => prefix + key)
    .filter((label) => isOnlyIn(label, imageLabels, counted));
  const [first] = ignored;
  if (first === undefined) return [];
  const message =
    `labels ${ignored.join(', ')} of ${name} come from its image and do not count: set them to ` +
    `other values when you start it, or set ${prefix}${IMAGE_LABELS_KEY}=count`;
  return [{ code: 'label.from-image', field: first, message }];
}

const isOnlyIn = (
  label: string,
  imageLabels: Readonly<Record<string, string>>,
  counted: Readonly<Record<string, string>>,
): boolean => Object.hasOwn(imageLabels, label) && !Object.hasOwn(counted, label);
