import { err, ok, type Result } from './result.js';

/** Hosts that a question adds to a cluster. */
export interface AddedHosts {
  readonly hosts: number;
  /** Of each, cores; absent = as the usual host of the cluster. */
  readonly cpuCores?: number;
}

const FORM = /^(\d{1,4})(?:x(\d{1,4}(?:\.\d{1,3})?))?$/;
const MAX_HOSTS = 1000;
const CORES = { min: 0.01, max: 4096 };

/** Reads `3` or `3x8`: three hosts, of 8 cores each; the error is a sentence with the cure. */
export function parseAddedHosts(text: string): Result<AddedHosts, string> {
  const [, count, each] = FORM.exec(text) ?? [];
  const shown = JSON.stringify(text.slice(0, 40));
  if (count === undefined)
    return err(`${shown} is no number of hosts: write 3, or 3x8 for three hosts of 8 CPU each`);
  const hosts = Number(count);
  if (hosts < 1 || hosts > MAX_HOSTS)
    return err(`${shown} adds ${hosts} hosts: add 1 to ${MAX_HOSTS}`);
  if (each === undefined) return ok({ hosts });
  const cpuCores = Number(each);
  if (cpuCores >= CORES.min && cpuCores <= CORES.max) return ok({ hosts, cpuCores });
  return err(`${shown} adds hosts of ${each} CPU: write ${CORES.min} to ${CORES.max}`);
}
