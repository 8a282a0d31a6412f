import type { BackTest } from '@ripen/shared';
import { nameIn, type Names } from '../../../fields/names.ts';
import { Points } from '../../../ui/marks.tsx';
import { number } from '../../../ui/words.ts';
import { reasonWords } from './words.ts';
import styles from './back-test.module.css';

/** Those who differ most, each a way into their own two ledgers. */
export function Differing(given: { found: BackTest; names: Names; onShow: (contact: string) => void }) {
  const { found, names } = given;
  const { most, contacts } = found.differ;
  if (most.length === 0) return null;
  const stage = (id: string | null): string => (id === null ? 'no stage' : nameIn(names.stages, id));
  return (
    <section aria-labelledby="who-differs" className={styles.who}>
      <h2 id="who-differs">{most.length < contacts ? `The ${number(most.length)} who differ most` : 'Who differs'}</h2>
      <ul>
        {most.map((one) => (
          <li key={one.contact.id}>
            <button type="button" onClick={() => given.onShow(one.contact.id)}>
              <span className={styles.name}>{one.contact.name}</span>
              <span className={styles.why}>
                {one.reasons.map((reason) => reasonWords[reason]).join(', ')}
                {one.outcome !== null && `; sales: ${one.outcome}`}
              </span>
              <span className={styles.change}>
                {one.points.live !== one.points.draft && <Points value={one.points.draft - one.points.live} />}
                {one.stage.live !== one.stage.draft && (
                  <span>
                    {stage(one.stage.live)} → {stage(one.stage.draft)}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
