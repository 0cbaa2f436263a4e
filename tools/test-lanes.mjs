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

/** Patient parts that run beside each other; more would keep each other waiting. */
const PATIENT_LANES = 2;

/**
 * Plays every part once, three at a time: one lane takes the pure ones, two the patient ones, each
 * in order. A lane that finds no patient one any more takes on pure ones that nobody has begun.
 */
export async function inLanes(pure, patient, play) {
  const [purely, patiently] = [[...pure], [...patient]];
  const lane = async (next) => {
    for (let part = next(); part !== undefined; part = next()) await play(part);
  };
  await Promise.all([
    ...Array.from({ length: PATIENT_LANES }, () => lane(() => patiently.shift() ?? purely.shift())),
    lane(() => purely.shift()),
  ]);
}
