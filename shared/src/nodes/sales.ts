import { z } from 'zod';
import { idSchema } from '../model/value.ts';
import { next, nodeType } from './node-type.ts';

/** Tells colleagues or systems. Takes no event time: delivery succeeds or fails visibly on its own. */
export const notify = nodeType({
  type: 'notify',
  title: 'Notify',
  kind: 'outward',
  settings: z.strictObject({
    channel: idSchema,
    subject: z.string().max(500).default(''),
    /** `{{email}}`, `{{score:<model>}}`, `{{stage}}` and any field are filled in. */
    body: z.string().max(20_000).default(''),
  }),
  ports: () => ['next'],
  references: (settings) => ({ channels: [settings.channel] }),
  run: (settings, pass) => {
    pass.deliver(settings.channel, { subject: pass.render(settings.subject), body: pass.render(settings.body) });
    return next(pass.held ? `held: ${pass.held}` : undefined);
  },
});

/** Hands the contact to a sales queue; goes on when the decision comes back as a recorded event. */
export const route = nodeType({
  type: 'route',
  title: 'Route to sales',
  kind: 'answering',
  settings: z.strictObject({ queue: idSchema }),
  ports: () => ['routed', 'no_one'],
  references: (settings) => ({ queues: [settings.queue] }),
  run: (settings, pass) =>
    pass.openLead
      ? { kind: 'go', port: 'routed', note: 'sales already has this contact' }
      : { kind: 'answer', ask: pass.askRoute(settings.queue), note: pass.held ? `held: ${pass.held}` : undefined },
});
