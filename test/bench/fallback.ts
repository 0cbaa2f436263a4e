/**
 * `npm run bench:fallback -- [--repetitions 3] [--json FILE]`: the policy `adaptive` with its law
 * broken on purpose (every demand is halved) on real containers: four closed loops in bands that
 * fit easily, and two services with ceilings. How long its limits do harm before the host falls
 * back to plain weights, and what the clients see before and after.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { realClock } from '../../cli/clock.js';
import type { Policy } from '../../coordinator/schedule/types.js';
import { type ContainerLoad, removeAll, startAll } from './ceilings/containers.js';
import { asOnlyBench, asProgram, type Session } from './ceilings/session.js';
import { openSystem, type System } from './ceilings/system.js';
import { jsonFileFrom, optionFrom } from './lib/process-cost.js';

const BAND_MS = 150;
const CEILING_MS = 250;
const RUN_MS = 45_000;
const LOOK_MS = 1000;
/** What the mutant changes in the compiled law: the closed form of the least CPU for a latency. */
const HALVED = {
  find: ': law.workSeconds / (left +',
  replace: ': 0.5 * law.workSeconds / (left +',
};

const band = (id: string, model: string): ContainerLoad => ({
  id,
  model,
  batch: 1,
  arrivals: { kind: 'closed' },
  target: { latencyMs: BAND_MS, statistic: 'mean', mode: 'band' },
});
const service = (id: string, model: string, ratePerSecond: number): ContainerLoad => ({
  id,
  model,
  batch: 1,
  arrivals: { kind: 'open', ratePerSecond, seed: 1 },
  target: { latencyMs: CEILING_MS, statistic: 'p95', mode: 'ceiling' },
});
const LOADS: readonly ContainerLoad[] = [
  band('band-1', 'ocr-det'),
  band('band-2', 'ocr-rec'),
  band('band-3', 'vad'),
  band('band-4', 'ocr-det'),
  service('service-1', 'vad', 4),
  service('service-2', 'ocr-rec', 4),
];

/** `adaptive` from a copy of the compiled program in which every demand is halved. */
async function brokenPolicy(folder: string): Promise<Policy> {
  const dist = fileURLToPath(new URL('../../', import.meta.url));
  cpSync(dist, join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const law = join(folder, 'dist/coordinator/schedule/model/latency-law.js');
  const text = readFileSync(law, 'utf8');
  if (text.split(HALVED.find).length !== 2)
    throw new Error(`the law has changed: "${HALVED.find}" is not in it once`);
  writeFileSync(law, text.replace(HALVED.find, HALVED.replace));
  const policy = 'dist/coordinator/schedule/policies/adaptive/adaptive.js';
  const module = pathToFileURL(join(folder, policy)).href;
  const { adaptivePolicy } = (await import(module)) as { adaptivePolicy: Policy };
  return { ...adaptivePolicy, name: 'adaptive-halved' };
}

interface FallbackSample {
  readonly atMs: number;
  /** Jobs slower than asked. */
  readonly slow: readonly string[];
  /** Jobs with a quota, as the coordinator says. */
  readonly limited: number;
  readonly warning: string;
}

function look(system: System, startMs: number): FallbackSample {
  const all = [...system.look().values()];
  return {
    atMs: Math.round(realClock.now() - startMs),
    slow: all.filter(({ qoeClass }) => qoeClass === 'slower').map(({ job }) => job),
    limited: all.filter(({ desired }) => desired !== null && desired.cpuCores !== null).length,
    warning: system.warnings().find((text) => text.startsWith('limits made things worse')) ?? '',
  };
}

async function runOnce(policy: Policy, session: Session): Promise<readonly FallbackSample[]> {
  await removeAll();
  const system = await openSystem(policy, await session.nextState(), session.signal);
  try {
    await startAll(LOADS);
    const startMs = realClock.now();
    const looks: FallbackSample[] = [];
    while (realClock.now() - startMs < RUN_MS) {
      await realClock.sleep(LOOK_MS, session.signal);
      session.signal.throwIfAborted();
      looks.push(look(system, startMs));
    }
    return looks;
  } finally {
    await removeAll();
    await system.close();
  }
}

/**
 * From the first look with a band that is slow under a quota to the first without one after the
 * fall-back, ms.
 */
function summaryOf(looks: readonly FallbackSample[]) {
  const harmedAt = looks.find(({ slow, limited }) => limited > 0 && slow.length >= 2)?.atMs ?? null;
  const toldAt = looks.find(({ warning }) => warning !== '')?.atMs ?? null;
  const healedAt =
    looks.find(({ atMs, slow }) => toldAt !== null && atMs > toldAt && slow.length === 0)?.atMs ??
    null;
  const between = (from: number | null, to: number | null) =>
    from === null || to === null ? null : to - from;
  return {
    harmedAtMs: harmedAt,
    toldAfterMs: between(harmedAt, toldAt),
    nobodySlowAfterMs: between(harmedAt, healedAt),
    mostSlow: Math.max(...looks.map(({ slow }) => slow.length)),
    slowAtTheEnd: looks.at(-1)?.slow.length ?? null,
    warning: looks.find(({ warning }) => warning !== '')?.warning ?? '',
  };
}

await asProgram(async () => {
  const repetitions = Number(optionFrom(process.argv, '--repetitions') ?? 3);
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-broken-'));
  try {
    const policy = await brokenPolicy(folder);
    const rows: ReturnType<typeof summaryOf>[] = [];
    await asOnlyBench(async (session) => {
      for (let i = 0; i < repetitions; i += 1) {
        rows.push(summaryOf(await runOnce(policy, session)));
        console.error(JSON.stringify(rows.at(-1)));
      }
    });
    console.table(rows.map(({ warning: _, ...row }) => row));
    const file = jsonFileFrom(process.argv);
    if (file !== undefined)
      writeFileSync(file, `${JSON.stringify({ bench: 'fallback', rows }, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
