import { DISK_FAULTS } from './disks.js';
import { DOCKER_FAULTS } from './docker.js';
import type { Fault } from './fault.js';
import { FLOOD_FAULTS } from './floods.js';
import { NATS_FAULTS } from './nats.js';
import { PROGRAM_FAULTS } from './programs.js';

/** Every fault that can be played. */
export const FAULTS: readonly Fault[] = [
  ...PROGRAM_FAULTS,
  ...NATS_FAULTS,
  ...DISK_FAULTS,
  ...DOCKER_FAULTS,
  ...FLOOD_FAULTS,
];
