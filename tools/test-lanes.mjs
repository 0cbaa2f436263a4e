// Plays parts of `npm test` beside each other, and shows what each writes as a whole.

/**
 * What several runs write at once. That of the run which began first is shown as it comes; that of
 * the others is held until those before them have ended.
 */
export class Screen {
  #runs = [];
  #show;

  constructor(show) {
    this.#show = show;
  }

  /** A run begins; it says when it has ended. */
  begin() {
    const run = { held: [], isOver: false };
    this.#runs.push(run);
    const write = (text) => {
      if (this.#runs[0] === run) this.#show(text);
      else run.held.push(text);
    };
    const end = () => {
      run.isOver = true;
      this.#passOn();
    };
    return { write, end };
  }

  #passOn() {
    while (this.#runs[0]?.isOver === true) {
      this.#runs.shift();
      for (const text of this.#runs[0]?.held.splice(0) ?? []) this.#show(text);
    }
  }
}

/**
 * Plays every part once, two at a time: one lane takes the pure ones, the other the patient ones,
 * each in order. The lane that is done first takes on patient ones that nobody has begun.
 */
export async function inTwoLanes(pure, patient, play) {
  const waiting = [...patient];
  const lane = async (own) => {
    const next = () => own.shift() ?? waiting.shift();
    for (let part = next(); part !== undefined; part = next()) await play(part);
  };
  await Promise.all([lane([]), lane([...pure])]);
}
