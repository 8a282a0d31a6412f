import { setTimeout as pause } from 'node:timers/promises';

/** What one live stream says, as a browser's EventSource would read it. */
export interface LiveEvents extends AsyncDisposable {
  readonly status: number;
  readonly events: { name: string; data: { topic?: string; ids?: string[] } }[];
  /** Where it is. */
  lastEventId(): string;
  /** Resolves when the condition holds; fails after five seconds. */
  until(condition: (events: LiveEvents['events']) => boolean): Promise<void>;
  /** Resolves when the server ended it. */
  ended: Promise<void>;
}

/** Waits for something that is bound to happen soon. */
export const soon = async (what: string, condition: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> => {
  for (const from = performance.now(); !(await condition()); await pause(10))
    if (performance.now() - from > ms) throw new Error(`It did not happen: ${what}`);
};

export const openLive = async (url: string, headers: Record<string, string>): Promise<LiveEvents> => {
  const over = new AbortController();
  const response = await fetch(`${url}/api/live`, { headers, signal: over.signal });
  const events: LiveEvents['events'] = [];
  let id = '';
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      text += decoder.decode(piece as Uint8Array, { stream: true }); // Bodies of fetch are bytes.
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = new Map(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => [line.split(': ', 1)[0] ?? '', line.slice(line.indexOf(': ') + 2)]),
        );
        text = text.slice(end + 2);
        id = fields.get('id') ?? id;
        const data = fields.get('data');
        if (data !== undefined)
          events.push({ name: fields.get('event') ?? 'message', data: JSON.parse(data) as { topic?: string } }); // The API's own.
      }
    }
  };
  const ended = response.ok ? read().catch(() => undefined) : Promise.resolve();
  return {
    status: response.status,
    events,
    ended,
    lastEventId: () => id,
    until: (condition) => soon(`among ${JSON.stringify(events)}`, () => condition(events)),
    [Symbol.asyncDispose]: async () => {
      over.abort();
      await ended;
    },
  };
};
