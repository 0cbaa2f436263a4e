// A separate program: `node burn.js SHARE` uses that share of one core until its standard input
// closes, so it ends with its parent. Missed CPU is worked off, at most 100 ms of it.
const MAX_OWED_MS = 100;
const SLICE_MS = 5;
const REST_MS = 2;

const share = Number(process.argv[2]);
let isWanted = share > 0;
for (const event of ['end', 'error', 'close'])
  process.stdin.on(event, () => {
    isWanted = false;
  });
process.stdin.resume();

const usedMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
let owedMs = 0;
let seenMs = performance.now();
let paidMs = usedMs();

function settle(): boolean {
  const [nowMs, spentMs] = [performance.now(), usedMs()];
  owedMs = Math.min(MAX_OWED_MS, owedMs + share * (nowMs - seenMs) - (spentMs - paidMs));
  [seenMs, paidMs] = [nowMs, spentMs];
  return owedMs > 0;
}

function step(): void {
  if (!isWanted) return;
  const untilMs = performance.now() + SLICE_MS;
  while (settle() && performance.now() < untilMs);
  if (owedMs > 0) setImmediate(step);
  else setTimeout(step, REST_MS);
}
step();
