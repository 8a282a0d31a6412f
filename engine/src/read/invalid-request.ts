/** A request that is well-formed but asks for what cannot be: a cursor nobody made, a kind that does not exist. */
export class InvalidRequestError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'InvalidRequestError';
    this.code = code;
  }
}
