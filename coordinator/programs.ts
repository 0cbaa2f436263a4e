import { MAX_PROGRAMS, type ProgramReport } from '../proto/schemas/service.js';
import type { KeyValueStore } from '../proto/store.js';
import type { Clock } from '../shared/clock.js';
import { StandbyRegister } from './election/standby.js';

/** A console, as it says itself when it reads views. */
export interface ConsoleName {
  readonly name: string;
  readonly version: string;
}

/** A console reads everything once a minute; after three of these it counts as gone, ms. */
const CONSOLE_GONE_MS = 200_000;
const MAX_CONSOLES = 100;

/** What runs in a cluster beside the agents, and of which version, as the leader heard it. */
export class Programs {
  readonly standby: StandbyRegister;
  readonly #clock: Clock;
  readonly #self: ConsoleName;
  readonly #consoles = new Map<string, ConsoleName & { readonly atMs: number }>();

  constructor(self: ConsoleName, deps: { readonly store: KeyValueStore; readonly clock: Clock }) {
    this.#self = self;
    this.#clock = deps.clock;
    this.standby = new StandbyRegister(deps);
  }

  /** A console has read a view. */
  noteConsole({ name, version }: ConsoleName): void {
    this.#consoles.delete(name);
    this.#consoles.set(name, { name, version, atMs: this.#clock.now() });
    for (const first of this.#consoles.keys())
      if (this.#consoles.size > MAX_CONSOLES) this.#consoles.delete(first);
  }

  /** The leader first. */
  list(): readonly ProgramReport[] {
    const nowMs = this.#clock.now();
    const consoles = [...this.#consoles.values()]
      .map(({ name, version, atMs }) => ({ name, version, ageMs: nowMs - atMs }))
      .filter(({ ageMs }) => ageMs < CONSOLE_GONE_MS);
    const all: readonly ProgramReport[] = [
      { program: 'coordinator', ...this.#self, role: 'leads', ageMs: 0 },
      ...this.standby
        .list()
        .flatMap((each): readonly ProgramReport[] =>
          each.name === this.#self.name
            ? []
            : [{ program: 'coordinator', ...each, role: 'stands-by' }],
        ),
      ...consoles.map((each): ProgramReport => ({ program: 'console', ...each })),
    ];
    return all.slice(0, MAX_PROGRAMS);
  }
}
