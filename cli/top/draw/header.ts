import { firstNames } from '../../../shared/text.js';
import { type Frame, put, STYLE } from '../../grid/frame.js';
import { textWidth } from '../../grid/glyphs.js';
import { ageText, coresText } from '../../output/format.js';
import { STALE_MARK, topColumn } from '../model/columns.js';
import type { Totals } from '../model/rows.js';
import { bodyRows, type Link, type TopState } from '../model/state.js';
import { slotsFor } from './layout.js';

/** Columns between the left and the right part of a line. */
const GAP = 2;
const BAR = { min: 12, max: 40 } as const;
/** Nodes that a notice names. */
const MAX_NAMED = 2;

/** Two lines of totals and one of what is wrong. */
export function drawHeader(frame: Frame, state: TopState): void {
  const { data, link } = state;
  if (data !== null) {
    const { totals, nodes } = data;
    const count = `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}`;
    drawLine(frame, 0, { left: jobsText(totals), right: leaderText(link), style: STYLE.bold });
    const cpu = cpuText(totals);
    const end = drawLine(frame, 1, { left: cpu, right: `${count}, ${ageOf(link)}`, style: 0 });
    drawBar(frame, { from: textWidth(cpu) + GAP, to: end - GAP }, totals);
  } else drawLine(frame, 0, { left: 'dqoes top', right: leaderText(link), style: STYLE.bold });
  const { text, style } = noticeOf(state);
  const place = placeText(state);
  const width = frame.columns - (place === '' ? 0 : textWidth(place) + GAP);
  put(frame, text, { x: 0, y: 2, width, style });
  put(frame, place, { x: 0, y: 2, width: frame.columns, align: 'right' });
}

/** `38 of 40 jobs at target, 39 not slower, 2 without answers`. */
export function jobsText({ jobs, atTarget, notSlower, unanswered }: Totals): string {
  const silent = unanswered === 0 ? [] : [`${unanswered} without answers`];
  if (jobs === 0 && unanswered === 0) return 'No jobs with a target';
  const of = `${atTarget} of ${jobs} ${jobs === 1 ? 'job' : 'jobs'} at target`;
  return [of, `${notSlower} not slower`, ...silent].join(', ');
}

/** `1-19 of 1000`, where not all fit. */
function placeText(state: TopState): string {
  const { shown, first, page } = state;
  const last = Math.min(first + bodyRows(state), shown.length);
  if (page.kind !== 'jobs' || last - first === shown.length) return '';
  return `${first + 1}-${last} of ${shown.length}`;
}

interface HeaderLine {
  readonly left: string;
  readonly right: string;
  readonly style: number;
}

/** The right part stands at the edge where both fit; returns the column where it begins. */
function drawLine(frame: Frame, y: number, { left, right, style }: HeaderLine): number {
  const end = put(frame, left, { x: 0, y, style });
  const x = frame.columns - textWidth(right);
  if (x < end + GAP) return frame.columns;
  put(frame, right, { x, y });
  return x;
}

/** What is promised, used and there of the CPU. */
export const cpuText = ({ allocatedCores, usedCores, allocatableCores }: Totals): string =>
  `CPU ${coresText(allocatedCores)} allocated, ${coresText(usedCores)} used, ` +
  `${coresText(allocatableCores)} allocatable`;

function leaderText({ cluster, leader, epoch }: Link): string {
  if (epoch === 0) return `cluster ${cluster}`;
  return `cluster ${cluster}, leader ${leader === null ? '' : `${leader}, `}epoch ${epoch}`;
}

const ageOf = ({ silentMs }: Link): string =>
  silentMs === null ? 'no view yet' : `view ${ageText(silentMs)} old`;

/** `▕████▒▒▒···▏`: used, allocated and not used, free; where there is room. */
function drawBar(
  frame: Frame,
  { from, to }: { readonly from: number; readonly to: number },
  { allocatedCores, usedCores, allocatableCores }: Totals,
): void {
  const width = Math.min(BAR.max, to - from - GAP);
  if (width < BAR.min || !(allocatableCores > 0)) return;
  const cellsOf = (cores: number): number =>
    Math.max(0, Math.min(width, Math.round((cores / allocatableCores) * width)));
  const used = cellsOf(usedCores);
  const allocated = Math.max(used, cellsOf(allocatedCores));
  const bar = `${'█'.repeat(used)}${'▒'.repeat(allocated - used)}${'·'.repeat(width - allocated)}`;
  put(frame, `▕${bar}▏`, { x: from, y: 1 });
}

/**
 * What is wrong, the worst alone: one sentence that says what the values are worth. Where nothing
 * is, the reason of the marked row.
 */
function noticeOf(state: TopState): { readonly text: string; readonly style: number } {
  const { link, data, isPaused } = state;
  const pause = isPaused ? 'Paused, p goes on. ' : '';
  const bad = (text: string) => ({ text: `${pause}${text}`, style: STYLE.bad | STYLE.bold });
  const last = `values (${STALE_MARK}) are the last known`;
  if (!link.isConnected) return bad(`Disconnected from NATS, trying again: ${last}.`);
  if (!link.hasLeader && (link.silentMs !== null || data !== null))
    return bad(`Nobody leads, nothing heard for ${ageText(link.silentMs)}: ${last}.`);
  const stale = (data?.nodes ?? []).filter(({ liveness }) => liveness !== 'ready');
  if (stale.length > 0) {
    const named = stale.map(({ id, ageMs }) => `${id} for ${ageText(ageMs)}`);
    return bad(`Silent: ${firstNames(named, MAX_NAMED)}; their ${last}.`);
  }
  if (data !== null && !link.isWhole)
    return { text: `${pause}A message was missed: reading the cluster again.`, style: STYLE.warn };
  if (isPaused) return { text: pause.trimEnd(), style: STYLE.warn | STYLE.bold };
  return { text: reasonOfMarked(state), style: STYLE.dim };
}

/** Why the marked row is as it is, where no column says so. */
function reasonOfMarked({ data, shown, marked, page, size }: TopState): string {
  const row = shown[marked];
  if (page.kind !== 'jobs' || row === undefined) return '';
  const slots = slotsFor(data?.rows ?? [], size.columns);
  if (slots.some(({ name }) => name === 'REASON')) return '';
  const cell = topColumn('REASON').cell(row);
  const reason = typeof cell === 'string' ? cell : cell.text;
  return reason === '' ? '' : `${row.name}: ${reason}`;
}
