import { EVENTS_WAIT } from '../../../coordinator/dispatch/event-publisher.js';
import { type Fault, logged, loggedText, NATS_MISSED, PARTS } from './fault.js';

const HOLD_MS = 4000;

const stateDisk = (what: 'full' | 'read-only'): Fault => ({
  name: `the agent's disk is ${what}`,
  family: `${what} disk`,
  touches: ['state'],
  holdMs: HOLD_MS,
  told: logged(/ENOSPC|EROFS|no space|read-only|cannot be written/i, 'agent'),
  begin: async ({ cluster }) => {
    if (what === 'full') cluster.stateDisk.fill();
    else cluster.stateDisk.becomeReadOnly(true);
  },
  end: async ({ cluster }) => {
    if (what === 'full') cluster.stateDisk.empty();
    else cluster.stateDisk.becomeReadOnly(false);
  },
});

/** Nobody can say it, and what other faults are told by is lost, so it is played alone. */
const logDisk: Fault = {
  name: 'the disk of the logs is full, and NATS ends',
  family: 'full disk',
  touches: PARTS,
  holdMs: HOLD_MS,
  isLeaderless: true,
  begin: async ({ cluster }) => {
    cluster.logDisk.fillWithTexts();
    // All programs have something to write.
    await cluster.guarded.server.kill();
  },
  end: async ({ cluster }) => {
    await cluster.guarded.server.start();
    cluster.logDisk.empty();
  },
};

export const DISK_FAULTS: readonly Fault[] = [
  stateDisk('full'),
  stateDisk('read-only'),
  logDisk,
  {
    name: 'the disk of NATS is full',
    family: 'full disk',
    touches: ['store'],
    holdMs: HOLD_MS,
    told: loggedText([...NATS_MISSED, EVENTS_WAIT]),
    begin: async ({ cluster }) => {
      cluster.storeDisk.fill();
    },
    end: async ({ cluster }) => {
      cluster.storeDisk.empty();
    },
  },
  {
    name: 'the disk of NATS is read-only',
    family: 'read-only disk',
    touches: ['store', 'nats'],
    holdMs: 0,
    isLeaderless: true,
    told: loggedText(NATS_MISSED),
    begin: async ({ cluster }) => {
      await cluster.guarded.server.kill();
      cluster.storeDisk.becomeReadOnly(true);
      // It says that it cannot store, and ends; an operator would try the same.
      await cluster.guarded.server.start().catch(() => undefined);
    },
    end: async ({ cluster }) => {
      await cluster.guarded.server.kill();
      cluster.storeDisk.becomeReadOnly(false);
      await cluster.guarded.server.start();
    },
  },
];
