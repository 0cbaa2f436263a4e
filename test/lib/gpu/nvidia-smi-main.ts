import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockNow, type FakeGpu, isThere, powerNow, readState, writeState } from './state.js';

/**
 * A nvidia-smi with state in a folder: `node nvidia-smi-main.js FOLDER ARGS…`. Knows the fields and
 * commands that the agent uses and answers them as the real one does, as far as host.md, NVIDIA's
 * manual and public logs show; anything else ends with code 2. Every call is noted in `calls.log`.
 */
// The reader may have read enough.
process.stdout.on('error', () => process.exit(0));
const [folder = '.', ...args] = process.argv.slice(2);
// The caller does not listen any more: that ends a real tool, too.
process.stdout.on('error', () => process.exit(141));
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const ALL = Symbol('all');

const FIELDS: Readonly<Record<string, (gpu: FakeGpu) => string>> = {
  index: ({ index }) => String(index),
  uuid: ({ uuid }) => uuid,
  name: ({ name }) => name,
  'memory.total': ({ memoryTotalMib }) => String(memoryTotalMib),
  'memory.used': ({ memoryUsedMib }) => String(memoryUsedMib),
  'utilization.gpu': ({ utilisation }) => String(Math.round(utilisation * 100)),
  'clocks.sm': (gpu) => String(clockNow(gpu)),
  'clocks.max.sm': ({ clocks }) => String(Math.max(...clocks)),
  'power.draw': (gpu) => powerNow(gpu).toFixed(2),
  'enforced.power.limit': ({ powerLimit }) => powerLimit.toFixed(2),
  'power.default_limit': ({ powerDefault }) => powerDefault.toFixed(2),
  'power.min_limit': ({ powerMin }) => powerMin.toFixed(2),
  'power.max_limit': ({ powerMax }) => powerMax.toFixed(2),
  'temperature.gpu': ({ temperature }) => String(temperature),
  'mig.mode.current': ({ mig }) => (mig === null ? '[N/A]' : mig ? 'Enabled' : 'Disabled'),
  driver_version: () => 'fake',
  'clocks_event_reasons.active': () => '0x0000000000000000',
  'clocks_throttle_reasons.active': () => '0x0000000000000000',
};
const PROCESS_FIELDS = 'gpu_uuid,pid,process_name,used_gpu_memory';

async function main(): Promise<number> {
  appendFileSync(join(folder, 'calls.log'), `${JSON.stringify(args)}\n`);
  const { faults } = readState(folder);
  await misbehave();
  if (faults.hasNoDriver === true) {
    say(
      "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make " +
        'sure that the latest NVIDIA driver is installed and running.\n',
    );
    return 9;
  }
  if (faults.hasNoDevices === true) {
    say('No devices were found');
    return 6;
  }
  const id = flagOf('-i') ?? ALL;
  const lockAt = args.indexOf('-lgc');
  if (lockAt >= 0) return lock(id, args[lockAt + 1] ?? '');
  if (args.includes('-rgc')) return unlock(id);
  const powerAt = args.indexOf('-pl');
  if (powerAt >= 0) return setPower(id, Number(args[powerAt + 1]));
  return query(id);
}

