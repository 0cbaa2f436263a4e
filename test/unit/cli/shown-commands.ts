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

/**
 * What commander would refuse of these words, or not read as it is meant: a command or a flag that
 * is not there, or a flag of `dqoes run` behind the image, where it belongs to the container.
 */
export function wrongIn(program: Command, words: readonly string[]): readonly string[] {
  let command = program;
  const wrong: string[] = [];
  let [isOperand, isValue] = [false, false];
  for (const word of words) {
    if (isValue) {
      isValue = false;
      continue;
    }
    const below = command.commands.find(
      (each) => each.name() === word || each.aliases().includes(word),
    );
    const isFlag = word.startsWith('-') && word !== '-';
    const isPassedOn = command.name() === 'run' && command.parent === program && isOperand;
    if (!isOperand && below !== undefined) command = below;
    else if (!isFlag) isOperand = true;
    else {
      const option = optionOf(command, word);
      isValue = option?.required === true && !word.includes('=') && !isPassedOn;
      if (option === undefined && !isPassedOn) wrong.push(`${command.name()} has no ${word}`);
      if (option !== undefined && isPassedOn) wrong.push(`${word} stands after the image`);
    }
  }
  return command.commands.length > 0 && !doesSomething(command)
    ? [...wrong, `${command.name()} is not a command by itself`]
    : wrong;
}
