import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../shared/errors.js';
import { readSimOptions, type SimOptions } from './options.js';
import { storyLines, Tally, totalsLines } from './report.js';
import { runSeed } from './run.js';

const STORY_LINES = 24;

/** Exit code: 0 = every promise held, 1 = one was broken, 2 = the arguments are wrong. */
async function main(args: readonly string[]): Promise<number> {
  let options: SimOptions;
  try {
    options = readSimOptions(args);
  } catch (cause) {
    console.error(messageOf(cause));
    return 2;
  }
  return options.isPlanted ? planted() : simulate(options);
}

function planted(): number {
  const tool = fileURLToPath(new URL('../../../tools/planted.mjs', import.meta.url));
  return spawnSync(process.execPath, [tool], { stdio: 'inherit' }).status ?? 2;
}

async function simulate({
  seeds,
  from,
  mode,
  workers,
  json,
  story,
  isFirstOnly,
}: SimOptions): Promise<number> {
  const tally = new Tally();
  const broken: {
    readonly seed: number;
    readonly promise: string;
    readonly node: string;
    readonly text: string;
  }[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const outcome = await runSeed(seed, mode, workers);
    tally.add(outcome);
    const { violation } = outcome;
    if (violation !== null) {
      const { promise, node, text, atMs } = violation;
      broken.push({ seed, promise, node, text });
      console.log(
        `seed ${seed} broke "${promise}"${node === '' ? '' : ` on ${node}`} at ` +
          `${(atMs / 1000).toFixed(3)} s: ${text}`,
      );
    }
    if (violation !== null || story > 0)
      for (const line of storyLines(outcome, story || STORY_LINES)) console.log(line);
    if (violation !== null && isFirstOnly) break;
  }
  const { totals } = tally;
  for (const line of totalsLines(totals)) console.log(line);
  if (json !== undefined)
    writeFileSync(json, `${JSON.stringify({ from, mode, workers, ...totals, broken }, null, 2)}\n`);
  return broken.length === 0 ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
