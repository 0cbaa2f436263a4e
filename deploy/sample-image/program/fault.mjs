/** What the caller gave is wrong: one sentence which names it, its value and the cure. */
export class InputFault extends Error {}
