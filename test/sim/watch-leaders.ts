import type { DesiredState } from '../../shared/command.js';
import type { Fault, Result } from '../../shared/result.js';
import type { Process } from './process.js';
import type { World } from './world.js';

interface LeaseRecord {
  readonly incarnation: string;
  readonly epoch: number;
  readonly nonce: string;
  readonly holder: string;
}

const ONE_EACH = '4 each epoch has one leader';
const NO_STALE = '4 a replaced leader says nothing';
const SEALED = '4 the epoch is raised on a node before anything grows there';

/** Who leads, as the store itself says. */
export class LeaderWatch {
  #now: LeaseRecord | null = null;
  readonly #nonces = new Map<string, string>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  get holder(): string {
    return this.#now?.holder ?? '';
  }

  /** The lease is gone: the next leader cannot know of all earlier ones. */
  onLost(): void {
    this.#now = null;
  }

  onCandidate(process: Process, value: Uint8Array): void {
    const { epoch, incarnation } = parse(value);
    if (this.#now?.incarnation !== incarnation || epoch > this.#now.epoch)
      this.#world.tell('', `${process.name} asks for epoch ${epoch} of ${incarnation}`);
  }

  onLease(value: Uint8Array): void {
    const next = parse(value);
    const { incarnation, epoch, nonce } = next;
    const known = this.#nonces.get(`${incarnation} ${epoch}`) ?? nonce;
    this.#nonces.set(`${incarnation} ${epoch}`, nonce);
    if (this.#now?.nonce !== nonce)
      this.#world.tell('', `epoch ${epoch} of ${incarnation} is led by ${nonce}`);
    const isLater = this.#now?.incarnation !== incarnation || epoch >= this.#now.epoch;
    this.#world.check(ONE_EACH, known === nonce && isLater, () => ({
      node: '',
      text: `epoch ${epoch} went from ${known} to ${nonce}, after epoch ${this.#now?.epoch}`,
    }));
    this.#now = next;
  }

  /** A coordinator says what it desires, on the bus or to the store. */
  onSpoken(process: Process, said: Result<DesiredState, Fault>): void {
    if (!said.ok || this.#now === null || this.#now.incarnation !== said.value.incarnation) return;
    const { epoch, node } = said.value;
    const leads = this.#now;
    this.#world.check(NO_STALE, epoch >= leads.epoch, () => ({
      node,
      text:
        `${process.name} speaks for epoch ${epoch} although ${leads.nonce} leads epoch ` +
        `${leads.epoch}`,
    }));
  }

  onDesired(before: DesiredState | undefined, after: DesiredState): void {
    if (before === undefined || before.incarnation !== after.incarnation) return;
    const grown = before.epoch === after.epoch ? undefined : growthOf(before, after);
    this.#world.check(SEALED, grown === undefined, () => ({
      node: after.node,
      text: `epoch ${after.epoch} ${grown} where epoch ${before.epoch} was the last`,
    }));
  }
}

function growthOf(before: DesiredState, after: DesiredState): string | undefined {
  const known = new Map(before.allocations.map((each) => [each.id, each]));
  for (const { id, limit } of after.allocations) {
    const was = known.get(id);
    if (was === undefined) return `places ${id}`;
    const [from, to] = [was.limit.cpuCores, limit.cpuCores];
    if (from !== null && (to === null || to > from + 1e-9))
      return `raises ${id} from ${from} to ${to ?? 'no limit'}`;
  }
  return undefined;
}

const parse = (value: Uint8Array): LeaseRecord =>
  JSON.parse(new TextDecoder().decode(value)) as LeaseRecord;
