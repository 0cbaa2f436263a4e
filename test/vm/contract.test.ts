import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { TestMachine } from '../lib/vm/machine.js';

/** The suite of Docker alone takes more than seven minutes. */
const SUITE_MS = 1_140_000;

describe('vm: contract suites inside, on systemd and cgroup v2', function () {
  // Emulated: a container takes seven seconds to start.
  this.timeout(SUITE_MS + 60_000);
  let machine: TestMachine;
  before(async () => {
    machine = await TestMachine.boot({ images: ['dqoes/tiny:1'] });
  });
  after(() => machine?.close());

  for (const suite of ['docker', 'cgroup-reader', 'cgroup-parent', 'parent-weights'])
    it(`passes ${suite}`, async () => {
      const mocha = 'node node_modules/mocha/bin/mocha.js --exit --reporter dot --timeout 240000';
      const { code, out } = await machine.run(
        `cd /payload/tree; ${mocha} dist/test/contract/${suite}.test.js`,
        SUITE_MS,
      );
      assert.equal(code, 0, out);
      assert.match(out, /[1-9]\d* passing/);
      assert.doesNotMatch(out, /pending/);
    });
});
