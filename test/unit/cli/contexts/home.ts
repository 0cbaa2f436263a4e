import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readCliConfig } from '../../../../cli/config.js';
import { type TestApp, testApp } from '../../../lib/cli-app.js';

/** A home folder of its own, with contexts. */
export interface ContextHome {
  readonly home: string;
  readonly places: { readonly configHome: string; readonly home: string };
  /** Writes a file below the home folder; its path. */
  write(path: string, text: string, mode?: number): string;
  /** Writes a context of ours. */
  context(name: string, text: string, mode?: number): string;
  /** An app of a user with this home and these variables. */
  app(env?: Readonly<Record<string, string>>): TestApp;
  remove(): void;
}

/** Makes the home folder. */
export function contextHome(): ContextHome {
  const home = mkdtempSync(join(tmpdir(), 'dqoes-contexts-'));
  const write = (path: string, text: string, mode = 0o600): string => {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  };
  return {
    home,
    places: { configHome: join(home, '.config'), home },
    write,
    context: (name, text, mode) => write(`.config/dqoes/contexts/${name}.yaml`, text, mode),
    app: (env = {}) => {
      const made = testApp();
      const config = readCliConfig({ HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), ...env });
      return { ...made, app: { ...made.app, config } };
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** The seed of a key that no server knows. */
export const SEED = `SU${'A'.repeat(56)}`;
