import { z } from 'zod';
import { idSchema } from '../model/value.ts';
import { next, nodeType } from './node-type.ts';

export const goTo = nodeType({
  type: 'go_to',
  title: 'Go to',
  kind: 'instant',
  settings: z.strictObject({ node: idSchema }),
  ports: () => [],
  references: (settings) => ({ nodes: [settings.node] }),
  run: (settings) => ({ kind: 'jump', to: settings.node }),
});

/** What it starts queues behind what is going on. */
export const startAutomation = nodeType({
  type: 'start_automation',
  title: 'Start another automation',
  kind: 'instant',
  settings: z.strictObject({ automation: idSchema }),
  ports: () => ['next'],
  references: (settings) => ({ automations: [settings.automation] }),
  run: (settings, pass) => next(pass.startAutomation(settings.automation)),
});

export const end = nodeType({
  type: 'end',
  title: 'End',
  kind: 'end',
  settings: z.strictObject({}),
  ports: () => [],
  references: () => ({}),
  run: () => ({ kind: 'end' }),
});
