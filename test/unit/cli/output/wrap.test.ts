import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { streamOutput } from '../../../../cli/output/output.js';
import { wrapMessage } from '../../../../cli/output/wrap.js';

/** What a terminal of that width gets on stderr; undefined = stderr is a pipe. */
function written(columns: number | undefined) {
  const got = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    write: (text: string): void => {
      got[name] += text;
    },
    isTTY: columns !== undefined,
    ...(columns === undefined ? {} : { columns }),
  });
  const streams = { stdout: stream('out'), stderr: stream('err') };
  return { output: streamOutput(streams, { quiet: false, noColour: true }), got };
}

const LONG =
  'no coordinator serves this cluster: start one with `dqoes up` or `dqoes coordinator`, or name ' +
  'the cluster with --cluster [service.unavailable]';

describe('messages on a terminal', () => {
  it('are broken between words at its width, those after the first line indented', () => {
    const { output, got } = written(60);
    output.problem(LONG);
    output.message('Stopped.');
    assert.equal(
      got.err,
      'no coordinator serves this cluster: start one with\n' +
        '  `dqoes up` or `dqoes coordinator`, or name the cluster\n' +
        '  with --cluster [service.unavailable]\n' +
        'Stopped.\n',
    );
  });

  it('are one line each in a pipe, and where the terminal does not know its width', () => {
    for (const columns of [undefined, 0]) {
      const { output, got } = written(columns);
      output.problem(LONG);
      output.message(LONG);
      assert.equal(got.err, `${LONG}\n${LONG}\n`);
    }
  });

  it('leave data and records of logs whole', () => {
    const { output, got } = written(40);
    output.data(LONG);
    output.record(LONG);
    assert.deepEqual(got, { out: `${LONG}\n`, err: `${LONG}\n` });
  });
});

describe('wrapMessage', () => {
  const commands = [
    'dqoes job status face',
    'dqoes node approve h1',
    'dqoes auth add-user NAME --role viewer',
    'dqoes ps --watch --nats nats://127.0.0.1:41234 --cluster demo',
    'DQOES_NATS_TLS_CA=FILE dqoes join TOKEN',
    'sudo dqoes agent restore --state /var/lib/dqoes',
    'dqoes run --target 250ms IMAGE',
    'systemctl restart dqoes-agent',
    'docker logs web',
    'nats stream edit KV_dqoes --max-bytes',
    'chmod 600 /etc/dqoes/agent.nk',
    "dqoes job run '/tmp/my jobs/face.yaml'",
    '"dqoes coordinator key --secrets --make"',
    '`dqoes auth add-agent --token`',
  ];

  for (const command of commands)
    it(`never breaks ${command}, wherever it stands`, () => {
      for (let before = 1; before < 60; before += 1) {
        const text = `${'a'.repeat(before)} now run ${command}, and then look again at the host`;
        const lines = wrapMessage(text, 40).split('\n');
        assert.ok(
          lines.some((line) => line.includes(command)),
          lines.join('\n'),
        );
        assert.ok(lines.length > 1);
      }
    });

  it('goes on breaking behind a command', () => {
    assert.equal(
      wrapMessage('run dqoes agent restore again, and check the clocks of all GPUs', 32),
      'run dqoes agent restore again,\n  and check the clocks of all\n  GPUs',
    );
  });

  it('leaves a long path whole, on a line of its own', () => {
    const path = `/home/somebody/${'deep/'.repeat(12)}job.yaml`;
    assert.equal(
      wrapMessage(`the file ${path} is not there`, 40),
      `the file\n  ${path}\n  is not there`,
    );
  });

  it('leaves the lines below the first as they are: they are laid out, as settings', () => {
    const settings = `nats: { credentials: ${'/etc/dqoes'.repeat(8)} }`;
    assert.equal(
      wrapMessage(`Next, in the file of the coordinator on each of the hosts:\n${settings}`, 40),
      `Next, in the file of the coordinator on\n  each of the hosts:\n${settings}`,
    );
  });

  it('keeps the indent of a line, and its inner blanks', () => {
    assert.equal(
      wrapMessage('  last third:  at target 0.90, settled in 12 s', 30),
      '  last third:  at target 0.90,\n    settled in 12 s',
    );
  });

  it('counts columns: characters of two of them as two', () => {
    assert.equal(wrapMessage('名前名前名前 名前名前名前', 20), '名前名前名前\n  名前名前名前');
  });

  const linesOf = (words: readonly string[], columns: number): readonly string[] =>
    wrapMessage(words.join(' '), columns).split('\n');
  const columns = fc.integer({ min: 20, max: 90 });

  it('loses no word', () => {
    const word = fc.stringMatching(/^[a-z.,:()"`'-]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), columns, (words, width) => {
        const joined = linesOf(words, width).map((line) => line.trim());
        assert.equal(joined.join(' '), words.join(' '));
      }),
    );
  });

  it('makes no line of plain words wider than the terminal', () => {
    const word = fc.stringMatching(/^[A-Z]{1,12}[.,:)]?$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), columns, (words, width) => {
        for (const line of linesOf(words, width)) assert.ok(line.length <= width, line);
      }),
    );
  });
});
