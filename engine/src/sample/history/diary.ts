import type { Properties } from '@ripen/shared';
import { type Dice } from '../dice.ts';
import type { Person } from '../people/person.ts';
import { pages } from './content.ts';
import type { Happening } from './happening.ts';
import { workingMoment } from './moment.ts';

const minuteMs = 60_000;

/** The months of a history: from when to when. */
export interface Span {
  from: number;
  to: number;
}

/** What one contact does is written down here, in any order. */
export class Diary {
  readonly dice: Dice;
  readonly person: Person;
  /** When the contact appears, and when the last thing may happen. */
  readonly span: Span;
  readonly happenings: Happening[] = [];
  /** From then on it is known who this is. */
  knownFrom = -Infinity;

  constructor(dice: Dice, person: Person, span: Span) {
    this.dice = dice;
    this.person = person;
    this.span = span;
  }

  /** A moment of the contact's working days. */
  moment({ from, to } = this.span): number {
    return workingMoment(this.dice, from, Math.max(from + minuteMs, to), this.person.company.utcOffsetHours);
  }

  /** Writes one thing down, unless it would be later than the history ends. */
  add(at: number, what: Happening['what'], as?: Happening['as']): void {
    if (at >= this.span.to) return;
    this.happenings.push({ at, person: this.person, number: this.happenings.length, as: as ?? this.#as(at), what });
  }

  track(at: number, event: string, properties: Properties = {}): void {
    this.add(at, { kind: 'track', event, properties });
  }

  /** Says who this is. */
  identify(at: number, as?: Happening['as']): void {
    this.knownFrom = Math.min(this.knownFrom === -Infinity ? Infinity : this.knownFrom, at);
    this.add(at, { kind: 'identify' }, as);
  }

  /** Looks at some pages, one after the other; returns when it is over. */
  visit(at: number, most: number, last?: string): number {
    let when = at;
    for (let left = this.dice.whole(1, most); left > 0; left--) {
      this.add(when, { kind: 'page', path: this.dice.weighted(pages) });
      when += Math.ceil(this.dice.between(0.2, 4) * minuteMs);
    }
    if (last !== undefined) this.add(when, { kind: 'page', path: last });
    return when + minuteMs;
  }

  #as(at: number): Happening['as'] {
    return this.person.anonymousFirst && (this.person.staysAnonymous || at < this.knownFrom) ? 'browser' : 'known';
  }
}
