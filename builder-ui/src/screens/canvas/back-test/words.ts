import type { BackTest, BackTestContactView, BackTestSide, DifferenceReason } from '@ripen/shared';
import { nameIn, type Names } from '../../../fields/names.ts';
import { count, humanise, number } from '../../../ui/words.ts';

/** Stretches of history that can be chosen, in days. */
export const stretches = [7, 30, 90, 180, 365] as const;

/** What differs, as said of so many people. */
export const reasonWords: Readonly<Record<DifferenceReason, string>> = {
  entered_only_live: 'enter only with the live version',
  entered_only_draft: 'enter only with the draft',
  other_way: 'go another way',
  points: 'have other points',
  stage: 'have other stages',
  handoff: 'go to sales otherwise',
  messages: 'set off other messages',
  data: 'have other fields or labels',
};

/** A line of the comparison: the same of both sides. */
interface Line {
  what: string;
  live: number;
  draft: number;
  /** What sales said of them, where it said something. */
  outcome: { live: string | null; draft: string | null } | null;
}

const outcomeOf = ({ won, lost }: BackTestSide['stages'][number]): string | null =>
  won + lost === 0 ? null : `${number(won)} won, ${number(lost)} lost`;

const union = <T>(lists: readonly (readonly T[])[]): T[] => [...new Set(lists.flat())];

/** The comparison, most telling first. */
export const linesOf = ({ live, draft }: BackTest, names: Names): Line[] => {
  const of = (what: string, pick: (side: BackTestSide) => number): Line => ({
    what,
    live: pick(live),
    draft: pick(draft),
    outcome: null,
  });
  const models = union([live.points, draft.points].map((each) => each.map(({ model }) => model)));
  const met = union([live.stages, draft.stages].map((each) => each.map(({ stage }) => stage)));
  const stages = names.stages.map(({ id }) => id).filter((id) => met.includes(id));
  const at = (side: BackTestSide, stage: string) =>
    side.stages.find((each) => each.stage === stage) ?? { stage, contacts: 0, won: 0, lost: 0 };
  return [
    of('Contacts who entered', ({ entered }) => entered),
    of('Times entered', ({ runs }) => runs),
    ...models.map((model) =>
      of(
        `Points it gave, ${nameIn(names.models, model)}`,
        ({ points }) => points.find((each) => each.model === model)?.points ?? 0,
      ),
    ),
    ...stages.map((stage): Line => {
      const [one, other] = [at(live, stage), at(draft, stage)];
      const outcome = { live: outcomeOf(one), draft: outcomeOf(other) };
      return {
        what: `Became ${nameIn(names.stages, stage)}`,
        live: one.contacts,
        draft: other.contacts,
        outcome: (outcome.live ?? outcome.draft) ? outcome : null,
      };
    }),
    of('Handed to sales', ({ handoffs }) => handoffs),
    of('Messages', ({ messages }) => messages),
  ];
};

/** Who was played, in a sentence. */
export const playedWords = ({ looked, of, arrivals }: BackTest): string =>
  `${looked < of ? `${number(looked)} of ${count(of, 'contact')}` : `All ${count(of, 'contact')}`}, ${count(arrivals, 'arrival')}.`;

/** Why a contact goes another way, in a sentence. */
export const partingWords = (
  { parts, live, draft }: BackTestContactView,
  titleOf: (node: string) => string,
): string => {
  if (!parts) {
    const note = draft.notes[0] ?? live.notes[0];
    return note ? `The way is the same; ${note.note}.` : 'The way is the same: what it leads to is not.';
  }
  if (parts.what === 'entered')
    return parts.live === null
      ? 'The draft lets them in; the live version does not.'
      : 'Only the live version lets them in.';
  const at = parts.node === null ? '' : ` at “${titleOf(parts.node)}”`;
  const way = (said: string | null): string =>
    said === null ? 'stops before it' : said.split(' · ').slice(1).join(', ') || 'waits there';
  return `They part${at}: live ${way(parts.live)}; draft ${way(parts.draft)}.`;
};

/** The cause of an entry, as people know it. */
export const causeWords = (
  cause: string,
  names: Names,
  titleOf: (node: string) => string,
  automation: string,
): string => {
  const own = `node:${automation}/`;
  if (cause.startsWith(own)) return titleOf(cause.slice(own.length));
  if (cause.startsWith('node:')) return nameIn(names.automations, cause.slice('node:'.length).split('/')[0] ?? '');
  if (cause.startsWith('rule:')) return humanise(cause.slice('rule:'.length));
  if (cause.startsWith('person:')) return cause.slice('person:'.length);
  return cause === 'decay' ? 'Decay' : cause === 'reset' ? 'Reset' : cause;
};
