import { scoreAt, type FieldValue, type Program, type Subject } from '@ripen/shared';
import { noHeat, writeCards, writeHeats, type Card, type Heat } from '../store/cards.ts';
import type { ContactRow } from '../store/contacts.ts';
import type { Queryable } from '../store/store.ts';
import { labelWord, wordsOf } from '../store/words.ts';
import { noteAccounts } from './accounts.ts';
import type { Changes } from './changes.ts';

const longestName = 300;

const textOf = (value: FieldValue | undefined): string | null => {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text.slice(0, longestName);
};

const firstText = (fields: Subject['fields'], ...names: readonly string[]): string | null => {
  for (const name of names) {
    const text = textOf(fields[name]);
    if (text !== null) return text;
  }
  return null;
};

/** For contacts of whom nothing is known. */
export const anonymousName = (id: string): string => `Anonymous ${id.slice(0, 8)}`;

/** What there is to know of a contact that it is called by. */
type Known = Pick<ContactRow, 'id' | 'email' | 'userId' | 'subject'>;

/** What to call a contact. */
const nameOf = ({ id, subject: { fields }, email, userId }: Known): string => {
  const first = firstText(fields, 'firstName', 'first_name', 'firstname');
  const last = firstText(fields, 'lastName', 'last_name', 'lastname');
  const both = [first, last].filter((part) => part !== null).join(' ');
  return both || firstText(fields, 'name') || email || userId || anonymousName(id);
};

/** What a card is made of. */
interface Shown {
  name: string;
  email: string | null;
  company: string | null;
  userId: string | null;
  stage: string;
  labels: readonly string[];
}

export const shownOf = (contact: Known): Shown => ({
  name: nameOf(contact),
  email: contact.email,
  company: firstText(contact.subject.fields, 'company', 'company.name', 'companyName', 'account.name'),
  userId: contact.userId,
  stage: contact.subject.stage ?? '',
  labels: contact.subject.labels,
});

/** FNV-1a over 32 bits: whether a card would still say what it said. */
const checksumOf = ({ name, email, company, userId, stage, labels }: Shown): number => {
  let hash = 0x811c9dc5;
  for (const text of [name, email, company, userId, stage, ...labels]) {
    const letters = text ?? '\u0000';
    for (let index = 0; index < letters.length; index++) hash = Math.imul(hash ^ letters.charCodeAt(index), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return hash | 0;
};

const cardOf = (contactId: string, { name, email, company, userId, stage, labels }: Shown): Card => ({
  contactId,
  name,
  email,
  company,
  stage,
  words: [...new Set([...wordsOf(name, email, company, userId), ...labels.map(labelWord)])],
});

const most = 32_000;

/** Whole points of the model that drives the lifecycle (else of the first), at a moment not before the subject's clock. */
export const heatOf = (program: Program, subject: Subject, at: number): number => {
  const model = program.lifecycle?.model ?? program.models[0]?.id;
  if (model === undefined) return noHeat;
  const { score, shown } = scoreAt(program, subject, model, at);
  return shown ? Math.max(-most, Math.min(most, Math.floor(score))) : noHeat;
};

/**
 * Whether a contact's place by score may have changed. The one written down is an upper bound of what the score has faded
 * to, so it stays one as long as the score at this moment is what it would have been without the change.
 */
const heatMoved = (program: Program, before: Subject, after: Subject): boolean =>
  before.revision !== after.revision ||
  before.stage !== after.stage ||
  heatOf(program, before, after.clock) !== heatOf(program, after, after.clock);

/** The cards whose contacts changed in what they show. Notes their checksums with the contacts, to be written with the states. */
export const takeCards = (contacts: Iterable<ContactRow>): Card[] => {
  const changed: Card[] = [];
  for (const contact of contacts) {
    if (contact.absorbed) continue;
    const shown = shownOf(contact);
    const checksum = checksumOf(shown);
    if (checksum === contact.card) continue;
    contact.card = checksum;
    changed.push(cardOf(contact.id, shown));
  }
  return changed;
};

/** Brings the lists up to what a batch did. `places`: those by score that are known to be written down, by contact. */
export const writeListed = async (
  tx: Queryable,
  cards: readonly Card[],
  changes: Changes,
  places?: ReadonlyMap<string, Pick<Heat, 'stage' | 'heat'> | null | undefined>,
): Promise<void> => {
  await writeCards(tx, cards);
  await noteAccounts(tx, changes);
  const heats: Heat[] = [];
  for (const { contact, before, program } of changes.stepped.values()) {
    const { id, subject } = contact;
    if (contact.absorbed || !heatMoved(program, before, subject)) continue;
    const heat: Heat = { contactId: id, stage: subject.stage ?? '', heat: heatOf(program, subject, subject.clock) };
    const place = places?.get(id);
    if (place?.stage !== heat.stage || place.heat !== heat.heat) heats.push(heat);
  }
  heats.sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
  await writeHeats(tx, heats);
};
