// The stages of `npm test`: what each runs, and what must be there for it.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Where tools/test-program.mjs puts the program as packages hold it. */
export const BUNDLE = join(root, 'dist/bundle');
const bin = (name) => join(root, 'node_modules/.bin', name);
const answers = (command, args) =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 15_000 }).status === 0;

/** Each need: '' where it is met, or the reason why not. */
export const NEEDS = {
  nats: () => (answers('nats-server', ['--version']) ? '' : 'nats-server is not on PATH'),
  docker: () =>
    answers('docker', ['info'])
      ? ''
      : 'no Docker Engine answers (start one with deploy/bootstrap.sh)',
  hosts: () =>
    process.getuid?.() === 0 && answers('ip', ['-V']) && answers('dockerd', ['--version'])
      ? ''
      : 'hosts on this machine need root, iproute2 and dockerd',
  vm: () =>
    process.getuid?.() === 0 &&
    answers('qemu-system-x86_64', ['--version']) &&
    answers('debootstrap', ['--version'])
      ? ''
      : 'an emulated machine needs root, qemu-system-x86 and debootstrap ' +
        '(deploy/vm-image/build.sh installs both)',
  root: () =>
    process.getuid?.() === 0 && answers('dpkg-deb', ['--version']) && answers('unshare', ['-V'])
      ? ''
      : 'packages are tried in a Debian root: that needs root, dpkg-deb and unshare',
  gpu: () =>
    answers('nvidia-smi', ['-L']) || answers('amd-smi', ['list'])
      ? ''
      : 'no GPU answers here: neither nvidia-smi nor amd-smi',
  chromium: () =>
    answers('chromium', ['--version']) ? '' : 'no chromium on PATH (deploy/bootstrap.sh --page)',
  images: () =>
    answers('docker', ['image', 'inspect', 'dqoes/sample:1', 'dqoes/tiny:1'])
      ? ''
      : 'the sample images are not built (deploy/bootstrap.sh --images)',
};

const command = (name, file, args) => ({ name, commands: [[file, args]] });
const mocha = (name, needs = [], timeoutMs = 10_000) => ({ name, mocha: true, needs, timeoutMs });
const PARTS = ['nats', 'docker', 'images'];
/**
 * Three run at a time: one that needs nothing but a processor (`pure`) beside two that mostly wait
 * for servers and programs (`patient`). Each in order, so that the longest begins first; files of a
 * patient one that `pure` names are of that lane. Stages without a lane run alone, afterwards; so
 * do the files of a stage that `alone` names: what they look at others would change, such as
 * response times under limits.
 */
export const STAGES = [
  { ...command('types', process.execPath, ['tools/build.mjs', '--bundle']), lane: 'patient' },
  // Only with --prepare, as npm test has it. Without Prometheus its tests are skipped.
  {
    name: 'machine',
    lane: 'patient',
    onDemand: true,
    commands: [
      ['bash', ['deploy/bootstrap.sh', '--images']],
      ['bash', ['-c', 'bash deploy/bootstrap.sh --operate --quiet || exit 77']],
    ],
  },
  {
    name: 'lint',
    lane: 'pure',
    commands: [
      [process.execPath, ['tools/arrows.mjs']],
      [process.execPath, ['tools/style.mjs']],
      [process.execPath, ['tools/links.mjs']],
      [
        bin('cspell'),
        ['--no-progress', '--no-summary', '--gitignore', '**/*.{ts,tsx,css,mjs,md,sh,proto,json}'],
      ],
      [process.execPath, ['tools/generate-proto.mjs', '--check']],
      [process.execPath, ['tools/pictures.mjs', '--check']],
      // Last: it takes all cores, and at the beginning all else waits for the build.
      [bin('biome'), ['check', '--error-on-warnings', '.']],
    ],
  },
  {
    name: 'supply',
    lane: 'pure',
    commands: [
      [process.execPath, ['tools/supply.mjs']],
      [process.execPath, ['tools/supply.mjs', '--audit']],
    ],
  },
  { ...mocha('property', [], 120_000), lane: 'pure' },
  {
    ...mocha('e2e', PARTS, 240_000),
    lane: 'patient',
    // Chromium before a console that is made up.
    pure: ['page'],
    alone: ['ceilings', 'demo', 'lab-bench', 'load-step', 'tutorial'],
  },
  // Split, since it is the longest that is pure: its parts run beside each other where the lanes
  // of patient ones have nothing to do.
  { ...mocha('unit', [], 20_000), lane: 'pure', split: 5 },
  { ...mocha('scenario', [], 60_000), lane: 'pure' },
  { ...mocha('security', PARTS, 240_000), lane: 'patient' },
  {
    ...mocha('integration', PARTS, 90_000),
    lane: 'patient',
    alone: ['floods', 'sources'],
  },
  // In a short form; npm run test:trust -- --rounds 200 for the whole.
  {
    ...mocha('trust', PARTS, 240_000),
    lane: 'patient',
    alone: ['busy-leader', 'faults', 'newcomer'],
  },
  { ...mocha('contract', PARTS, 60_000), lane: 'patient' },
  // Only when asked for: npm run test:hosts.
  { ...mocha('hosts', [...PARTS, 'hosts'], 300_000), onDemand: true },
  // Only when asked for: npm run test:page. Some minutes: six real models have to answer.
  { ...mocha('page', [...PARTS, 'chromium'], 240_000), onDemand: true },
  // Only when asked for: npm run test:gpu. It only reads.
  { ...mocha('gpu', ['gpu'], 60_000), onDemand: true },
  // Only when asked for: npm run test:vm.
  { ...mocha('vm', [...PARTS, 'vm', 'root'], 300_000), onDemand: true },
  // Only when asked for: npm run test:package. It makes the packages twice.
  { ...mocha('package', ['root'], 900_000), onDemand: true },
];
