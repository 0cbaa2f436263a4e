import { textTrouble } from './text.js';

/** Most variables of a job that have values of their own. */
export const MAX_ENV_VALUES = 256;
/** Longest value of a variable, characters; a secret may be longer. */
export const MAX_ENV_LENGTH = 8192;
/** Most arguments of the command of a job. */
export const MAX_ARGUMENTS = 256;
/** Longest argument of a command, characters. */
export const MAX_ARGUMENT_LENGTH = 4096;

/**
 * Beginnings of names that no job may set in its environment: they make the dynamic linker load
 * other code, or change which GPUs a container sees and how much of them it may use.
 */
const RESERVED_ENV = ['LD_', 'NVIDIA_', 'CUDA_'] as const;

/** Why a job may not set one of these variables; undefined = it may set all. */
export const reservedEnvIn = (env: Readonly<Record<string, unknown>>): string | undefined =>
  Object.keys(env)
    .map(reservedEnvReason)
    .find((reason) => reason !== undefined);

/** Why a job may not set this variable; undefined = it may. */
function reservedEnvReason(name: string): string | undefined {
  const reserved = RESERVED_ENV.find((start) => name.startsWith(start));
  if (reserved === undefined) return undefined;
  return (
    `${name} is reserved (${reserved}*): the host decides how programs are linked and which GPUs ` +
    'they see; remove it, or set it in the image (ENV)'
  );
}

/**
 * Why a text can be neither the value of a variable nor an argument of a program, with the cure; ''
 * = it can.
 */
export const zeroByteTrouble = (text: string): string =>
  text.includes('\0')
    ? 'has a zero byte, which no variable and no argument can hold: encode it (base64)'
    : '';

/** Why a text cannot be the value of a variable of a job, with the cure; '' = it can. */
export const envTrouble = (text: string): string =>
  textTrouble(text, MAX_ENV_LENGTH) || zeroByteTrouble(text);

/** Why a text cannot be an argument of the command of a job, with the cure; '' = it can. */
export const argumentTrouble = (text: string): string =>
  textTrouble(text, MAX_ARGUMENT_LENGTH) || zeroByteTrouble(text);
