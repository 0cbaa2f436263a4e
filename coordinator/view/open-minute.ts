import type { EnergyCounters } from './energy.js';
import type { Tallies } from './tallies.js';

/** What has been counted of one node in the minute that is open. */
export interface OpenMinute {
  readonly bootId: string;
  sequence: number;
  /** By the agent's clock, ms. */
  sentAtMs: number;
  minute: number;
  /** Of the leader that began it. */
  epoch: number;
  seconds: number;
  partial: boolean;
  allocations: Tallies;
  /** Of the GPUs and the processors of the node, as last reported. */
  energy: EnergyCounters;
  /** As last reported; null = not known. */
  allocatableCores: number | null;
}

/** Begins a minute in the place of the one before: the counters go on. */
export function beginMinute(open: OpenMinute, minute: number, epoch: number): void {
  open.minute = minute;
  open.epoch = epoch;
  open.seconds = 0;
  open.partial = false;
  open.allocations.reset();
}