function flagOf(flag: string): string | undefined {
  const at = args.indexOf(flag);
  if (at >= 0) return args[at + 1];
  return args.find((each) => each.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

async function misbehave(): Promise<void> {
  const { hang, lagMs = 0 } = readState(folder).faults;
  if (lagMs > 0) await pause(lagMs);
  if (hang === undefined) return;
  if (hang === 'hard') process.on('SIGTERM', () => {});
  while (isThere(folder) && readState(folder).faults.hang === hang) await pause(50);
}

async function query(id: string | typeof ALL): Promise<number> {
  if (args.includes('-L')) return list();
  if (args.includes('--help-query-gpu')) return help(Object.keys(FIELDS));
  if (args.includes('--help-query-compute-apps')) return help(PROCESS_FIELDS.split(','));
  const fields = flagOf('--query-gpu')?.split(',');
  const loopMs = Number(flagOf('--loop-ms') ?? 0);
  if (fields !== undefined) return queryGpus(fields, loopMs, id);
  if (flagOf('--query-compute-apps') === PROCESS_FIELDS) return queryProcesses();
  if (flagOf('--query-supported-clocks') === 'graphics') return queryClocks(id);
  say(`Invalid combination of input arguments. Please run 'nvidia-smi -h' for help.\n`);
  return 2;
}

async function queryGpus(
  fields: readonly string[],
  loopMs: number,
  id: string | typeof ALL,
): Promise<number> {
  for (;;) {
    await misbehave();
    const { gpus, faults } = readState(folder);
    const unknown = fields.find(
      (field) => FIELDS[field] === undefined || faults.unknownFields?.includes(field),
    );
    if (unknown !== undefined) {
      say(`Field "${unknown}" is not a valid field to query.\n`);
      return 2;
    }
    if (faults.hasNoDriver === true) return main();
    if (faults.garbage !== undefined) say(faults.garbage);
    const asked = gpus.filter(({ uuid }) => id === ALL || uuid === id);
    if (asked.length === 0) return noSuchGpu(id);
    for (const gpu of asked) {
      if (gpu.isLost) say(lostText(gpu));
      else
        say(fields.map((field) => faults.texts?.[field] ?? FIELDS[field]?.(gpu) ?? '').join(', '));
    }
    if (loopMs === 0) return gpus.some(({ isLost }) => isLost) ? 15 : 0;
    await pause(loopMs);
    if (!isThere(folder)) return 0;
  }
}

function list(): number {
  for (const { index, name, uuid } of readState(folder).gpus)
    say(`GPU ${index}: ${name} (UUID: ${uuid})`);
  return 0;
}

function help(fields: readonly string[]): number {
  for (const field of fields) say(`"${field}"`);
  return 0;
}

const lostText = ({ busId }: FakeGpu): string =>
  `Unable to determine the device handle for GPU ${busId}: GPU is lost.  Reboot the system ` +
  'to recover this GPU';

function queryProcesses(): number {
  for (const { gpu, pid, name, memoryMib } of readState(folder).processes)
    say(`${gpu}, ${pid}, ${name}, ${memoryMib ?? '[N/A]'}`);
  return 0;
}

function queryClocks(id: string | typeof ALL): number {
  const gpu = readState(folder).gpus.find(({ uuid }) => uuid === id);
  if (gpu === undefined) return noSuchGpu(id);
  if (gpu.clocks.length === 0) say('[N/A]');
  // The real one lists them for each memory clock, falling.
  for (const clock of [...gpu.clocks].reverse()) say(String(clock));
  for (const clock of [...gpu.clocks].reverse().slice(0, 2)) say(String(clock));
  return 0;
}

function noSuchGpu(id: string | typeof ALL): number {
  say(`No devices were found matching ${String(id)}`);
  return 6;
}

/** One setting: refused as the real one refuses, or done. */
function change(id: string | typeof ALL, what: string, act: (gpu: FakeGpu) => string): number {
  const state = readState(folder);
  const { faults } = state;
  const gpu = state.gpus.find(({ uuid }) => uuid === id);
  if (gpu === undefined) return noSuchGpu(id);
  if (gpu.isLost) {
    say(lostText(gpu));
    return 15;
  }
  if (faults.isDenied === true) {
    say(`The current user does not have permission to change ${what} for GPU ${gpu.busId}.`);
    say('Terminating early due to previous errors.');
    return 4;
  }
  if (faults.isUnsupported === true) {
    say(
      `Setting ${what === 'clocks' ? 'locked GPU clocks' : what} is not supported for GPU ` +
        `${gpu.busId}.`,
    );
    say('Treating as warning and moving on.\nAll done.');
    return 0;
  }
  const before = structuredClone(gpu);
  say(act(gpu));
  if (faults.isIgnored === true) Object.assign(gpu, before);
  writeState(folder, state);
  say('All done.');
  return 0;
}

function lock(id: string | typeof ALL, range: string): number {
  const match = /^(\d+),(\d+)$/.exec(range);
  if (match === null) {
    say(`Invalid clocks ${range}`);
    return 2;
  }
  return change(id, 'clocks', (gpu) => {
    gpu.lockedMhz = Number(match[2]);
    return (
      `GPU clocks set to "(gpuClkMin ${match[1]}, gpuClkMax ${match[2]})" for GPU ` + `${gpu.busId}`
    );
  });
}

const unlock = (id: string | typeof ALL): number =>
  change(id, 'clocks', (gpu) => {
    gpu.lockedMhz = null;
    return '';
  });

function setPower(id: string | typeof ALL, watts: number): number {
  const gpu = readState(folder).gpus.find(({ uuid }) => uuid === id);
  if (gpu !== undefined && !(watts >= gpu.powerMin && watts <= gpu.powerMax)) {
    const [least, most] = [gpu.powerMin.toFixed(2), gpu.powerMax.toFixed(2)];
    say(
      `Provided power limit ${watts.toFixed(2)} W is not a valid power limit which should ` +
        `be between ${least} W and ${most} W for GPU ${gpu.busId}`,
    );
    say('Terminating early due to previous errors.');
    return 2;
  }
  return change(id, 'power limit', (each) => {
    const text =
      `Power limit for GPU ${each.busId} was set to ${watts.toFixed(2)} W from ` +
      `${each.powerLimit.toFixed(2)} W.`;
    each.powerLimit = watts;
    return text;
  });
}

process.exitCode = await main();
