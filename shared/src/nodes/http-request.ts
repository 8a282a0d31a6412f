import { z } from 'zod';
import { idSchema, pathSchema, readPath, type FieldValue, type Json } from '../model/value.ts';
import { nodeType } from './node-type.ts';

/** Text of an answer that a field keeps. */
const longestText = 10_000;
const longestMember = 1_000;
const mostMembers = 200;

/** What a field can hold of an answer: nested parts as their JSON. Undefined: nothing. */
const fieldOf = (value: Json | undefined): FieldValue | undefined => {
  if (value === undefined || typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'string') return value.slice(0, longestText);
  if (!Array.isArray(value)) return JSON.stringify(value).slice(0, longestText);
  return value
    .slice(0, mostMembers)
    .map((member) => (typeof member === 'string' ? member : JSON.stringify(member)).slice(0, longestMember));
};

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Asks a system by a signed request, tried again until it answers or is given up. The answer is a recorded event, so replays
 * use it. In history that is loaded nothing is asked: runs go on by the first output.
 */
export const httpRequest = nodeType({
  type: 'http_request',
  title: 'HTTP request',
  kind: 'answering',
  settings: z.strictObject({
    /** A webhook: its address, its secret. */
    channel: idSchema,
    /** `{{email}}`, `{{score:<model>}}`, `{{stage}}` and any field are filled in. */
    body: z.string().max(20_000).default(''),
    /** Parts of a JSON answer that become fields of the contact. */
    save: z
      .array(z.strictObject({ from: pathSchema, field: pathSchema }))
      .max(20)
      .default([]),
  }),
  ports: () => ['response', 'failed'],
  references: (settings) => ({ channels: [settings.channel], webhooks: [settings.channel] }),
  writes: ({ save }) => save.map(({ field }) => field),
  run: (settings, pass) => ({
    kind: 'answer',
    ask: pass.request(settings.channel, pass.render(settings.body)),
    note: pass.held ? `held: ${pass.held}` : undefined,
  }),
  answered: (settings, pass, detail) => {
    const body = isObject(detail) ? detail['body'] : undefined;
    if (!isObject(body)) return;
    for (const { from, field } of settings.save) {
      const value = fieldOf(readPath(body, from));
      if (value !== undefined) pass.setField(field, value);
    }
  },
});
