import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'mocha';
import { readCliConfig } from '../../../cli/config.js';
import { runDoctorHost } from '../../../cli/doctor/host.js';
import type { DoctorSection } from '../../../cli/doctor/section.js';
import type { App } from '../../../cli/shell/app.js';
import type { OutputFormat } from '../../../cli/shell/options.js';

const section: DoctorSection = {
  name: 'docker',
  look: async () => [
    { what: 'Docker Engine', state: 'works', detail: 'version 26.1.5', cure: '' },
    {
      what: 'containers',
      state: 'limited',
      detail: 'none of the containers of this host is under control',
      cure: 'find their labels with dqoes doctor --container NAME',
    },
  ],
};

async function linesOf(output: OutputFormat, width: number): Promise<readonly string[]> {
  const lines: string[] = [];
  const app: App = {
    config: readCliConfig({ HOME: '/nowhere' }),
    output: {
      data: (line) => void lines.push(line),
      message: () => {},
      problem: () => {},
      record: () => {},
      terminal: true,
      colour: false,
      width,
    },
    clock: { now: () => 0, wall: () => 0, sleep: async () => {} },
    signal: new AbortController().signal,
    stdin: () => Readable.from([]),
    version: '0',
  };
  assert.equal(await runDoctorHost(app, { output }, [section]), 0);
  return lines;
}

describe('doctor', () => {
  it('fits the terminal, and shows whole texts with -o wide', async () => {
    const lines = await linesOf('table', 70);
    assert.ok(lines.every((line) => [...line].length <= 70));
    assert.match(lines[2] ?? '', /^containers +limited +none of the containers/);
    assert.match(lines.join(' '), /→ find their labels with dqoes doctor/);
    const wide = await linesOf('wide', 70);
    assert.match(wide[2] ?? '', /under control +find their labels with .* NAME$/);
  });
});
