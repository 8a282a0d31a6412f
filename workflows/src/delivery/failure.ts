/**
 * Why a delivery did not happen. `permanent`: trying again cannot help before somebody changes something.
 * `retryAfterMs`: what the receiver asked for.
 */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly permanent: boolean;
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    { permanent = false, retryAfterMs = null as number | null, cause = undefined as unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.permanent = permanent;
    this.retryAfterMs = retryAfterMs;
  }
}
