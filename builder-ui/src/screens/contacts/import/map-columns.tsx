import { Alert, Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { MappingError, type ReadRow } from '@ripen/shared/import';
import { sentenceOf } from '../../../api/client.ts';
import { ErrorState, LoadingRows } from '../../../ui/states.tsx';
import { number } from '../../../ui/words.ts';
import { ColumnRow } from './column-row.tsx';
import { dateFormats, findDateFormat } from './date-formats.ts';
import { guessPlan, type Sample } from './guess.ts';
import styles from './import.module.css';
import { isUsable, mappingOf, missingIn, withMeaning, type ColumnPlan, type Meaning, type Plan } from './plan.ts';
import { Preview } from './preview.tsx';
import { previewOf, sampleOf, type Reading } from './read-file.ts';

const previewRows = 20;

/** What the columns of a CSV file mean: guessed, shown with what comes of it, to be corrected. */
export function MapColumns(given: { file: File; onBack: () => void; onStart: (reading: Reading) => void }) {
  const { file } = given;
  const sample = useQuery({
    queryKey: ['file', file.name, file.size, file.lastModified, 'sample'],
    queryFn: () => sampleOf(file),
    staleTime: Infinity,
    retry: false,
  });
  if (sample.isError) return <ErrorState error={sample.error} onRetry={() => void sample.refetch()} />;
  if (!sample.data) return <LoadingRows rows={6} />;
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
  return <Mapper {...given} sample={sample.data} />;
}

function Mapper(given: { file: File; sample: Sample; onBack: () => void; onStart: (reading: Reading) => void }) {
  const { file, sample } = given;
  const [now] = useState(Date.now);
  const [plan, setPlan] = useState<Plan>(() => guessPlan(sample, file.name));
  const missing = missingIn(plan);
  const reading = useMemo(
    (): Reading => ({ kind: 'csv', mapping: mappingOf(plan, file.name, now) }),
    [plan, file, now],
  );
  const preview = usePreview(file, reading, now);
  const change = (part: Partial<Plan>): void => setPlan((before) => ({ ...before, ...part }));
  const changeColumn = (column: string, part: Partial<ColumnPlan>): void =>
    change({ columns: plan.columns.map((each) => (each.column === column ? { ...each, ...part } : each)) });
  const mean = (column: string, meaning: Meaning): void =>
    setPlan((before) => dated(withMeaning(before, column, meaning), sample));
  const eventColumn = plan.columns.find(({ meaning }) => meaning === 'event');
  const timeColumn = plan.columns.findIndex(({ meaning }) => meaning === 'time');
  const times = sample.rows.map((row) => row[timeColumn] ?? '');

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
              onChange={(rows) => change({ rows: rows === 'events' ? 'events' : 'contacts' })}
              data={[
                { value: 'contacts', label: 'a contact' },
                { value: 'events', label: 'an event' },
              ]}
            />
            {plan.rows === 'events' && !eventColumn && (
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
            {eventColumn && <span>called what its column {eventColumn.column} says</span>}
          </div>
          <table className={styles.columns}>
            <thead>
              <tr>
                <th scope="col">Column</th>
                <th scope="col">Means</th>
                <th scope="col">{plan.rows === 'contacts' ? 'Field' : 'Property'}</th>
              </tr>
            </thead>
            <tbody>
              {plan.columns.map((column, index) => (
                <ColumnRow
                  key={`${column.column} ${index}`}
                  plan={column}
                  rows={plan.rows}
                  usable={isUsable(column.column, sample.header)}
                  examples={sample.rows.slice(0, 3).map((row) => row[index] ?? '')}
                  onMeaning={(meaning) => mean(column.column, meaning)}
                  onChange={(part) => changeColumn(column.column, part)}
                />
              ))}
            </tbody>
          </table>
          {timeColumn >= 0 && (
            <Group gap="sm" mt="sm" align="flex-end">
              <Select
                size="xs"
                w={250}
                label="Dates are written like"
                value={plan.dateFormat}
                allowDeselect={false}
                onChange={(dateFormat) => change({ dateFormat: dateFormat ?? plan.dateFormat })}
                data={[...dateFormats]}
                error={
                  findDateFormat(times)?.ambiguous ? 'Day or month first? Both would fit: please check.' : undefined
                }
              />
              <Select
                size="xs"
                w={170}
                label="Dates without a zone are in"
                value={plan.utcOffset}
                allowDeselect={false}
                onChange={(utcOffset) => change({ utcOffset: utcOffset ?? '+00:00' })}
                data={zones()}
              />
            </Group>
          )}
          {timeColumn < 0 && plan.rows === 'contacts' && (
            <p className={styles.small}>No column holds a date: fields count from now on.</p>
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

/** A new time column brings its own format along. */
const dated = (plan: Plan, sample: Sample): Plan => {
  const index = plan.columns.findIndex(({ meaning }) => meaning === 'time');
  const found = index < 0 ? null : findDateFormat(sample.rows.map((row) => row[index] ?? ''));
  return found ? { ...plan, dateFormat: found.format } : plan;
};

const zones = (): { value: string; label: string }[] => {
  const minutes = -new Date().getTimezoneOffset();
  const sign = minutes < 0 ? '-' : '+';
  const two = (value: number): string => String(Math.trunc(Math.abs(value))).padStart(2, '0');
  const here = `${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
  return [
    { value: '+00:00', label: 'UTC' },
    ...(here === '+00:00' ? [] : [{ value: here, label: `Here, now (${here})` }]),
  ];
};

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
