import { claimFolder } from '../../../cli/bench/bench-folder.js';
import { realClock } from '../../../cli/clock.js';
import { removeAll } from './containers.js';
import { policyNamed } from './options.js';
import { openSystem } from './system.js';

/** What every bench of this folder needs while it runs. */
export interface Session {
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** An empty folder for the state of the next system. */
  nextState(): Promise<string>;
}

/**
 * Runs `use` as the only bench of this machine; removes every container and folder afterwards, on
 * Ctrl-C too.
 */
export async function asOnlyBench(use: (session: Session) => Promise<void>): Promise<void> {
  const folder = await claimFolder(realClock);
  if (!folder.ok) throw new Error(folder.error[0]?.message);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () =>
      stop.abort(new Error('The bench was stopped; what was measured is kept.')),
    );
  const nextState = async (): Promise<string> => {
    const state = await folder.value.next();
    if (state.ok) return state.value;
    throw new Error(state.error[0]?.message);
  };
  try {
    await use({ signal: stop.signal, nextState });
  } finally {
    await removeAll();
    folder.value.remove();
  }
}

/** CPU that an agent with default settings gives out on this machine, cores. */
export async function allocatableHere({ nextState, signal }: Session): Promise<number> {
  const system = await openSystem(policyNamed('default'), await nextState(), signal);
  await system.close();
  return system.allocatableCores;
}

/** Ends the process with a sentence where `main` fails. */
export async function asProgram(main: () => Promise<void>): Promise<void> {
  try {
    await main();
    process.exit(0);
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exit(1);
  }
}
