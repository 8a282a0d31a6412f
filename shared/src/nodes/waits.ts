import { z } from 'zod';
import { conditionSchema, eventTypeIdSchema } from '../model/condition.ts';
import { durationMs, durationSchema, type Duration } from '../model/time.ts';
import { goalPort, nodeType } from './node-type.ts';

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

/** Goes on by `met` as soon as the condition holds in `[start, deadline)`, at once if it does already, else by `timed_out`. */
export const waitCondition = nodeType({
  type: 'wait_condition',
  title: 'Wait for a condition',
  kind: 'wait',
  settings: z.strictObject({ when: conditionSchema, timeout: durationSchema }),
  ports: () => ['met', 'timed_out'],
  atOnce: () => ['met'],
  references: (settings) => ({ conditions: [{ path: 'when', condition: settings.when }] }),
  run: (settings, pass) =>
    pass.holds(settings.when)
      ? { kind: 'go', port: 'met', note: 'it held already' }
      : {
          kind: 'wait',
          for: 'condition',
          until: pass.at + durationMs(settings.timeout),
          note: `at most ${inWords(settings.timeout)}`,
        },
  whileWaiting: (settings, pass) => (pass.holds(settings.when) ? { kind: 'go', port: 'met' } : null),
});

/**
 * What the automation is for. When its condition holds, runs that wait in steps that lead here come here at once, each to each
 * goal once. Who comes here otherwise waits for it, or goes on by `missed`.
 */
export const goal = nodeType({
  type: 'goal',
  title: 'Goal',
  kind: 'wait',
  settings: z.strictObject({ when: conditionSchema, ifNotYet: z.enum(['wait', 'go_on']).default('wait') }),
  ports: (settings) => (settings.ifNotYet === 'go_on' ? [goalPort, 'missed'] : [goalPort]),
  atOnce: (settings) => (settings.ifNotYet === 'go_on' ? [goalPort, 'missed'] : [goalPort]),
  references: (settings) => ({ conditions: [{ path: 'when', condition: settings.when }] }),
  run: (settings, pass) => {
    if (pass.holds(settings.when)) return { kind: 'go', port: goalPort };
    return settings.ifNotYet === 'go_on'
      ? { kind: 'go', port: 'missed' }
      : { kind: 'wait', for: 'condition', until: null, note: 'until it is reached' };
  },
  whileWaiting: (settings, pass) => (pass.holds(settings.when) ? { kind: 'go', port: goalPort } : null),
  pulls: (settings, pass) => pass.holds(settings.when),
});
