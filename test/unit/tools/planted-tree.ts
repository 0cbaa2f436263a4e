import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the source tree; tests run from `dist/test/unit/tools`. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** What a tool printed and how it ended. */
export interface ToolRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Writes `files` (path to text) into a new folder, runs `node ROOT/TOOL FOLDER ARGS` and removes
 * the folder again.
 */
export function runOn(
  tool: string,
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ToolRun {
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-tool-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, tool), folder, ...args],
      { encoding: 'utf8' },
    );
    return { status, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
