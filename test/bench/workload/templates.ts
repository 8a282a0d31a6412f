import { Analytics } from '@segment/analytics-node';

/** A message as the SDK sends it; what differs from message to message is replaced. */
export type Message = Record<string, unknown>;

export interface Templates {
  track: Message;
  identify: Message;
}

interface Batch {
  batch: Message[];
}

/** Lets the real SDK build a track and an identify call, and keeps what it would have sent. */
export const captureTemplates = async (): Promise<Templates> => {
  const sent: Message[] = [];
  const client = new Analytics({
    writeKey: 'bench',
    host: 'http://127.0.0.1',
    httpClient: (_url, init) => {
      // The SDK's own body: a JSON text with the batch in it.
      sent.push(...(JSON.parse(String(init?.body)) as Batch).batch);
      return Promise.resolve(new Response('{"success":true}', { status: 200 }));
    },
  });
  client.track({ userId: 'someone', event: 'Something', properties: {} });
  client.identify({ userId: 'someone', traits: {} });
  await client.closeAndFlush({ timeout: 5_000 });
  const of = (type: string): Message => {
    const message = sent.find((each) => each['type'] === type);
    if (!message) throw new Error(`The SDK sent no ${type} message.`);
    return message;
  };
  return { track: of('track'), identify: of('identify') };
};
