import type { Command } from 'commander';
import { editDistance } from '../../shared/nearest.js';

const MAX_NAMED = 3;

interface Named {
  readonly name: string;
  /** With the command that it is below. */
  readonly whole: string;
}

/** What other programs for containers call it (docker, kubectl, nomad), and which of ours do it. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  apply: ['job run'],
  create: ['job run', 'run'],
  delete: ['job stop'],
  deploy: ['job run'],
  describe: ['job status', 'node status'],
  get: ['job ls', 'node ls', 'ps'],
  inspect: ['job status', 'node status'],
  restart: ['job set'],
  rm: ['job stop'],
  scale: ['job set'],
  start: ['up', 'run'],
  stats: ['top', 'ps'],
  submit: ['job run'],
  update: ['job set'],
};

/** Those that may be meant by a word that is no command, the nearest first: `job logs` by `log`. */
export function commandsMeant(word: string, program: Command): readonly string[] {
  const wanted = word.slice(0, 64).toLowerCase();
  const farthest = Math.max(1, Math.floor(wanted.length / 3));
  const near = namesIn(program)
    .map(({ name, whole }) => ({ whole, distance: editDistance(wanted, name) }))
    .filter(({ distance }) => distance <= farthest)
    .sort((a, b) => a.distance - b.distance);
  const other = Object.hasOwn(ELSEWHERE, wanted) ? (ELSEWHERE[wanted] ?? []) : [];
  return [...new Set([...other, ...near.map(({ whole }) => whole)])].slice(0, MAX_NAMED);
}

const namesIn = ({ commands }: Command): readonly Named[] =>
  commands
    .filter((command) => !command.name().startsWith('_'))
    .flatMap((command) => [
      ...namesOf(command, command.name()),
      ...command.commands.flatMap((below) => namesOf(below, `${command.name()} ${below.name()}`)),
    ]);

const namesOf = (command: Command, whole: string): readonly Named[] =>
  [command.name(), ...command.aliases()].map((name) => ({ name, whole }));

/** ` (Did you mean job ls, node ls or secret ls?)`; '' = nothing is near. */
export function meantText(names: readonly string[]): string {
  const last = names.at(-1);
  if (last === undefined) return '';
  const before = names.slice(0, -1).join(', ');
  return ` (Did you mean ${before === '' ? last : `${before} or ${last}`}?)`;
}
