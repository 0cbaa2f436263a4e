import { type Command, Help, type Option } from 'commander';

/** Options that many commands have: the help of a command begins with its own. */
const SHARED: readonly string[] = [
  ...['--output', '--watch', '--wait', '--wait-timeout'],
  ...['--context', '--nats', '--creds', '--cluster', '--quiet', '--no-input', '--help'],
];
const placeOf = ({ long }: Option): number => SHARED.indexOf(long ?? '');

/** The options of a command as its help lists them: its own in their order, then the shared. */
export const optionsInOrder = (command: Command): Option[] =>
  new Help().visibleOptions(command).sort((a, b) => placeOf(a) - placeOf(b));
