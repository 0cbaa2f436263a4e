import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readCliConfig } from '../../../../cli/config.js';
import { openEditor } from '../../../../cli/shell/editor.js';
import { Interrupts } from '../../../../cli/shell/terminal.js';

describe('the editor of a person', () => {
  it('has Ctrl-C for itself while it runs', async () => {
    const interrupts = new Interrupts(() => 0);
    const config = readCliConfig({ HOME: '/nowhere', EDITOR: 'sed -i s/800/600/' });
    let pressed = 0;
    // As vi does at the end of typing; the terminal sends it to this program, too.
    const lendTerminal = () => {
      const takeBack = interrupts.lend();
      for (pressed = 0; pressed < 2; pressed += 1) assert.equal(interrupts.onCtrlC(), false);
      return takeBack;
    };
    const opened = await openEditor({ config, lendTerminal }, 'face.yaml');
    assert.ok(opened.ok);
    const editor = opened.value;
    try {
      const saved = await editor.edit('latency: 800ms\n');
      assert.deepEqual(saved, { ok: true, value: 'latency: 600ms\n' });
    } finally {
      await editor.close();
    }
    assert.equal(pressed, 2);
    assert.equal(interrupts.signal.aborted, false);
    interrupts.onCtrlC();
    assert.equal(interrupts.signal.aborted, true);
  });
});

describe('an editor of another encoding', () => {
  it('has its text refused, and kept: it would not be what the person wrote', async () => {
    const config = readCliConfig({ HOME: '/nowhere', EDITOR: "printf 'env: gr\\374n\\n' >" });
    const opened = await openEditor({ config }, 'face.yaml');
    assert.ok(opened.ok);
    try {
      const saved = await opened.value.edit('env: green\n');
      assert.match(saved.ok ? '' : saved.error, /face\.yaml is not UTF-8 \(line 1\): /);
      assert.equal(await opened.value.text(), 'env: gr\ufffdn\n');
    } finally {
      await opened.value.close();
    }
  });
});

describe('an editor that is not installed', () => {
  it('is said to be missing, with what to do', async () => {
    const config = readCliConfig({ HOME: '/nowhere', EDITOR: 'no-such-editor 2>/dev/null' });
    const opened = await openEditor({ config }, 'face.yaml');
    assert.ok(opened.ok);
    try {
      const saved = await opened.value.edit('latency: 800ms\n');
      assert.match(
        saved.ok ? '' : saved.error,
        /^the editor \(no-such-editor .*\) is not here: set EDITOR to one that is, such as/,
      );
    } finally {
      await opened.value.close();
    }
  });
});

describe('Ctrl-C', () => {
  it('is a wish to end, and a second one to end at once', () => {
    let nowMs = 1000;
    const interrupts = new Interrupts(() => nowMs);
    assert.equal(interrupts.onCtrlC(), false);
    assert.ok(interrupts.signal.aborted);
    nowMs += 499;
    assert.equal(interrupts.onTerm(), false);
    nowMs += 1;
    assert.equal(interrupts.onCtrlC(), true);
  });

  it('and a SIGTERM are heard, too, where something else had the program end before', () => {
    let nowMs = 0;
    const interrupts = new Interrupts(() => nowMs);
    interrupts.abort('handover');
    assert.equal(interrupts.isEndAsked, false);
    assert.equal(interrupts.onTerm(), false);
    assert.equal(interrupts.isEndAsked, true);
    assert.equal(interrupts.signal.reason, 'handover');
    nowMs = 500;
    assert.equal(interrupts.onCtrlC(), true, 'as the second wish to end');
  });

  it('is not needed where the terminal is gone', () => {
    const interrupts = new Interrupts(() => 0);
    interrupts.onHangup();
    assert.equal(interrupts.signal.aborted, true);
    assert.equal(interrupts.isEndAsked, true);
    assert.equal(interrupts.onTerm(), false);
  });

  it('means another program while that has the terminal, but a SIGTERM never does', () => {
    const interrupts = new Interrupts(() => 0);
    const takeBack = interrupts.lend();
    assert.equal(interrupts.onCtrlC(), false);
    assert.equal(interrupts.signal.aborted, false);
    interrupts.onTerm();
    assert.equal(interrupts.signal.aborted, true);
    takeBack();
  });
});
