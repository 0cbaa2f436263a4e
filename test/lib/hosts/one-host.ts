import { TestCluster } from './cluster.js';

// A run of its own, to be interrupted: says so when its host is up, and waits.
const cluster = await TestCluster.start({ images: ['dqoes/tiny:1'] });
const engine = await cluster.add('h1', { cores: 0.5 });
engine.docker('run', '-d', '--init', 'dqoes/tiny:1', 'sh', '-c', 'sleep 600');
process.stdout.write('up\n');
setInterval(() => {}, 60_000);
