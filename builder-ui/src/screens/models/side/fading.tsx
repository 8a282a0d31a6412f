import { dayBelow, fading, type FadingPoint, type ScoreModel, type Stage } from '@ripen/shared';
import { useDeferredValue, useMemo, useState } from 'react';
import { Curve } from '../../../charts/curve.tsx';
import { NumberField } from '../../../fields/index.ts';
import { number } from '../../../ui/words.ts';

import styles from '../model.module.css';
import marks from './side.module.css';

const sentence = (curve: readonly FadingPoint[]): string => {
  const last = curve.at(-1)?.score ?? 0;
  const half = dayBelow(curve, 0.5);
  const gone = dayBelow(curve, 0);
  const first = dayBelow(curve, 0.999);
  if (first === null) return 'They stay: nothing fades within a year.';
  const begins = `The first go on day ${first}`;
  const halved = half === null ? '' : `, half are gone by day ${half}`;
  return gone === null
    ? `${begins}${halved}; after a year ${number(last)} are left.`
    : `${begins}${halved}, all by day ${gone}.`;
};

/** What becomes of points if the contact falls silent today. */
export function Fading({ model, stages }: { model: ScoreModel; stages: readonly Stage[] }) {
  const thresholds = stages.flatMap(({ name, threshold }) => (threshold === undefined ? [] : [{ name, y: threshold }]));
  // Until somebody types: what qualifies a contact.
  const [typed, setTyped] = useState<number | undefined | null>(null);
  const points = typed === null ? (thresholds.at(-2)?.y ?? thresholds.at(-1)?.y ?? 75) : typed;
  const { decay, halfLifeDays, windowDays, reset, id } = useDeferredValue(model);
  // Only these matter: the year is not computed anew for a rule's name.
  const curve = useMemo(
    () =>
      fading(
        {
          kind: 'model',
          id,
          name: 'Fading',
          clamp: { min: 0, max: 100 },
          groups: [],
          rules: [],
          decay,
          halfLifeDays,
          windowDays,
          reset,
        },
        points ?? 0,
      ),
    [id, decay, halfLifeDays, windowDays, reset, points],
  );
  return (
    <section className={styles.part} aria-label="How points fade">
      <h2 className={styles.heading}>How points fade</h2>
      <div className={marks.if}>
        <span>If</span>
        <div className={marks.points}>
          <NumberField aria-label="Points to begin with" min={1} value={points} onChange={setTyped} />
        </div>
        <span>points were earned today by what they did, and then silence follows:</span>
      </div>
      {curve === null ? (
        <p className={styles.note}>The decay settings are not finished.</p>
      ) : (
        <>
          <Curve
            points={curve.map(({ day, score }) => ({ x: day, y: score }))}
            label={sentence(curve)}
            unit="days"
            lines={thresholds}
          />
          <p className={styles.note}>{sentence(curve)}</p>
        </>
      )}
    </section>
  );
}
