import { type DiskSurvey, lookAtDisk } from '../../agent/wiring/doctor.js';
import type { Result } from '../../shared/result.js';
import { type DoctorFinding, type DoctorSection, limited, missing, works } from './section.js';

/** Checks the disk that holds what an agent must remember. */
export const diskSection: DoctorSection = {
  name: 'disk',
  look: async ({ host }) => diskFindings(lookAtDisk(host.stateDir), host.stateDir),
};

const MIB = 1024 * 1024;
/** A journal of a thousand containers, twice, and a margin. */
const LEAST_BYTES = 16 * MIB;
const ENOUGH_BYTES = 256 * MIB;
const LEAST_FILES = 64;
const FULL =
  'make room: without it no limit is changed, because what was there before cannot be noted';
const READ_ONLY =
  'mount it for writing (dmesg says why it is not): until then no agent starts, and one that ' +
  'runs changes no limit';

/** One line about the state folder. */
export function diskFindings(
  found: Result<DiskSurvey, string>,
  folder: string,
): readonly DoctorFinding[] {
  const what = 'state folder';
  if (!found.ok) return [missing(what, `${folder}: ${found.error}`, 'check the disk and the path')];
  const { exists, isWritable, isReadOnly, freeBytes, freeFiles } = found.value;
  if (isReadOnly) return [missing(what, `${folder} is on a read-only disk`, READ_ONLY)];
  const free = `${folder}, ${Math.floor(freeBytes / MIB)} MiB free`;
  if (freeBytes < LEAST_BYTES) return [missing(what, free, FULL)];
  if (freeFiles !== null && freeFiles < LEAST_FILES)
    return [missing(what, `${folder}, ${freeFiles} files can be made`, FULL)];
  if (!isWritable)
    return [
      limited(what, `${free}, not for this user to write`, 'run this as the user of the agent'),
    ];
  if (freeBytes < ENOUGH_BYTES) return [limited(what, free, 'make room before it is full')];
  return [works(what, exists ? free : `${free}; it is made at the first start`)];
}
