import { type Mode, runSeed } from './run.js';

const from = Number(process.argv[2] ?? 1),
  count = Number(process.argv[3] ?? 10);
const t = performance.now();
let bad = 0;
const conv: number[] = [];
for (let s = from; s < from + count; s += 1) {
  const o = await runSeed(s, (process.argv[4] as Mode) ?? 'both');
  if (o.convergedMs !== null) conv.push(o.convergedMs);
  if (o.violation) {
    bad += 1;
    console.log(`seed ${s}: ${o.violation.promise} @${o.violation.node} ${o.violation.text}`);
    if (count === 1)
      for (const h of o.happenings
        .filter(
          (x) => process.argv[5] === 'all' || o.violation?.node === '' || x.node === '' || x.node === o.violation?.node,
        )
        .slice(-Number(process.argv[6] ?? 60)))
        console.log(`${(h.atMs / 1000).toFixed(3).padStart(8)} ${h.node.padEnd(3)} ${h.text}`);
  }
  if (count === 1) console.log(o.convergedMs, [...o.hits].map(([k, v]) => `${k} ${v}`).join(', '));
}
conv.sort((a, b) => a - b);
console.log(
  `${count} seeds, ${bad} bad, ${((performance.now() - t) / count).toFixed(1)} ms each; converged median ${conv[conv.length >> 1]} p95 ${conv[Math.floor(conv.length * 0.95)]} max ${conv.at(-1)}`,
);
process.exit(0);
