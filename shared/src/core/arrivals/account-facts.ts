import type { FieldValue, Json, Properties } from '../../model/value.ts';
import { changeField, says } from './contact-changes.ts';
import type { Subject } from '../subject.ts';
import type { Work } from '../work.ts';

/** The arrival by which a contact hears what was said of its account, by a person or a file. */
export const accountFieldsEvent = 'ripen.account_fields';

/** One thing said of an account; null takes a field back. */
export interface AccountFact {
  /** As conditions name it: `account.<name>`. */
  field: string;
  value: FieldValue;
  /** When it was true, ms: of each field the newest word counts, whoever says it. */
  at: number;
  by: string;
  reason: string;
}

/** What a contact is told: all of it, so that replays need no account. */
export const tellingFacts = (account: string, facts: readonly AccountFact[]): Properties => ({
  account,
  facts: facts.map((fact): Json => ({ ...fact })),
});

/** Only what this product wrote gets here: ingest refuses the type. */
const factsOf = ({ facts }: Properties): AccountFact[] =>
  Array.isArray(facts) ? (facts as unknown as AccountFact[]) : [];

const isNews = ({ fields, fieldTimes }: Pick<Subject, 'fields' | 'fieldTimes'>, { field, value, at }: AccountFact) => {
  const known = fieldTimes[field] ?? -Infinity;
  return known < at || (known === at && !says(fields, field, value));
};

/** Which facts of its account a contact has yet to hear: those it knows nothing newer about. */
export const unheardFacts = (
  subject: Pick<Subject, 'fields' | 'fieldTimes'>,
  facts: readonly AccountFact[],
): AccountFact[] => facts.filter((fact) => isNews(subject, fact));

/** Takes over what was said of the contact's account, with all that follows from it. */
export const hearOfAccount = (work: Work): void => {
  for (const fact of factsOf(work.properties)) {
    if (!isNews(work.subject, fact)) continue;
    const { field, value, at } = fact;
    // Said again, it is as new as the last word on it.
    if (!changeField(work, field, value, at)) work.setField(field, value, at);
  }
};
