import { numberText } from './words.js';

/** An amount of money: three digits below one, else two places at most. */
export const moneyText = (amount: number): string =>
  amount < 1 ? String(Number(amount.toPrecision(3))) : numberText(amount);
