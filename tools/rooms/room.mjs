/** A row of the table: see ROOMS in rooms.mjs. */
export function room(name, files, may, rest = {}) {
  const why = 'it imports only what its row names';
  return { name, files, may, packages: [], node: [], why, ...rest };
}
