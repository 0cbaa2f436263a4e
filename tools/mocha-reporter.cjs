// Mocha's spec reporter, which also writes to $DQOES_TEST_COUNTS how many tests of each file passed,
// failed and were pending, the full titles of those that failed, and how long the file took with
// its hooks, ms, as JSON. Says why a test failed when it does: the list at the end is far away, or
// never comes.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/** Of an error's message, characters. */
const REASON_MAX = 1500;

const fileOf = (node) => node?.file ?? (node?.parent ? fileOf(node.parent) : '');

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const files = {};
    const countsOf = (test) => {
      const file = fileOf(test);
      files[file] ??= { passed: 0, failed: 0, pending: 0, titles: [], ms: 0 };
      return files[file];
    };
    let beganMs = 0;
    runner.on('suite', (suite) => {
      if (suite.parent?.root) beganMs = performance.now();
    });
    runner.on('suite end', (suite) => {
      if (suite.parent?.root) countsOf(suite).ms += performance.now() - beganMs;
    });
    runner.on('pass', (test) => {
      countsOf(test).passed += 1;
    });
    runner.on('pending', (test) => {
      countsOf(test).pending += 1;
    });
    runner.on('fail', (test, error) => {
      const reason = String(error?.message ?? error).slice(0, REASON_MAX);
      console.log(reason.replaceAll(/^/gm, '        '));
      const counts = countsOf(test);
      counts.failed += 1;
      counts.titles.push(test.fullTitle());
    });
    runner.on('end', () => writeFileSync(process.env.DQOES_TEST_COUNTS, JSON.stringify(files)));
  }
};
