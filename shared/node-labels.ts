import { PROTOTYPE_KEYS } from './ids.js';

/** Names of labels of nodes, wherever they are written: settings, reports, constraints of jobs. */
export const LABEL_NAME = /^[A-Za-z0-9._/-]{1,128}$/;
/** Longest value of a label, characters. */
export const MAX_LABEL_LENGTH = 256;
/** Most labels of a node. */
export const MAX_LABELS = 64;

/** Why a node cannot have this label, with the cure; '' = it can. */
export function nodeLabelFault(name: string, value: string): string {
  if (!LABEL_NAME.test(name) || PROTOTYPE_KEYS.includes(name))
    return 'is no name of a label: write 1 to 128 of A-Z a-z 0-9 . _ / -';
  if (value.length > MAX_LABEL_LENGTH || !value.isWellFormed())
    return `is no value of a label: write at most ${MAX_LABEL_LENGTH} characters`;
  return '';
}
