import type { UseQueryResult } from '@tanstack/react-query';
import type { Distribution, Stage } from '@ripen/shared';
import { Histogram, percentAt } from '../../../charts/histogram.tsx';
import { stageColorAt } from '../../../charts/stage-color.ts';
import { LoadingRows, QueryView } from '../../../ui/states.tsx';
import { compact, count, number } from '../../../ui/words.ts';
import styles from '../model.module.css';
import marks from './side.module.css';

/** How many contacts have which score, by the version in force. */
export function Scores(given: { query: UseQueryResult<Distribution>; stages: readonly Stage[]; published: boolean }) {
  return (
    <section className={styles.part} aria-label="Scores now">
      <h2 className={styles.heading}>Scores now</h2>
      {given.published ? (
        <QueryView query={given.query} loading={<LoadingRows rows={3} height={44} />}>
          {(distribution) => <Drawn distribution={distribution} stages={given.stages} />}
        </QueryView>
      ) : (
        <p className={styles.note}>Contacts have this score after the model is published for the first time.</p>
      )}
    </section>
  );
}

function Drawn({ distribution, stages }: { distribution: Distribution; stages: readonly Stage[] }) {
  const { buckets, mean, contacts, notShown } = distribution;
  if (contacts === 0) return <p className={styles.note}>There are no contacts yet.</p>;
  const min = buckets[0]?.from ?? 0;
  const max = buckets.at(-1)?.to ?? 100;
  const label = `Scores of ${count(contacts - notShown, 'contact')}, mean ${mean === null ? 'unknown' : number(mean)}`;
  return (
    <>
      <div className={marks.chart}>
        <Histogram
          bars={buckets}
          label={label}
          color={(bar) => stageColorAt(bar.from, stages, max)}
          height={120}
          over={stages.map(
            ({ id, name, threshold }) =>
              threshold !== undefined && (
                <span
                  key={id}
                  className={marks.line}
                  style={{ left: `${percentAt(threshold, min, max)}%` }}
                  title={`${name} from ${number(threshold)}`}
                />
              ),
          )}
        />
      </div>
      {stages.some(({ threshold }) => threshold !== undefined) && (
        <ul className={marks.stages} aria-label="Stages">
          {stages.map(
            ({ id, name, threshold }) =>
              threshold !== undefined && (
                <li key={id}>
                  <span style={{ background: stageColorAt(threshold, stages, max) }} aria-hidden="true" />
                  {name} {number(threshold)}
                </li>
              ),
          )}
        </ul>
      )}
      <div className={styles.legend}>
        <span>{compact(contacts - notShown)} contacts</span>
        {mean !== null && <span>mean {number(mean)}</span>}
        {notShown > 0 && <span>{compact(notShown)} outside the audience</span>}
        {distribution.sampled && <span>estimated from {compact(distribution.sampleSize)} at random</span>}
      </div>
    </>
  );
}
