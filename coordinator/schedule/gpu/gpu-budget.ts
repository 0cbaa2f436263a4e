import type { GpuAssignment, GpuId, GpuReport, GpuRequest } from '../../../shared/gpu.js';
import { formatBytes } from '../../../shared/units.js';
import type { SnapshotAllocation, SnapshotNode } from '../types.js';

/** What is left of one GPU. */
export interface GpuRoom {
  readonly id: GpuId;
  readonly index: number;
  /** Why nothing can be placed on it; '' = it can. */
  readonly shut: string;
  /** Why no share of it can be given; '' = it can. */
  readonly unshared: string;
  /** 0..1 of it. */
  readonly freeRatio: number;
  /** null = how much it has is not known. */
  readonly freeBytes: number | null;
  readonly totalBytes: number | null;
}

const NO_GPUS: readonly GpuRoom[] = [];
const EPSILON = 1e-9;

/**
 * What is left of each GPU of a node, by what is promised there. What others hold of its memory
 * counts as used.
 */
export function gpuRoomsOf({
  gpus,
  allocations,
}: Pick<SnapshotNode, 'gpus' | 'allocations'>): readonly GpuRoom[] {
  if (gpus === undefined || gpus.length === 0) return NO_GPUS;
  const whole = gpus.map(({ report }) => emptyRoom(report));
  const given = allocations.reduce<readonly GpuRoom[]>(
    (rooms, { gpu }) => takeGpus(rooms, gpu),
    whole,
  );
  return given.map((room, i) => lessForeign(room, gpus[i]?.report));
}

function emptyRoom(report: GpuReport): GpuRoom {
  const { id, index, memoryTotalBytes: totalBytes, ladder } = report;
  const unshared = ladder.share.reach === 'none' ? ladder.share.reason : '';
  return {
    id,
    index,
    shut: shutOf(report),
    unshared,
    freeRatio: 1,
    freeBytes: totalBytes,
    totalBytes,
  };
}

function shutOf({ isKnown, reason, vendor, isMig }: GpuReport): string {
  if (!isKnown) return reason === '' ? 'it is not known' : reason;
  if (vendor === 'amd') return 'AMD GPUs are observed only';
  return isMig === true ? 'it is split into MIG instances' : '';
}

// Memory in use beyond what is promised is somebody else's.
function lessForeign(room: GpuRoom, report: GpuReport | undefined): GpuRoom {
  const used = report?.memoryUsedBytes ?? null;
  if (used === null || room.freeBytes === null || room.totalBytes === null) return room;
  return { ...room, freeBytes: Math.min(room.freeBytes, room.totalBytes - used) };
}

const changed = (
  rooms: readonly GpuRoom[],
  gpu: GpuAssignment | undefined,
  sign: 1 | -1,
): readonly GpuRoom[] =>
  gpu === undefined
    ? rooms
    : rooms.map((room) => {
        if (!gpu.ids.includes(room.id)) return room;
        const bytes = gpu.memoryBytes ?? (gpu.shareRatio >= 1 ? (room.totalBytes ?? 0) : 0);
        return {
          ...room,
          freeRatio: room.freeRatio + sign * gpu.shareRatio,
          freeBytes: room.freeBytes === null ? null : room.freeBytes + sign * bytes,
        };
      });

export const takeGpus = (
  rooms: readonly GpuRoom[],
  gpu: GpuAssignment | undefined,
): readonly GpuRoom[] => changed(rooms, gpu, -1);
export const releaseGpus = (
  rooms: readonly GpuRoom[],
  gone: readonly Pick<SnapshotAllocation, 'gpu'>[],
): readonly GpuRoom[] =>
  gone.reduce<readonly GpuRoom[]>((left, { gpu }) => changed(left, gpu, 1), rooms);

/**
 * The GPUs a newcomer gets here; null = they are not there. A share goes where least of it stays
 * free, so that whole GPUs and large shares find room elsewhere; ties by index.
 */
export function assignGpus(request: GpuRequest, rooms: readonly GpuRoom[]): GpuAssignment | null {
  const { shareRatio, memoryBytes, count = 1 } = request;
  if (shareRatio === undefined) {
    const free = rooms.filter(
      (room) => room.shut === '' && room.freeRatio >= 1 - EPSILON && holds(room, memoryBytes),
    );
    if (free.length < count) return null;
    return { ids: free.slice(0, count).map(({ id }) => id), shareRatio: 1 };
  }
  const fitting = rooms.filter((room) => whyNoShare(request, room) === '');
  const [best] = [...fitting].sort((a, b) => a.freeRatio - b.freeRatio || a.index - b.index);
  if (best === undefined) return null;
  const bytes = shareBytes(request, best);
  return { ids: [best.id], shareRatio, ...(bytes === undefined ? {} : { memoryBytes: bytes }) };
}

const holds = ({ freeBytes }: GpuRoom, bytes: number | undefined): boolean =>
  bytes === undefined || (freeBytes !== null && freeBytes >= bytes);

/** Without a wish, as much of the memory as of the GPU. */
function shareBytes(
  { shareRatio = 1, memoryBytes }: GpuRequest,
  { totalBytes }: GpuRoom,
): number | undefined {
  if (memoryBytes !== undefined) return memoryBytes;
  return totalBytes === null ? undefined : Math.floor(totalBytes * shareRatio);
}

function whyNoShare(request: GpuRequest, room: GpuRoom): string {
  const { shareRatio = 1 } = request;
  const bytes = shareBytes(request, room);
  if (room.shut !== '') return room.shut;
  if (room.unshared !== '') return room.unshared;
  if (room.freeRatio + EPSILON < shareRatio) return `${percent(room.freeRatio)} left`;
  if (holds(room, bytes)) return '';
  return room.freeBytes === null
    ? 'its memory is not known'
    : `${formatBytes(Math.max(0, room.freeBytes))} memory left`;
}

/** What is asked for, in words. */
export function requestText({ shareRatio, count = 1, memoryBytes }: GpuRequest): string {
  const memory = memoryBytes === undefined ? '' : ` with ${formatBytes(memoryBytes)}`;
  if (shareRatio !== undefined) return `${percent(shareRatio)} of a GPU${memory}`;
  return `${count === 1 ? 'a whole GPU' : `${count} whole GPUs`}${memory}`;
}

/** Why each GPU does not do, in words. */
export function roomText(request: GpuRequest, rooms: readonly GpuRoom[]): string {
  if (rooms.length === 0) return 'no GPU';
  return rooms.map((room) => `GPU ${room.index}: ${whyNot(request, room)}`).join(', ');
}

function whyNot(request: GpuRequest, room: GpuRoom): string {
  if (request.shareRatio !== undefined) return whyNoShare(request, room) || 'free';
  if (room.shut !== '') return room.shut;
  return room.freeRatio >= 1 - EPSILON && holds(room, request.memoryBytes) ? 'free' : 'in use';
}

const percent = (ratio: number): string => `${Math.round(Math.max(0, ratio) * 100)}%`;

/** Whether an allocation still has what its job asks for. */
export function fitsRequest(
  gpu: GpuAssignment | undefined,
  request: GpuRequest | undefined,
): boolean {
  if (request === undefined) return gpu === undefined;
  if (gpu === undefined) return false;
  if (request.shareRatio === undefined)
    return gpu.shareRatio === 1 && gpu.ids.length === (request.count ?? 1);
  const isSameMemory = request.memoryBytes === undefined || gpu.memoryBytes === request.memoryBytes;
  return gpu.shareRatio === request.shareRatio && isSameMemory;
}
