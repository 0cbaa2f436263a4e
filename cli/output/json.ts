/** A value as JSON, indented by two, with each list of numbers on one line. */
export const indentedJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/\[[-\d.,e\s]+\]/g, (list) =>
    list.replace(/\s+/g, ' ').replace(/\[ | \]/g, (end) => end.trim()),
  );
