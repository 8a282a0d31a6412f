/** What a job loads; kept with it, so that whoever goes on with it makes the same history again. */
export interface SampleInput {
  seed: number;
  contacts: number;
  /** Address of this server, for the sample's webhooks. */
  hooksAt: string;
  /** When the history ends, ms. */
  now: number;
  /** The historical load, once it is open. */
  importId: string | null;
}
