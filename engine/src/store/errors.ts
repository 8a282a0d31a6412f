const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
};

/** Another transaction was faster with what this one was about to write. Tried again, it sees what the other one wrote. */
export class CollisionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CollisionError';
  }
}

/** Deadlock, serialization failure or collision: the same transaction may succeed when tried again. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof CollisionError || ['40P01', '40001'].includes(codeOf(error));

/** A unique index has it already. */
export const isTaken = (error: unknown): boolean => codeOf(error) === '23505';

/** Postgres refused the data itself (classes 22 and 23): trying again gives the same. */
export const isDataError = (error: unknown): boolean => /^2[23]/.test(codeOf(error));

/** Classes of failures that lie with the server: connection, resources (a full disk among them), shutdown and recovery. */
const serverFault = /^(08|53|57P0)/;
const networkFault = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** What the driver itself says, without a code. */
const driverFault =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;

/** The database is away, starting or out of room: the same request may succeed when it is back. */
export const isUnavailable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return serverFault.test(code) || networkFault.has(code) || (code === '' && driverFault.test(error.message));
};

/** The database's disk is full. */
export const isOutOfRoom = (error: unknown): boolean => codeOf(error) === '53100';

/** Postgres's message with its detail, on one line. */
export const describeError = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const detail = 'detail' in error && typeof error.detail === 'string' ? ` (${error.detail})` : '';
  return `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}${detail}`.slice(0, 4_000);
};

/** A named thing that does not exist. */
export class NotFoundError extends Error {
  readonly what: string;
  readonly id: string;
  constructor(what: string, id: string) {
    super(`There is no ${what} ${id}.`);
    this.name = 'NotFoundError';
    this.what = what;
    this.id = id;
  }
}

/** The thing exists, but is not in a state that allows this. */
export class ConflictError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConflictError';
  }
}
