/** A mapping that cannot work, whatever the rows hold: one sentence that names the file and the place. */
export class MappingError extends Error {
  override name = 'MappingError';
}
