import type { Registry } from '../shell/app.js';
import { addLabBench } from './lab-bench.js';
import { addLabOracle } from './lab-oracle.js';
import { addLabRecord } from './lab-record.js';
import { addLabReplay } from './lab-replay.js';
import { addLabSim } from './lab-sim.js';

/** Adds `dqoes lab …`: commands that compare policies on scenarios, simulated and real. */
export function addLab({ program, app, finish }: Registry): void {
  const lab = program.command('lab').description('compare policies on scenarios');
  for (const add of [addLabSim, addLabOracle, addLabBench, addLabRecord, addLabReplay])
    add({ program: lab, app, finish });
}
