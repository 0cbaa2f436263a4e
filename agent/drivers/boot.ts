import { textOf } from './cgroup-quota.js';

/** Which boot of the host this is; '' = the kernel does not say. `root`: for fixtures. */
export const bootOf = (root = ''): string => textOf(`${root}/proc/sys/kernel/random/boot_id`) ?? '';
