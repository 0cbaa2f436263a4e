import type { Command, Option } from 'commander';

/** The long name of an option, or its only one. */
export const longOf = ({ long, short }: Option): string => long ?? short ?? '';

/** A flag that is on by default is written as the word that ends it. */
export const namesOf = (option: Option): readonly string[] =>
  option.short === undefined ? [longOf(option)] : [longOf(option), option.short];

const doesSomething = (command: Command): boolean =>
  (command as unknown as { readonly _actionHandler?: unknown })._actionHandler != null;

/** What commander would refuse of these words: a command or a flag that is not there. */
export function wrongIn(program: Command, words: readonly string[]): readonly string[] {
  let command = program;
  const wrong: string[] = [];
  let isOperand = false;
  for (const word of words) {
    const below = command.commands.find(
      (each) => each.name() === word || each.aliases().includes(word),
    );
    if (!isOperand && below !== undefined) command = below;
    else if (!word.startsWith('-') || word === '-') isOperand = true;
    else if (command.name() === 'run' && command.parent === program && isOperand) continue;
    else if (!command.options.some((option) => namesOf(option).includes(word.split('=')[0] ?? '')))
      wrong.push(`${command.name()} has no ${word}`);
  }
  return command.commands.length > 0 && !doesSomething(command)
    ? [...wrong, `${command.name()} is not a command by itself`]
    : wrong;
}
