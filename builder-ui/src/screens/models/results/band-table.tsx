import type { BandResults } from '@ripen/shared';
import { ripeColor, ripenessOf } from '../../../ui/ripeness.ts';
import { number } from '../../../ui/words.ts';
import styles from './results.module.css';

const percent = (rate: number | null): string =>
  rate === null ? '\u2013' : `${number(Math.round(rate * 1_000) / 10)} %`;

/** Contacts, results and their share per band, with a bar to see it by. */
export function BandTable({ results: { bands, total } }: { results: BandResults }) {
  const highest = Math.max(...bands.map(({ rate }) => rate ?? 0), 0.0001);
  return (
    <table className={styles.table}>
      <caption className="heard">Contacts and results by band, the highest first</caption>
      <thead>
        <tr>
          <th scope="col">Band</th>
          <th scope="col" className={styles.wide}>
            From
          </th>
          <th scope="col">Contacts</th>
          <th scope="col">Results</th>
          <th scope="col">Rate</th>
          <td className={styles.wide} />
        </tr>
      </thead>
      <tbody>
        {bands.map(({ name, from, contacts, converted, rate }, index) => (
          <tr key={from}>
            <th scope="row">{name}</th>
            <td className={styles.wide}>{number(from)}</td>
            <td>{number(contacts)}</td>
            <td>{number(converted)}</td>
            <td>{percent(rate)}</td>
            <td className={styles.wide} aria-hidden="true">
              <span
                className={styles.bar}
                style={{
                  width: `${((rate ?? 0) / highest) * 100}%`,
                  background: ripeColor(ripenessOf(bands.length - index, bands.length)),
                }}
              />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          <td className={styles.wide} />
          <td>{number(total.contacts)}</td>
          <td>{number(total.converted)}</td>
          <td>{percent(total.rate)}</td>
          <td className={styles.wide} />
        </tr>
      </tfoot>
    </table>
  );
}
