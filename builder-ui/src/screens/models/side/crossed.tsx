import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Definition, Grid, ScoreModel } from '@ripen/shared';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { gridQuery } from '../../../api/insight.ts';
import { LoadingRows, QueryView } from '../../../ui/states.tsx';
import { compact } from '../../../ui/words.ts';
import styles from '../model.module.css';
import marks from './side.module.css';

const isBanded = (document: Definition): document is ScoreModel => document.kind === 'model' && !!document.bands;

/** Contacts by their bands in this model and in another: fit and intent, say. Nothing where there are no two to cross. */
export function Crossed({ model, inForce }: { model: ScoreModel; inForce: readonly Definition[] }) {
  const banded = inForce.filter(isBanded);
  const others = banded.filter(({ id }) => id !== model.id);
  const [chosen, setChosen] = useState<string | null>(null);
  const other = others.find(({ id }) => id === chosen) ?? others[0];
  if (!other || !banded.some(({ id }) => id === model.id)) return null;
  return (
    <section className={styles.part} aria-label="Crossed with another model">
      <h2 className={styles.heading}>Crossed with</h2>
      <Select
        size="xs"
        aria-label="The other score model"
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={other.id}
        allowDeselect={false}
        onChange={setChosen}
      />
      <Cells model={model.id} other={other} />
    </section>
  );
}

function Cells({ model, other }: { model: string; other: ScoreModel }) {
  const query = useQuery(gridQuery(model, other.id));
  return (
    <QueryView query={query} loading={<LoadingRows rows={3} height={32} />}>
      {(grid) => <Table grid={withoutEmpty(grid)} other={other.name} />}
    </QueryView>
  );
}

/** "No band" is shown only where somebody is in it. */
const withoutEmpty = (grid: Grid): Grid => {
  const keepRow = grid.rows.map(({ id }, row) => id !== null || (grid.counts[row] ?? []).some((count) => count > 0));
  const keepColumn = grid.columns.map(
    ({ id }, column) => id !== null || grid.counts.some((row) => (row[column] ?? 0) > 0),
  );
  return {
    ...grid,
    rows: grid.rows.filter((_, row) => keepRow[row]),
    columns: grid.columns.filter((_, column) => keepColumn[column]),
    counts: grid.counts.filter((_, row) => keepRow[row]).map((row) => row.filter((_, column) => keepColumn[column])),
  };
};

function Table({ grid, other }: { grid: Grid; other: string }) {
  const most = Math.max(1, ...grid.counts.flat());
  return (
    <>
      <table className={marks.grid}>
        <caption className="heard">Contacts by band of this model and of {other}</caption>
        <thead>
          <tr>
            <td />
            {grid.columns.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map(({ id, name }, row) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {grid.columns.map((column, index) => {
                const count = grid.counts[row]?.[index] ?? 0;
                const share = `${Math.round((count / most) * 28)}%`;
                return (
                  <td key={column.id} style={{ background: `color-mix(in srgb, var(--accent) ${share}, transparent)` }}>
                    {count === 0 ? (
                      '0'
                    ) : (
                      <Link
                        to="/contacts"
                        search={{ band: `${grid.model}:${id ?? 'none'},${grid.with}:${column.id ?? 'none'}` }}
                        aria-label={`${compact(count)} contacts: ${name} here, ${column.name} of ${other}`}
                      >
                        {compact(count)}
                      </Link>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {grid.sampled && <p className={styles.note}>Estimated from {compact(grid.sampleSize)} contacts at random.</p>}
    </>
  );
}
