import { Alert, Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { MappingError, type ReadRow } from '@ripen/shared/import';
import { sentenceOf } from '../../../api/client.ts';
import { ErrorState, LoadingRows } from '../../../ui/states.tsx';
import { number } from '../../../ui/words.ts';
import { catalogueQuery } from '../../../api/catalogue.ts';
import { usualFieldsOf } from '../../../fields/index.ts';
import { ColumnRow } from './column-row.tsx';
import { formatsOf, guessPlan, type Sample } from './guess.ts';
import styles from './import.module.css';
import {
  isOfEvents,
  isUsable,
  mappingOf,
  missingIn,
  withMeaning,
  withRows,
  type ColumnPlan,
  type Meaning,
  type Plan,
} from './plan.ts';
import { Preview } from './preview.tsx';
import { ReadingOptions } from './reading-options.tsx';
import { previewOf, sampleOf, type Reading } from './read-file.ts';

const previewRows = 20;

/** What values of rows are. */
const valueWords: Record<Plan['rows'], string> = {
  contacts: 'Field',
  events: 'Property',
  both: 'Field or property',
  accounts: 'Field of the account',
};

interface MapColumnsProps {
  file: File;
  /** What the rows are taken for at first. */
  of: 'contacts' | 'accounts';
  onBack: () => void;
  onStart: (reading: Reading) => void;
}

/** What the columns of a CSV file mean: guessed, shown with what comes of it, to be corrected. */
export function MapColumns(given: MapColumnsProps) {
  const { file } = given;
  const sample = useQuery({
    queryKey: ['file', file.name, file.size, file.lastModified, 'sample'],
    queryFn: () => sampleOf(file),
    staleTime: Infinity,
    retry: false,
  });
  if (sample.isError) return <ErrorState error={sample.error} onRetry={() => void sample.refetch()} />;
  const catalogue = useQuery(catalogueQuery);
  if (!sample.data || catalogue.isPending) return <LoadingRows rows={6} />;
  if (sample.data.rows.length === 0) {
    return (
      <>
        <Alert color="tomato" role="alert">
          {file.name} has no row below its header that could be read. The first line must name the columns.
        </Alert>
        <Group mt="md">
          <Button variant="default" onClick={given.onBack}>
            Another file
          </Button>
        </Group>
      </>
    );
  }
  const known = catalogue.data?.fields.filter(({ deleted }) => !deleted).map(({ path }) => path) ?? [];
  return <Mapper {...given} sample={sample.data} known={known} />;
}

/** The fields that a column may be read into, those that are there before those that most workspaces have. */
const fieldsFor = (known: readonly string[], rows: Plan['rows']): string[] => {
  if (rows === 'events') return [];
  const ofAccounts = known.filter((path) => path.startsWith('account.')).map((path) => path.replace('account.', ''));
  return rows === 'accounts'
    ? [...new Set([...ofAccounts, ...usualFieldsOf.accounts])]
    : [...new Set([...known, ...usualFieldsOf.contacts])];
};

function Mapper(given: MapColumnsProps & { sample: Sample; known: readonly string[] }) {
  const { file, sample, known } = given;
  const [now] = useState(Date.now);
  const guess = (of: 'contacts' | 'accounts'): Plan => guessPlan(sample, file.name, of, fieldsFor(known, of));
  const [plan, setPlan] = useState<Plan>(() => guess(given.of));
  const missing = missingIn(plan);
  const fields = fieldsFor(known, plan.rows);
  const reading = useMemo(
    (): Reading => ({ kind: 'csv', mapping: mappingOf(plan, file.name, now) }),
    [plan, file, now],
  );
  const preview = usePreview(file, reading, now);
  const change = (part: Partial<Plan>): void => setPlan((before) => ({ ...before, ...part }));
  const changeColumn = (column: string, part: Partial<ColumnPlan>): void =>
    setPlan((before) => {
      const columns = before.columns.map((each) => (each.column === column ? { ...each, ...part } : each));
      const after = { ...before, columns };
      return part.kind === undefined ? after : dated(after, sample);
    });
  const mean = (column: string, meaning: Meaning): void =>
    setPlan((before) => dated(withMeaning(before, column, meaning), sample));
  /** Accounts are called by other columns than contacts are, so that is guessed anew. */
  const takeFor = (rows: Plan['rows']): void =>
    setPlan((before) => {
      if (rows === 'accounts') return guess('accounts');
      return withRows(before.rows === 'accounts' ? guess('contacts') : before, rows);
    });
  const eventColumn = plan.columns.find(({ meaning }) => meaning === 'event');
  const timeColumn = plan.columns.findIndex(({ meaning }) => meaning === 'time');

  return (
    <>
      <div className={styles.mapper}>
        <div>
          <div className={styles.sentence}>
            <span>Each row of {file.name} is</span>
            <SegmentedControl
              size="xs"
              aria-label="Each row is"
              value={plan.rows}
              onChange={(rows) => takeFor(rows)}
              data={[
                { value: 'contacts', label: 'a contact' },
                { value: 'events', label: 'an event' },
                { value: 'both', label: 'both' },
                { value: 'accounts', label: 'an account' },
              ]}
            />
            {isOfEvents(plan.rows) && !eventColumn && (
              <TextInput
                size="xs"
                aria-label="Name of the events"
                label={null}
                leftSection={<span className={styles.small}>called</span>}
                leftSectionWidth={52}
                value={plan.eventName}
                onChange={(event) => change({ eventName: event.currentTarget.value })}
              />
            )}
            {isOfEvents(plan.rows) && eventColumn && (
              <span>
                {plan.rows === 'both' ? 'the event ' : ''}called what its column {eventColumn.column} says
              </span>
            )}
          </div>
          <table className={styles.columns}>
            <thead>
              <tr>
                <th scope="col">Column</th>
                <th scope="col">Means</th>
                <th scope="col">{valueWords[plan.rows]}</th>
              </tr>
            </thead>
            <tbody>
              {plan.columns.map((column, index) => (
                <ColumnRow
                  key={`${column.column} ${index}`}
                  plan={column}
                  rows={plan.rows}
                  fields={fields}
                  usable={isUsable(column.column, sample.header)}
                  examples={sample.rows.slice(0, 3).map((row) => row[index] ?? '')}
                  onMeaning={(meaning) => mean(column.column, meaning)}
                  onChange={(part) => changeColumn(column.column, part)}
                />
              ))}
            </tbody>
          </table>
          <ReadingOptions plan={plan} onChange={change} />
          {plan.rows === 'accounts' && (
            <p className={styles.small}>
              Each contact of an account hears what is said of it, those who come later too. An account is called by its
              id where contacts name it by one (account.id, or the id of a group call), else by its name.
            </p>
          )}
          {timeColumn < 0 && plan.rows !== 'events' && (
            <p className={styles.small}>
              No column says when: {plan.rows === 'both' ? 'fields and events' : 'fields'} count from now on.
            </p>
          )}
        </div>
        <div>
          {missing.length > 0 ? (
            <Alert color="amber" role="status" title="Something is to be said still">
              {missing.map((sentence) => (
                <p key={sentence} style={{ margin: 0 }}>
                  {sentence}
                </p>
              ))}
            </Alert>
          ) : preview instanceof Error ? (
            <Alert color="tomato" role="alert">
              {sentenceOf(preview)}
            </Alert>
          ) : (
            <Preview rows={preview} />
          )}
        </div>
      </div>
      <Group justify="space-between" mt="md" className={styles.foot}>
        <Button variant="default" onClick={given.onBack}>
          Another file
        </Button>
        <Group gap="sm">
          <span className={styles.small}>{number(Math.ceil(file.size / 1024))} KB</span>
          <Button
            disabled={missing.length > 0 || preview instanceof Error || !preview.some(({ outcome }) => outcome.ok)}
            onClick={() => given.onStart(reading)}
          >
            Start the import
          </Button>
        </Group>
      </Group>
    </>
  );
}

/** Another column with dates brings its own format along; what people chose stays as long as the columns do. */
const dated = (plan: Plan, sample: Sample): Plan => ({ ...plan, dateFormats: formatsOf(sample, plan.columns) });

/** What the first rows become; an error when the mapping does not fit the file. The last preview stays until the next is there. */
const usePreview = (file: File, reading: Reading, now: number): ReadRow[] | Error => {
  const query = useQuery({
    queryKey: ['file', file.name, file.size, file.lastModified, 'preview', reading],
    queryFn: async (): Promise<ReadRow[] | Error> => {
      try {
        return await previewOf(file, reading, previewRows, now);
      } catch (error) {
        if (error instanceof MappingError) return error;
        throw error;
      }
    },
    placeholderData: (before) => before,
    retry: false,
  });
  return query.isError ? query.error : (query.data ?? []);
};
