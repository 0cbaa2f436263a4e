import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

/** What a command says that is wrong in itself: nothing is connected to. */
async function refused(args: readonly string[]): Promise<readonly [number, string]> {
  const { app, problems } = testApp();
  const code = await runProgram(args, app);
  return [code, problems.join('\n')];
}

describe('cli: a question about costs and room that cannot be', () => {
  for (const [args, said] of [
    [['job', 'quote', 'a', '--targets', 'soon'], /^--targets: "soon" .*\[cli\.usage\]$/],
    [['job', 'quote', 'a', '--targets', '0ms'], /^--targets: /],
    [['job', 'quote', 'a', '--targets', ''], /^--targets: /],
    [['job', 'quote', 'a', '--targets', Array(33).fill('1s').join()], /33 are too many: 32/],
    [['job', 'quote', 'a', '--budget', '40/year'], /^--budget: "40\/year" is no budget: write/],
    [['job', 'quote', 'a', '--budget', '40 NO-SUCH-CURRENCY-HERE/month'], /^--budget: .*no budget/],
    [['job', 'quote', 'a b'], /^there is no file of that name, and job "a b" is not a valid name/],
    [['capacity', '--without', ''], /^--without: /],
    [['capacity', '--without', 'h1,h 2'], /^--without: /],
    [['capacity', '--add', '0'], /^--add: "0" adds 0 hosts: add 1 to 1000/],
    [['capacity', '--add', '2x0'], /^--add: "2x0" adds hosts of 0 CPU/],
    [['capacity', '--add', 'some'], /^--add: "some" is no number of hosts: write 3/],
    [['advise', '--for', '1s'], /^--for: 1s is out of range: watch 10s to /],
    [['advise', '--for', '25h'], /--for .* is out of range/],
    [['advise', '--for', 'long'], /--for/],
  ] as const)
    it(`is refused with its cure: ${args.join(' ').slice(0, 50)}`, async () => {
      const [code, problem] = await refused(args);
      assert.match(problem, said);
      assert.equal(code, 2);
    });

  it('has all its faults said at once', async () => {
    const [, problem] = await refused(['job', 'quote', 'a', '--targets', 'x,y', '--budget', 'z']);
    assert.equal(problem.split('\n').length, 3, problem);
    const [, other] = await refused(['capacity', '--without', '.,+', '--add', 'x']);
    assert.equal(other.split('\n').length, 3, other);
  });
});
