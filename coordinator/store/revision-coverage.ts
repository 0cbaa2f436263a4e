/**
 * Up to which revision of a bucket every write is known: from a full read, and from watch messages
 * without a gap since then.
 */
export class RevisionCoverage {
  #read: number | undefined;
  #first = 0;
  #last = 0;

  /** A watch message of one write. A revision that does not follow the last one leaves a gap. */
  noteWrite(revision: number): void {
    if (revision !== this.#last + 1) this.#first = revision;
    this.#last = revision;
  }

  /** All values were read, and the bucket was at this revision before the read began. */
  noteFullRead(revision: number): void {
    this.#read = revision;
  }

  /** Forgets the last full read: nothing is covered until the next one. */
  reset(): void {
    this.#read = undefined;
  }

  /** Whether no write was missed, given that the bucket is at this revision now. */
  covers(revision: number): boolean {
    if (this.#read === undefined) return false;
    const isJoined = this.#first <= this.#read + 1;
    return revision === (isJoined ? Math.max(this.#read, this.#last) : this.#read);
  }
}
