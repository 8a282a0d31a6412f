import { z } from 'zod';
import { conditionSchema, eventTypeIdSchema } from '../model/condition.ts';
import { durationMs, durationSchema, type Duration } from '../model/time.ts';
import { nodeType } from './node-type.ts';

const inWords = (duration: Duration): string =>
  `${duration.amount} ${duration.amount === 1 ? duration.unit.slice(0, -1) : duration.unit}`;

export const waitTime = nodeType({
  type: 'wait_time',
  title: 'Wait for a time',
  kind: 'wait',
  settings: z.strictObject({ duration: durationSchema }),
  ports: () => ['next'],
  references: () => ({}),
  run: (settings, pass) => ({
    kind: 'wait',
    for: 'time',
    until: pass.at + durationMs(settings.duration),
    note: `for ${inWords(settings.duration)}`,
  }),
});

/** Goes on by `happened` with the first such event in `[start, deadline)`, else by `timed_out`. */
export const waitEvent = nodeType({
  type: 'wait_event',
  title: 'Wait for an event',
  kind: 'wait',
  settings: z.strictObject({ event: eventTypeIdSchema, where: conditionSchema.optional(), timeout: durationSchema }),
  ports: () => ['happened', 'timed_out'],
  references: (settings) => (settings.where ? { conditions: [{ path: 'where', condition: settings.where }] } : {}),
  run: (settings, pass) => ({
    kind: 'wait',
    for: 'event',
    until: pass.at + durationMs(settings.timeout),
    note: `for ${settings.event}, at most ${inWords(settings.timeout)}`,
  }),
});
