import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockNow, type FakeGpu, powerNow, readState } from './state.js';

/**
 * An amd-smi with state in a folder, in the JSON forms that public reports show: a list, or
 * (`faults.texts.form` = `wrapped`) an object with `gpu_data`.
 */
const [folder = '.', ...args] = process.argv.slice(2);
// The caller does not listen any more: that ends a real tool, too.
process.stdout.on('error', () => process.exit(141));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const measure = (value: number, unit: string): { value: number; unit: string } => ({ value, unit });

const ANSWERS: Readonly<Record<string, (gpu: FakeGpu) => object>> = {
  list: ({ index, uuid, busId }) => ({ gpu: index, bdf: busId, uuid }),
  static: ({ index, name }) => ({ gpu: index, asic: { market_name: name } }),
  metric: (gpu) => ({
    gpu: gpu.index,
    usage: { gfx_activity: measure(Math.round(gpu.utilisation * 100), '%'), umc_activity: 'N/A' },
    power: { socket_power: measure(Math.round(powerNow(gpu)), 'W'), power_management: 'ENABLED' },
    clock: {
      gfx_0: {
        clk: measure(clockNow(gpu), 'MHz'),
        max_clk: measure(Math.max(...gpu.clocks), 'MHz'),
      },
    },
    temperature: { edge: 'N/A', hotspot: measure(gpu.temperature, 'C') },
    mem_usage: {
      total_vram: measure(gpu.memoryTotalMib, 'MB'),
      used_vram: measure(gpu.memoryUsedMib, 'MB'),
    },
  }),
  process: (gpu) => ({
    gpu: gpu.index,
    process_list: readState(folder)
      .processes.filter((each) => each.gpu === gpu.uuid)
      .map(({ pid, name, memoryMib }) => ({
        process_info: {
          name,
          pid,
          mem_usage: memoryMib === null ? 'N/A' : measure(memoryMib * 1024 ** 2, 'B'),
        },
      })),
  }),
};

async function main(): Promise<number> {
  appendFileSync(join(folder, 'calls.log'), `${JSON.stringify(args)}\n`);
  const { gpus, faults } = readState(folder);
  if ((faults.lagMs ?? 0) > 0) await pause(faults.lagMs ?? 0);
  if (faults.hang === 'hard') process.on('SIGTERM', () => {});
  while (readState(folder).faults.hang !== undefined) await pause(50);
  const answer = ANSWERS[args[0] ?? ''];
  if (answer === undefined || !args.includes('--json')) {
    process.stderr.write(`amd-smi: invalid choice '${args[0]}'\n`);
    return 2;
  }
  if (faults.garbage !== undefined) {
    process.stdout.write(`${faults.garbage}\n`);
    return 0;
  }
  const records = gpus.map(answer);
  const isWrapped = faults.texts?.form === 'wrapped';
  process.stdout.write(`${JSON.stringify(isWrapped ? { gpu_data: records } : records, null, 4)}\n`);
  return 0;
}

process.exitCode = await main();
