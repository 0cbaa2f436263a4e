import type { Random } from '../../../shared/random.js';

/** Amounts by chance. */
export interface Draw {
  between(least: number, most: number): number;
  /** Evenly on a logarithmic scale. */
  scaled(least: number, most: number): number;
  whole(least: number, most: number): number;
  chance(ratio: number): boolean;
}

/** Draws from one source of chance: the order of calls decides what each gets. */
export function randomDraw(random: Random): Draw {
  const between = (least: number, most: number): number => least + (most - least) * random();
  return {
    between,
    scaled: (least, most) => least * (most / least) ** random(),
    whole: (least, most) => Math.floor(between(least, most + 1)),
    chance: (ratio) => random() < ratio,
  };
}
