import { Points } from '../../../ui/marks.tsx';
import type { RulePair, RuleSaid } from './compare-models.ts';
import styles from './compare.module.css';

/** Rules of both sides in rows; what differs is marked, in words too. */
export function RulesBeside({ pairs }: { pairs: readonly RulePair[] }) {
  if (pairs.length === 0) return null;
  return (
    <section aria-label="Rules">
      <h2 className={styles.heading}>Rules</h2>
      <table className={styles.rules}>
        <thead className="heard">
          <tr>
            <th scope="col">Left</th>
            <th scope="col">Right</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair, index) => (
            <tr key={index}>
              <td>
                <Said rule={pair.left} other={pair.right} differs={pair.differs} />
              </td>
              <td>
                <Said rule={pair.right} other={pair.left} differs={pair.differs} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Said(given: { rule: RuleSaid | null; other: RuleSaid | null; differs: RulePair['differs'] }) {
  const { rule, differs } = given;
  if (!rule) return <span className={styles.nothing}>No such rule</span>;
  const part = (name: keyof RuleSaid) =>
    differs.has(name) ? <mark className={styles.mark}>{rule[name]}</mark> : rule[name];
  return (
    <div className={styles.said} data-alone={given.other === null || undefined}>
      <div className={styles.line}>
        <b>{part('name')}</b>
        {differs.has('points') ? (
          <mark className={styles.mark}>
            <Points value={rule.points} />
          </mark>
        ) : (
          <Points value={rule.points} />
        )}
      </div>
      <div>{part('looks')}</div>
      <div className={styles.soft}>
        {part('counts')} · {part('group')} · {part('tier')}
        {given.other === null && ' · only here'}
      </div>
    </div>
  );
}
