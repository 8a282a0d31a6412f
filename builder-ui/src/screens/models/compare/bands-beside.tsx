import { useQuery } from '@tanstack/react-query';
import type { ScoreModel } from '@ripen/shared';
import { useMay } from '../../../app/signed-in.ts';
import { distributionQuery } from '../../../api/insight.ts';
import { compact, number } from '../../../ui/words.ts';
import { comparedBands } from './compare-models.ts';
import styles from './compare.module.css';
import type { Shown as ShownOf } from './two-sides.tsx';
import { useMeasured } from './use-measured.ts';

type Shown = ShownOf<ScoreModel>;

/** How many contacts each band of a side has; null: nobody knows (yet). */
type CountOf = (band: string | null) => number | null;

/** Bands of both sides: from which score on, and how many contacts. */
export function BandsBeside({ left, right }: { left: Shown; right: Shown }) {
  const leftCounts = useCounts(left);
  const rightCounts = useCounts(right);
  const pairs = comparedBands(left.document, right.document);
  if (pairs.length === 0) return null;
  const cell = (band: { id: string; from: number } | null, { of, about }: ReturnType<typeof useCounts>) => {
    const contacts = band && of(band.id);
    return (
      <>
        <td>{band ? number(band.from) : '–'}</td>
        <td>{contacts === null ? '–' : `${about ? '≈ ' : ''}${compact(contacts)}`}</td>
      </>
    );
  };
  const below = (side: Shown, { of, about }: ReturnType<typeof useCounts>) => {
    const contacts = side.document.bands ? of(null) : null;
    return (
      <>
        <td />
        <td>{contacts === null ? '–' : `${about ? '≈ ' : ''}${compact(contacts)}`}</td>
      </>
    );
  };
  const notes = [...new Set([leftCounts.note, rightCounts.note].filter((note) => note !== null))];
  return (
    <section aria-label="Bands">
      <h2 className={styles.heading}>Bands</h2>
      <table className={styles.bands}>
        <thead>
          <tr>
            <th scope="col">Band</th>
            <th scope="col">Left from</th>
            <th scope="col">Contacts</th>
            <th scope="col">Right from</th>
            <th scope="col">Contacts</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <tr key={pair.name} data-differs={pair.left?.from !== pair.right?.from || undefined}>
              <th scope="row">{pair.name}</th>
              {cell(pair.left, leftCounts)}
              {cell(pair.right, rightCounts)}
            </tr>
          ))}
          <tr>
            <th scope="row">Below all</th>
            {below(left, leftCounts)}
            {below(right, rightCounts)}
          </tr>
        </tbody>
      </table>
      {notes.map((note) => (
        <p key={note} className={styles.soft}>
          {note}
        </p>
      ))}
    </section>
  );
}

/** What is live is counted as it is; anything else is played over what arrived, for some contacts. */
const useCounts = ({ picked, document }: Shown): { of: CountOf; about: boolean; note: string | null } => {
  const mayCount = useMay('contacts:read');
  const live = picked.state === 'live';
  const counted = useQuery({ ...distributionQuery(picked.id), enabled: mayCount && live }).data;
  const measured = useMeasured(mayCount && !live && document.bands !== undefined ? document : null);
  if (live) {
    const of: CountOf = (band) => counted?.bands.find(({ id }) => id === band)?.count ?? null;
    const note = counted?.sampled ? `Estimated from ${number(counted.sampleSize)} contacts at random.` : null;
    return { of, about: counted?.sampled ?? false, note };
  }
  const { impact } = measured;
  const factor = impact && impact.looked > 0 ? impact.of / impact.looked : 0;
  const bands = impact?.history.bands.filter(({ model }) => model === document.id) ?? [];
  const of: CountOf = (band) =>
    impact ? Math.round((bands.find((each) => each.band === band)?.contacts ?? 0) * factor) : null;
  const note = measured.failed
    ? `What is not live could not be counted: ${measured.failed}`
    : impact
      ? `What is not live is counted as if it had always been so${factor > 1 ? `, from ${number(impact.looked)} contacts` : ''}.`
      : document.bands
        ? 'What is not live is being counted.'
        : null;
  return { of, about: factor > 1, note };
};
