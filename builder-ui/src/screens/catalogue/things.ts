import type { Catalogue } from '@ripen/shared';
import { pathWords } from '../../fields/names.ts';

export const tabs = ['fields', 'events', 'labels'] as const;
export type Tab = (typeof tabs)[number];

/** Of what things are shown: nobody described it yet, nothing names it, it stays away, it was deleted. */
export const shows = ['new', 'unused', 'silent', 'deleted'] as const;
export type Show = (typeof shows)[number];

/** Something of the catalogue as its row shows it. */
export interface Thing {
  id: string;
  name: string;
  description: string | null;
  /** What it holds or is, in words. */
  holds: string;
  /** Nobody has said anything about it: it arrived, or a rule names it. Labels have nothing to be said. */
  isNew: boolean;
  deleted: boolean;
  /** Programs that look at mail are told from people. */
  scanners: boolean;
  uses: number;
  lastSeenAt: string | null;
}

export const kindWords: Readonly<Record<Catalogue['fields'][number]['kind'], string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  date: 'Date',
  list: 'List',
  unknown: 'Not known yet',
};

export const thingsOf = (catalogue: Catalogue, tab: Tab): Thing[] => {
  switch (tab) {
    case 'fields':
      return catalogue.fields.map((field) => ({
        id: field.path,
        name: field.name ?? pathWords(field.path),
        description: field.description,
        holds: kindWords[field.kind],
        isNew: field.name === null,
        deleted: field.deleted,
        scanners: false,
        uses: field.uses,
        lastSeenAt: field.lastSeenAt,
      }));
    case 'events':
      return catalogue.eventTypes.map((type) => ({
        id: type.id,
        name: type.name,
        description: type.description,
        holds: type.activity ? 'Done by contacts' : 'Done to contacts',
        isNew: !type.declared,
        deleted: false,
        scanners: type.scanners,
        uses: type.uses,
        lastSeenAt: type.lastSeenAt,
      }));
    case 'labels':
      return catalogue.labels.map(({ label, uses, lastSeenAt }) => ({
        ...{ id: label, name: label, description: null, holds: 'Label', isNew: false, deleted: false, scanners: false },
        ...{ uses, lastSeenAt },
      }));
  }
};

const silentAfterMs = 90 * 86_400_000;

const isShown = (thing: Thing, show: Show | null, now: number): boolean => {
  switch (show) {
    case null:
      return true;
    case 'new':
      return thing.isNew && thing.lastSeenAt !== null;
    case 'unused':
      return thing.uses === 0 && !thing.deleted;
    case 'silent':
      return thing.lastSeenAt === null || Date.parse(thing.lastSeenAt) < now - silentAfterMs;
    case 'deleted':
      return thing.deleted;
  }
};

/** Those that are asked for, by name; what was deleted comes last. Words are looked for in names, ids and descriptions. */
export const found = (
  things: readonly Thing[],
  { q, show, now }: { q: string; show: Show | null; now: number },
): Thing[] => {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return things
    .filter((thing) => {
      const text = `${thing.name} ${thing.id} ${thing.description ?? ''}`.toLowerCase();
      return isShown(thing, show, now) && words.every((word) => text.includes(word));
    })
    .sort((a, b) => Number(a.deleted) - Number(b.deleted) || a.name.localeCompare(b.name));
};
