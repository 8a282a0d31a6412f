import { internalEvents } from '@ripen/shared';
import { insideActsOf, type InsideDecision } from '../store/inside-acts.ts';
import type { Queryable } from '../store/store.ts';
import type { Changes } from './changes.ts';
import { toldBy, wordOf } from './in-flight.ts';
import type { ContactWork, EventRow, Sorted } from './work.ts';

type Decision = InsideDecision & { id: number };

/** What is decided counts for a contact between its last input accepted before the decision, and its first one after. */
interface Crossing {
  work: ContactWork;
  from: number;
}

/**
 * Puts before a contact's inputs what was decided about those inside since it was last stepped: as arrivals at the moment of
 * the decision, recorded like any other. So who enters by what was accepted before a pause is held like those who were
 * quicker, whenever its lane comes to it. What the decision's job tells by itself in this batch is not said twice.
 */
export const tellDecisions = async (db: Queryable, works: Iterable<ContactWork>): Promise<void> => {
  const crossings: Crossing[] = [];
  for (const work of works) {
    const { runs, revision } = work.contact.subject;
    if (runs.length > 0 && revision < work.revision) crossings.push({ work, from: revision });
  }
  if (crossings.length === 0) return;
  const decisions = await insideActsOf(db, {
    automations: [...new Set(crossings.flatMap(({ work }) => work.contact.subject.runs.map((run) => run.automation)))],
    after: Math.min(...crossings.map(({ from }) => from)),
    upTo: Math.max(...crossings.map(({ work }) => work.revision)),
  });
  if (decisions.length === 0) return;
  for (const crossing of crossings) crossing.work.events.unshift(...wordsFor(crossing, decisions));
};

/** Gives contacts that were decided about meanwhile their word in this batch, and what rebuilds or merges them to the next one. */
export const tellDecisionsFirst = async (db: Queryable, sorted: Sorted): Promise<void> => {
  const works = sorted.specials.map(({ contact, row }) => ({
    contact,
    revision: row.revision,
    events: [],
    tick: false,
  }));
  await tellDecisions(db, works);
  for (const work of works) {
    if (work.events.length === 0) continue;
    sorted.works.set(work.contact.id, work);
    const at = sorted.specials.findIndex(({ contact }) => contact === work.contact);
    sorted.returned.push(...sorted.specials.splice(at, 1).map(({ row }) => row));
  }
};

const insideEvents: ReadonlySet<string> = new Set([
  internalEvents.moveRun,
  internalEvents.cancelRun,
  internalEvents.holdRuns,
  internalEvents.releaseRuns,
]);

const wordsFor = ({ work, from }: Crossing, decisions: readonly Decision[]): EventRow[] => {
  const { contact, events, revision } = work;
  const runs = contact.subject.runs.map(({ id, automation, version, held }) => ({
    ...{ id, automation, version, contactId: contact.id },
    held: held !== undefined,
  }));
  // What jobs say here before anything else happens.
  const other = events.findIndex(({ body }) => !insideEvents.has(body.type));
  const first = other < 0 ? events : events.slice(0, other);
  const words: EventRow[] = [];
  for (const decision of decisions) {
    const { act, automation, version, jobId } = decision;
    if (decision.revision <= from || decision.revision > revision) continue;
    const told = jobId !== null && first.some(({ body }) => body.messageId.startsWith(toldBy(act, jobId)));
    const about = runs.filter((run) => run.automation === automation && isMeant(run, decision));
    // Holding and releasing are said once for all that the contact has in the automation.
    const said = act === 'hold' || act === 'release' ? about.slice(0, 1) : about;
    if (!told) for (const run of said) words.push(arrival(work, decision, run));
    for (const run of about) {
      if (act === 'cancel') runs.splice(runs.indexOf(run), 1);
      else if (act === 'move') run.version = version ?? run.version;
      else run.held = act === 'hold';
    }
  }
  return words;
};

const isMeant = ({ version, held }: { version: number; held: boolean }, decision: Decision): boolean => {
  switch (decision.act) {
    case 'move':
    case 'cancel':
      return version !== decision.version;
    case 'hold':
      return !held;
    case 'release':
      return held;
  }
};

const arrival = (
  { contact, events, revision }: ContactWork,
  decision: Decision,
  run: { id: string; contactId: string },
): EventRow => {
  const { type, properties } = wordOf(decision, run);
  const { clock } = contact.subject;
  // Today is not a moment of a history that is being loaded.
  const at = contact.heldBy === null ? decision.at : clock;
  return {
    kind: 'event',
    id: events[0]?.id ?? 0,
    ...{ contactId: contact.id, slot: contact.slot, revision, receivedAt: at, importId: null },
    body: {
      ...{ type, properties, fields: null, backfilled: false },
      messageId: `inside:${decision.id}:${run.id}`,
      occurredAt: Math.max(at, clock),
    },
  };
};

/**
 * Makes contacts due that entered under definitions of before a decision about those inside, so that they learn of it at
 * once: the job that tells the others may have passed already.
 */
export const lookAgainAtLate = async (
  db: Queryable,
  works: ReadonlyMap<string, ContactWork>,
  changes: Changes,
  head: () => Promise<number>,
): Promise<void> => {
  const entered = [...changes.runs.values()].filter(({ change }) => change.started && change.status === 'waiting');
  if (entered.length === 0) return;
  const present = await head();
  const late = entered.flatMap(({ contact, change }) => {
    const { revision } = works.get(contact.id) ?? { revision: present };
    return revision < present ? [{ contact, automation: change.automation, revision }] : [];
  });
  if (late.length === 0) return;
  const decisions = await insideActsOf(db, {
    automations: [...new Set(late.map(({ automation }) => automation))],
    after: Math.min(...late.map(({ revision }) => revision)),
    upTo: present,
  });
  for (const { contact, automation, revision } of late)
    if (decisions.some((decision) => decision.automation === automation && decision.revision > revision))
      changes.again.add(contact.id);
};
