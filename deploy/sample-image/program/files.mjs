import { readFileSync, writeFileSync } from 'node:fs';
import { InputFault } from './fault.mjs';

/** @type {(error: unknown) => string} */
const reasonOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error);

/**
 * @param {string} file
 * @returns {Buffer}
 * @throws {InputFault}
 */
export function readInput(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new InputFault(
      `--input "${file}" cannot be read (${reasonOf(error)}); give a readable PNG or WAV file.`,
    );
  }
}

/**
 * @param {string} file
 * @param {Uint8Array} bytes
 * @throws {InputFault}
 */
export function writeNetwork(file, bytes) {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw new InputFault(
      `--write "${file}" cannot be written (${reasonOf(error)}); give a path in a writable folder.`,
    );
  }
}
