import { cutText } from '../../../shared/text.js';
import type { GpuFailure, GpuFailureKind } from '../../ports/gpu.js';

/** Texts that stand for "not known" in a field: anything in brackets, and these. */
const ABSENT: ReadonlySet<string> = new Set(['', 'N/A', 'ERR!', 'Unknown Error', 'Not Supported']);

/** A field's text; null = the tool does not tell. */
export function known(field: string): string | null {
  const text = field.trim();
  return ABSENT.has(text) || /^\[.*\]$/.test(text) ? null : text;
}

/** A field's number, at least 0; null = the tool tells no number. */
export function knownNumber(field: string): number | null {
  const text = known(field);
  return text !== null && /^\d{1,12}(?:\.\d{1,12})?$/.test(text) ? Number(text) : null;
}

/** Whether a field says that the GPU itself is gone. */
export const saysLost = (field: string): boolean =>
  /GPU is lost|requires reset|fallen off/i.test(field);

interface FailureRule {
  readonly of: RegExp;
  readonly kind: GpuFailureKind;
}
/** First match wins. Texts of nvidia-smi as host.md, its manual and public issues show them. */
const KINDS: readonly FailureRule[] = [
  {
    of: /GPU is lost|fallen off the bus|requires reset|unable to determine the device handle/i,
    kind: 'lost',
  },
  {
    of: /communicate with the NVIDIA driver|Failed to initialize NVML|version mismatch/i,
    kind: 'driver',
  },
  { of: /No devices were found|ENOENT|not found/i, kind: 'absent' },
  { of: /does not have permission|Insufficient Permissions/i, kind: 'permission' },
  { of: /password is required|EACCES|not allowed to/i, kind: 'permission' },
  { of: /was set less than \d+ s ago/, kind: 'busy' },
  {
    of: /not a valid (?:power limit|clock|GPU clock)|should be between|out of range/i,
    kind: 'range',
  },
  { of: /not supported|Treating as warning|not available/i, kind: 'unsupported' },
];
/** Exit codes of nvidia-smi, from its manual; those of the helper that are not its are 2. */
const CODES: Readonly<Record<number, GpuFailureKind>> = {
  2: 'range',
  3: 'unsupported',
  4: 'permission',
  6: 'absent',
  9: 'driver',
  12: 'driver',
  13: 'unsupported',
  15: 'lost',
};
const CURES: Readonly<Partial<Record<GpuFailureKind, string>>> = {
  permission: 'run the agent as root, or install the helper (docs/gpu.md)',
  driver: 'check the driver of the GPU',
  lost: 'the GPU needs a reset or the host a reboot',
};

/**
 * The failure of a tool by what it printed, as one line; `code` null = it was ended by a signal.
 */
export function failureOf(tool: string, output: string, code: number | null): GpuFailure {
  const line = firstLine(output);
  const kind = KINDS.find(({ of }) => of.test(output))?.kind ?? CODES[code ?? -1] ?? 'unknown';
  const said = line === '' ? `ended with ${code === null ? 'a signal' : `code ${code}`}` : line;
  const cure = CURES[kind];
  return { kind, message: `${tool}: ${said}${cure === undefined ? '' : `; ${cure}`}` };
}

/** Whether the output of exit 0 is a refusal all the same. */
export const isRefusal = (output: string): boolean =>
  /not supported|Treating as warning|Terminating early|not a valid|does not have permission/i.test(
    output,
  );

const MAX_LINE = 300;
function firstLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const said = lines.find((line) => line !== '' && !/^All done\.?$/.test(line)) ?? '';
  return cutText(said.replace(/\.$/, ''), MAX_LINE);
}
