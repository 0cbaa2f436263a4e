import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { NvidiaSmi } from '../../../../../agent/drivers/gpu/nvidia-smi.js';
import { FakeTools } from '../../../../lib/gpu/fake-tools.js';
import { systemClock } from '../../../../lib/system-clock.js';

const SOURCE = readFileSync(
  new URL('../../../../../../deploy/gpu-helper/dqoes-gpu', import.meta.url),
  'utf8',
);

/** The helper as installed, but for the places it looks at. */
describe('agent gpu: the helper that sets GPUs as root', function () {
  this.timeout(30_000);
  let tools: FakeTools;
  let helper = '';
  const id = (): string => tools.gpu().uuid;

  beforeEach(() => {
    tools = new FakeTools();
    helper = join(tools.folder, 'dqoes-gpu');
    const places: Readonly<Record<string, string>> = {
      NVIDIA_SMI: tools.nvidiaSmi,
      BOUNDS: join(tools.folder, 'bounds'),
      STATE: join(tools.folder, 'run'),
    };
    const text = Object.entries(places).reduce(
      (before, [name, path]) => before.replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${path}`),
      SOURCE,
    );
    writeFileSync(helper, text);
    chmodSync(helper, 0o755);
  });
  afterEach(() => tools.close());

  const run = (
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly err: string }> =>
    new Promise((resolve) => {
      // A hostile environment: none of it may matter.
      const env = { PATH: tools.folder, ENV: '/dev/null', IFS: 'G', NVIDIA_SMI: '/bin/false' };
      execFile('/bin/sh', [helper, ...args], { env }, (error, _, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), err }),
      );
    });
  const bounds = (text: string, mode = 0o644): void => {
    writeFileSync(join(tools.folder, 'bounds'), text);
    chmodSync(join(tools.folder, 'bounds'), mode);
  };
  /** Longer than the helper lets a GPU rest. */
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2100));
  const settings = (): readonly (readonly string[])[] =>
    tools.calls.filter((args) => args.some((arg) => ['-lgc', '-rgc', '-pl'].includes(arg)));

  it('does its four verbs', async () => {
    assert.deepEqual(await run('clock', id(), '900'), { code: 0, err: '' });
    assert.equal(tools.gpu().lockedMhz, 900);
    assert.equal((await run('clock-reset', id())).code, 0);
    assert.equal(tools.gpu().lockedMhz, null);
    tools.change(({ gpus: [gpu] }) => Object.assign(gpu ?? {}, { powerLimit: 312.5 }));
    await pause();
    assert.deepEqual(await run('power', id(), '250'), { code: 0, err: '' });
    assert.equal(tools.gpu().powerLimit, 250);
    assert.equal((await run('power-reset', id(), '312.5')).code, 0);
    assert.equal(tools.gpu().powerLimit, 312.5);
  });

  it('gives back the power limit that it found, at the second try, too', async () => {
    tools.change(({ gpus: [gpu] }) => Object.assign(gpu ?? {}, { powerLimit: 312.5 }));
    assert.equal((await run('power', id(), '250')).code, 0);
    tools.change((state) => {
      state.faults = { isDenied: true };
    });
    assert.equal((await run('power-reset', id(), '312.5')).code, 4);
    tools.change((state) => {
      state.faults = {};
    });
    assert.deepEqual(await run('power-reset', id(), '312.5'), { code: 0, err: '' });
    assert.equal(tools.gpu().powerLimit, 312.5);
    assert.match((await run('power-reset', id(), '312.5')).err, /neither the one that was found/);
  });

  const bad: readonly (readonly [string, (id: string) => readonly string[], RegExp])[] = [
    ['no verb', () => [], /use clock/],
    ['another verb', (gpu) => ['reboot', gpu], /use clock/],
    ['a number too many', (gpu) => ['clock-reset', gpu, '900'], /needs a GPU/],
    ['an index for a GPU', () => ['clock', '0', '900'], /not the UUID/],
    ['an option for a GPU', () => ['clock', '-h', '900'], /not the UUID/],
    ['a command in a GPU', () => ['clock', 'GPU-$(id)', '900'], /not the UUID/],
    ['a GPU that is not there', () => ['clock', 'GPU-1234', '900'], /there is no GPU-1234/],
    ['a list of GPUs', (gpu) => ['clock', `${gpu},${gpu}`, '900'], /not the UUID/],
    ['a clock that is no number', (gpu) => ['clock', gpu, '900,900'], /whole number/],
    ['an octal clock', (gpu) => ['clock', gpu, '0900'], /whole number/],
    ['a clock that is not supported', (gpu) => ['clock', gpu, '901'], /none that/],
    ['a power limit below the range', (gpu) => ['power', gpu, '50'], /outside 100 to 400/],
    ['a power limit above the range', (gpu) => ['power', gpu, '401'], /outside 100 to 400/],
    [
      'a reset to what was never found',
      (gpu) => ['power-reset', gpu, '390'],
      /neither the one that was found nor/,
    ],
    ['a reset to no number', (gpu) => ['power-reset', gpu, '4e2'], /not a number of watts/],
    ['a broken power limit', (gpu) => ['power', gpu, '2e2'], /whole number/],
  ];
  for (const [what, args, says] of bad)
    it(`refuses ${what}, and sets nothing`, async () => {
      const { code, err } = await run(...args(id()));
      assert.equal(code, 2);
      assert.match(err, says);
      assert.deepEqual(settings(), []);
    });

  it("keeps within the host's bounds, but gives back whatever was found", async () => {
    bounds('clock.min 600\nclock.max 1200\npower.max 300\n');
    assert.match((await run('clock', id(), '300')).err, /clock 300 is outside 600 to 1200/);
    assert.match((await run('clock', id(), '1410')).err, /outside/);
    assert.match((await run('power', id(), '350')).err, /outside 1 to 300/);
    assert.equal((await run('power-reset', id(), '400')).code, 0);
  });

  it('trusts no bounds that others may write', async () => {
    bounds('clock.max 1200\n', 0o666);
    assert.match((await run('clock', id(), '900')).err, /writable by nobody else/);
    assert.deepEqual(settings(), []);
  });

  it('takes no bounds that it does not understand for none', async () => {
    for (const text of ['clock.max=1200\n', 'clock_max 1200\n', 'clock.max 1200 MHz\n']) {
      bounds(`# ours\n\n${text}`);
      assert.match((await run('clock', id(), '900')).err, /line 3 of .* is not understood/);
    }
    bounds('clock.max 12OO\n');
    const { code, err } = await run('clock', id(), '900');
    assert.equal(code, 2);
    assert.match(err, /^dqoes-gpu: clock.max in .* is not a whole number from 1 to 99999\n$/);
    assert.deepEqual(settings(), []);
  });

  it('sets a GPU at most every two seconds', async () => {
    assert.equal((await run('clock', id(), '900')).code, 0);
    assert.match((await run('clock', id(), '915')).err, /less than 2 s ago/);
    assert.equal((await run('clock-reset', id())).code, 0);
    assert.ok(existsSync(join(tools.folder, 'run', id())));
  });

  it('is what the agent asks where it is not root', async () => {
    const sudo = join(tools.folder, 'sudo');
    writeFileSync(sudo, '#!/bin/sh\n[ "$1" = -n ] || exit 9\nshift\nexec "$@"\n');
    chmodSync(sudo, 0o755);
    const environment = { PATH: '/usr/bin:/bin' };
    const tool = new NvidiaSmi({
      clock: systemClock,
      environment,
      file: tools.nvidiaSmi,
      hasMps: () => false,
      setter: { sudo, helper },
    });
    assert.deepEqual(await tool.set(id(), { knob: 'clock', value: 900 }), {
      ok: true,
      value: undefined,
    });
    assert.equal(tools.gpu().lockedMhz, 900);
    const refused = await tool.set(id(), { knob: 'clock', value: 901 });
    assert.match(
      refused.ok ? '' : refused.error.message,
      /the GPU helper: dqoes-gpu: clock 901 is none/,
    );
    assert.equal(refused.ok ? '' : refused.error.kind, 'range');
    const soon = await tool.set(id(), { knob: 'clock', value: 915 });
    assert.equal(soon.ok ? '' : soon.error.kind, 'busy');
    assert.equal((await tool.reset(id(), 'clock', null)).ok, true);
    assert.equal(tools.gpu().lockedMhz, null);
  });
});
