import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { CheckedService } from '../../../lib/checked-service.js';
import { testApp } from '../../../lib/cli-app.js';

describe('dqoes console', () => {
  for (const name of ['https://dqoes.example', 'dqoes.example:8470', ''])
    it(`refuses a name that no browser would send: ${JSON.stringify(name)}`, async () => {
      const { app, problems } = testApp();
      const args = ['console', '--name', 'a.example', '--name', name, '--listen', 'nowhere'];
      assert.equal(await runProgram(args, app), 2);
      assert.match(problems.join('\n'), /--name <host>.*write a name alone, such as dqoes/);
    });
});

describe('dqoes console --check', () => {
  let folder: CheckedService;
  beforeEach(() => {
    folder = new CheckedService('console', '');
  });
  afterEach(() => folder.remove());

  const check = async (...more: readonly string[]) => {
    const { app, out, messages, problems } = testApp();
    const code = await runProgram(['console', '--check', ...more], app);
    assert.deepEqual(out, []);
    return { code, messages, problems };
  };

  it('takes options by which a console starts, and starts none', async () => {
    const nats = ['--nats', 'nats://10.0.0.5:4222', '--creds', folder.key()];
    const good = { code: 0, messages: ['The options of the console are good.'], problems: [] };
    assert.deepEqual(await check(...nats, '--listen', '[::1]:0', '--metrics', 'off'), good);
    assert.deepEqual((await check(...nats, '--quiet')).messages, []);
    for (const at of ['8480', ':8480', 'localhost:8480', '0.0.0.0:8480'])
      assert.deepEqual(await check(...nats, '--listen', at, '--metrics', at), good, at);
  });

  it('says all by what a start would end, each with its cure', async () => {
    const nats = ['--nats', 'nats://10.0.0.5:4222', '--creds', join(folder.folder, 'none.nk')];
    const { code, messages, problems } = await check(
      ...['--listen', 'nowhere', '--metrics', 'somewhere', ...nats],
    );
    assert.deepEqual([code, messages], [2, []]);
    assert.equal(problems.length, 3, problems.join('\n'));
    const [listen = '', metrics = '', key = ''] = problems;
    const cure = (port: number): string =>
      `is no address with a port: write 127.0.0.1:${port}, [::1]:${port}, ${port} for this machine`;
    assert.equal(listen, `--listen: "nowhere" ${cure(8470)} alone. [cli.usage]`);
    assert.equal(
      metrics,
      `--metrics: "somewhere" ${cure(8473)} alone, or off for none. [cli.usage]`,
    );
    assert.match(key, /none\.nk \(from --creds\) cannot be read .*permissions\. \[config\.bad\]$/);
    const open = folder.put('open.nk', 'no key', 0o644);
    assert.match(
      (await check('--nats', 'nats://h1', '--creds', open)).problems.join(),
      /open\.nk .* has mode 0644/,
    );
  });
});
