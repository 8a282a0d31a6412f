import { scoreAt, type ImpactSide, type Program, type Subject } from '@ripen/shared';
import { shownOf } from './cards.ts';
import type { Future } from './impact-futures.ts';

const mostExamples = 10;

export const noContacts = (): ImpactSide => ({ contacts: 0, models: [], moves: [], bands: [], examples: [] });

/** Counts in what differs for a contact between the program in force and what it becomes under the next one. */
export const tallyContact = (
  into: ImpactSide,
  { contact, moment }: Future,
  programs: { live: Program; next: Program },
  after: Subject,
): void => {
  const { live, next } = programs;
  const { subject, id } = contact;
  let changed = subject.stage !== after.stage;
  if (changed) moved(into, subject.stage, after.stage);
  let most: ImpactSide['examples'][number] | null = null;
  for (const { id: model } of next.models) {
    const from = live.model.has(model) ? shownScore(live, subject, model, moment) : 0;
    const then = scoreAt(next, after, model, Math.max(moment, after.clock));
    if (then.shown) banded(into, model, then.band?.id ?? null);
    const to = then.shown ? shown(then.score) : 0;
    if (from === to) continue;
    changed = true;
    const of = modelOf(into, model);
    if (to > from) of.up++;
    else of.down++;
    of.change = shown(of.change + to - from);
    const example = {
      contact: { id, name: shownOf(contact).name },
      model,
      from,
      to,
      stageFrom: subject.stage,
      stageTo: after.stage,
    };
    if (most === null || weightOf(example) > weightOf(most)) most = example;
  }
  if (changed) into.contacts++;
  if (most) keep(into.examples, most);
};

/** Tenths of points are what people see: less is no change. */
const shown = (points: number): number => Math.round(points * 10) / 10;

const banded = ({ bands }: ImpactSide, model: string, band: string | null): void => {
  const known = bands.find((each) => each.model === model && each.band === band);
  if (known) known.contacts++;
  else bands.push({ model, band, contacts: 1 });
};

/** Outside its audience a score is not shown: as good as none. */
const shownScore = (program: Program, subject: Subject, model: string, at: number): number => {
  const now = scoreAt(program, subject, model, at);
  return now.shown ? shown(now.score) : 0;
};

const moved = ({ moves }: ImpactSide, from: string | null, to: string | null): void => {
  const known = moves.find((move) => move.from === from && move.to === to);
  if (known) known.contacts++;
  else moves.push({ from, to, contacts: 1 });
};

const modelOf = ({ models }: ImpactSide, model: string): ImpactSide['models'][number] => {
  const known = models.find((each) => each.model === model);
  if (known) return known;
  const made = { model, up: 0, down: 0, change: 0 };
  models.push(made);
  return made;
};

/** Another stage weighs more than any number of points. */
const weightOf = ({ from, to, stageFrom, stageTo }: ImpactSide['examples'][number]): number =>
  Math.abs(to - from) + (stageFrom === stageTo ? 0 : 1e9);

const keep = (examples: ImpactSide['examples'], example: ImpactSide['examples'][number]): void => {
  examples.push(example);
  examples.sort((a, b) => weightOf(b) - weightOf(a));
  if (examples.length > mostExamples) examples.pop();
};
