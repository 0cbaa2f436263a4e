import type { NodeReport } from '../shared/report.js';
import { type Fault, ok, type Result } from '../shared/result.js';
import { readWhole } from './codec/check.js';
import { REPORT_MAX_BYTES } from './codec/limits.js';
import { unpackPlain } from './codec/messagepack.js';
import { ReportPatcher, ReportReader } from './report-reader.js';
import { withSharedContainers } from './report-row.js';

// Apart from what writes reports: an agent reads none.
const reader = new ReportReader();
const patcher = new ReportPatcher();

/**
 * Size, depth and structure are checked before the decoder runs, the values after it. Never throws.
 * `known`: an earlier report of the node, as it was decoded; parts that have not changed keep its
 * identity, so that they are held once.
 */
export function decodeReport(bytes: Uint8Array, known?: NodeReport): Result<NodeReport, Fault> {
  const isBounded = bytes.length <= REPORT_MAX_BYTES;
  const patched = known !== undefined && isBounded ? patcher.read(bytes, known) : undefined;
  if (patched !== undefined) return ok(patched);
  const plain = unpackPlain(bytes, REPORT_MAX_BYTES);
  if (!plain.ok) return plain;
  const read = readWhole(reader, plain.value, known);
  return read.ok ? ok(withSharedContainers(read.value, known)) : read;
}
