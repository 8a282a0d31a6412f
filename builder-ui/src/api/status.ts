/** The answer of `GET /api/status`, as far as this page shows it. */
export interface StackStatus {
  readonly version: string;
  /** "ok", or what is wrong. */
  readonly postgres: string;
  readonly temporal: string;
  readonly lanes: readonly LaneStatus[];
  /** How many there are of each thing, named as the API names it: contacts, events, runs, leads. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface LaneStatus {
  readonly lane: number;
  readonly status: string;
  /** Events that wait in the lane's inbox. */
  readonly lag: number;
}

/** Asks for the status. Throws one sentence when there is no usable answer. */
export async function fetchStatus(signal: AbortSignal): Promise<StackStatus> {
  const response = await fetch('/api/status', { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`The API answered ${response.status} to /api/status.`);
  // The server's own contract; it is served from where this page came from.
  return (await response.json()) as StackStatus;
}
