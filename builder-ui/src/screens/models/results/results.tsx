import { MultiSelect, Select } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { BandResults, Catalogue, ScoreModel } from '@ripen/shared';
import { catalogueQuery } from '../../../api/catalogue.ts';
import { resultsQuery, type ResultAsked } from '../../../api/insight.ts';
import { useNames } from '../../../fields/index.ts';
import { pathWords } from '../../../fields/names.ts';
import { EmptyState, LoadingRows, QueryView } from '../../../ui/states.tsx';
import { count, number } from '../../../ui/words.ts';
import { BandTable } from './band-table.tsx';
import { askedOf, firstResult, verdictOf } from './result-choice.ts';
import styles from './results.module.css';

const route = getRouteApi('/inside/models/$id');

const leads = [
  { value: 'lead:accepted', label: 'Lead accepted by sales' },
  { value: 'lead:won', label: 'Lead won' },
  { value: 'lead:lost', label: 'Lead lost' },
  { value: 'lead:rejected', label: 'Lead rejected by sales' },
];

/** The bands of the version in force against what became of the contacts in them. */
export function Results({ model, published }: { model: ScoreModel; published: boolean }) {
  const catalogue = useQuery(catalogueQuery);
  if (!published)
    return (
      <EmptyState
        icon={<IconScale size={32} stroke={1.5} aria-hidden="true" />}
        title="Nothing to hold against results yet"
      >
        Contacts have this score after the model is published for the first time. Then this page shows how many of each
        band became customers.
      </EmptyState>
    );
  return (
    <QueryView query={catalogue} loading={<LoadingRows rows={6} />}>
      {(known) => <Chosen model={model} catalogue={known} />}
    </QueryView>
  );
}

function Chosen({ model, catalogue }: { model: ScoreModel; catalogue: Catalogue }) {
  const { result: given, is } = route.useSearch();
  const navigate = useNavigate();
  const { stages } = useNames();
  const choose = (next: { result: string; is?: string }): void =>
    void navigate({
      to: '/models/$id',
      params: { id: model.id },
      search: (before) => ({ ...before, tab: 'results', is: '', ...next }),
      replace: true,
    });
  const first = firstResult(catalogue);
  const said = given ? askedOf(given, is) : null;
  const [result, asked] = given && said ? [given, said] : [first, askedOf(first, is) ?? {}];
  const groups = [
    {
      group: 'A field says it',
      items: catalogue.fields
        .filter(({ path, lastSeenAt }) => lastSeenAt !== null || asked.field === path)
        .map(({ path }) => ({ value: `field:${path}`, label: pathWords(path) })),
    },
    { group: 'What came of the lead', items: leads },
    { group: 'Is in the stage', items: stages.map(({ id, name }) => ({ value: `stage:${id}`, label: name })) },
  ].filter(({ items }) => items.length > 0);
  return (
    <section className={styles.results} aria-label="Bands against results">
      <p className={styles.lead}>How many contacts of each band became what you want them to become.</p>
      <div className={styles.choice}>
        <Select
          label="The result"
          data={groups}
          value={result}
          allowDeselect={false}
          searchable
          maxDropdownHeight={320}
          onChange={(next) => next !== null && choose({ result: next })}
        />
        {asked.field !== undefined && (
          <Yes model={model.id} asked={asked} onChange={(values) => choose({ result, is: values.join(';') })} />
        )}
      </div>
      <Figures model={model.id} asked={asked} />
    </section>
  );
}

/** Which values of the field mean that it came about. */
function Yes(given: { model: string; asked: ResultAsked; onChange: (values: string[]) => void }) {
  const values = useQuery(resultsQuery(given.model, given.asked)).data?.values ?? [];
  const counts = new Map(values.map(({ value, count: found }) => [value, found]));
  const yes = values.filter(({ isYes }) => isYes).map(({ value }) => value);
  return (
    <MultiSelect
      label="It came about where the field is"
      // Semicolons separate values in the address.
      data={values.map(({ value }) => value).filter((value) => !value.includes(';'))}
      value={yes}
      searchable
      placeholder={yes.length === 0 ? 'Choose values' : ''}
      renderOption={({ option }) => (
        <span className={styles.option}>
          <span>{option.value}</span> <span>{number(counts.get(option.value) ?? 0)}</span>
        </span>
      )}
      onChange={given.onChange}
    />
  );
}

function Figures({ model, asked }: { model: string; asked: ResultAsked }) {
  const query = useQuery(resultsQuery(model, asked));
  return (
    <QueryView query={query} loading={<LoadingRows rows={6} />}>
      {(results) => <Shown results={results} field={asked.field} />}
    </QueryView>
  );
}

function Shown({ results, field }: { results: BandResults; field: string | undefined }) {
  const { total, notShown, sampled, sampleSize } = results;
  if (total.contacts + total.unknown === 0)
    return (
      <p className={styles.note}>
        {notShown > 0
          ? 'No contact is in the audience of this model.'
          : 'There are no contacts yet: import some, or send events.'}
      </p>
    );
  const verdict =
    field !== undefined && total.contacts === 0
      ? `No contact in the audience has a value in ${pathWords(field)}.`
      : field !== undefined && !results.values.some(({ isYes }) => isYes)
        ? 'None of the values means yes so far: choose those that do.'
        : verdictOf(results);
  const notes = [
    ...(total.unknown > 0 && field !== undefined
      ? [`${count(total.unknown, 'contact')} without a value in ${pathWords(field)} left out.`]
      : []),
    ...(notShown > 0 ? [`${count(notShown, 'contact')} outside the audience.`] : []),
    ...(sampled ? [`Estimated from ${number(sampleSize)} contacts at random.`] : []),
  ];
  return (
    <>
      {verdict !== null && (
        <p className={styles.verdict} role="status">
          {verdict}
        </p>
      )}
      <BandTable results={results} />
      {notes.length > 0 && <p className={styles.note}>{notes.join(' ')}</p>}
    </>
  );
}
