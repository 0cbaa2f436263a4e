import type { Command, Option } from 'commander';

/** The long name of an option, or its only one. */
export const longOf = ({ long, short }: Option): string => long ?? short ?? '';

/** A flag that is on by default is written as the word that ends it. */
export const namesOf = (option: Option): readonly string[] =>
  option.short === undefined ? [longOf(option)] : [longOf(option), option.short];

const doesSomething = (command: Command): boolean =>
  (command as unknown as { readonly _actionHandler?: unknown })._actionHandler != null;

const optionOf = (command: Command, word: string): Option | undefined =>
  command.options.find((option) => namesOf(option).includes(word.split('=')[0] ?? ''));

const isFlag = (word: string): boolean => word.startsWith('-') && word !== '-';

/** The command that the first words name, and the words that follow. */
function commandIn(
  program: Command,
  words: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } {
  const [first, ...rest] = words;
  const below = program.commands.find(
    (each) => each.name() === first || (first !== undefined && each.aliases().includes(first)),
  );
  return below === undefined ? { command: program, rest: words } : commandIn(below, rest);
}

/** What is wrong with a flag; the words of `dqoes run` behind the image are the container's. */
function faultOf(command: Command, word: string, isPassedOn: boolean): readonly string[] {
  const isOurs = optionOf(command, word) !== undefined;
  if (isPassedOn) return isOurs ? [`${word} stands after the image`] : [];
  return isOurs ? [] : [`${command.name()} has no ${word}`];
}

/**
 * What commander would refuse of these words, or not read as it is meant: a command or a flag that
 * is not there, or a flag of `dqoes run` behind the image, where it belongs to the container.
 */
export function wrongIn(program: Command, words: readonly string[]): readonly string[] {
  const { command, rest } = commandIn(program, words);
  const passesOn = command.name() === 'run' && command.parent === program;
  const wrong: string[] = [];
  let [isOperand, isValue] = [false, false];
  for (const word of rest) {
    const isPassedOn = passesOn && isOperand;
    if (!isFlag(word)) isOperand ||= !isValue;
    else wrong.push(...faultOf(command, word, isPassedOn));
    // The value of an option is no operand.
    isValue = isFlag(word) && !word.includes('=') && optionOf(command, word)?.required === true;
  }
  return command.commands.length > 0 && !doesSomething(command)
    ? [...wrong, `${command.name()} is not a command by itself`]
    : wrong;
}
