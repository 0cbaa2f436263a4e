/**
 * Up to which revision of a bucket every write is known: from a reading of all, and from hints
 * without a gap since.
 */
export class RevisionCoverage {
  #read: number | undefined;
  #first = 0;
  #last = 0;

  /** A hint of one write. One that does not follow the last leaves a gap. */
  noteWrite(revision: number): void {
    if (revision !== this.#last + 1) this.#first = revision;
    this.#last = revision;
  }

  /** All values were read, after the bucket was at this revision. */
  noteFullRead(revision: number): void {
    this.#read = revision;
  }

  /** What was read proves nothing any more. */
  reset(): void {
    this.#read = undefined;
  }

  /** Whether nothing was missed if the bucket is at this revision now. */
  covers(revision: number): boolean {
    if (this.#read === undefined) return false;
    const isJoined = this.#first <= this.#read + 1;
    return revision === (isJoined ? Math.max(this.#read, this.#last) : this.#read);
  }
}
