import { Option } from 'commander';
import { FOREIGN_LEVELS } from '../lab/level-names.js';

/** `--foreign`: load of other programs, in place of that of each file. */
export const foreignOption = (): Option =>
  new Option(
    '--foreign <level>',
    'load of other programs beside every run: none, 5 % of the host in bursts, or 20 %, changing',
  ).choices(FOREIGN_LEVELS);
