import { existsSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CGROUPS = '/sys/fs/cgroup';
/** Whether version 1 holds the CPU controller. */
export const IS_CGROUP_V1 = existsSync(join(CGROUPS, 'cpu'));
/** What a cgroup weighs that nobody gave a weight. */
export const DEFAULT_PARENT_WEIGHT = IS_CGROUP_V1 ? 1024 : 100;

/** A cgroup of its own for the containers of one test, by `docker run --cgroup-parent NAME`. */
export class OwnParent {
  /** `name`: lower case letters; engines of both cgroup drivers take it. */
  constructor(name: string) {
    this.name = `dqoes${name}${process.pid}.slice`;
  }
  readonly name: string;

  /** Its CPU weight; NaN = it is not there. */
  get weight(): number {
    const file = this.#file(IS_CGROUP_V1 ? 'cpu.shares' : 'cpu.weight');
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN;
  }

  /** Writes a file of its CPU controller. */
  write(file: string, text: string): void {
    writeFileSync(this.#file(file), text);
  }

  #file(name: string): string {
    return join(CGROUPS, ...(IS_CGROUP_V1 ? ['cpu'] : []), this.name, name);
  }

  /** Call when its containers are gone. */
  remove(): void {
    const roots = IS_CGROUP_V1 ? readdirSync(CGROUPS).map((one) => join(CGROUPS, one)) : [CGROUPS];
    for (const root of roots)
      if (existsSync(join(root, this.name))) rmdirSync(join(root, this.name));
  }
}
