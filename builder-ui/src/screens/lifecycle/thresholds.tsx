import type { Distribution, Lifecycle, LifecyclePreview } from '@ripen/shared';
import { useRef } from 'react';
import { Histogram, percentAt } from '../../charts/histogram.tsx';
import { stageColorAt } from '../../charts/stage-color.ts';
import { count } from '../../ui/words.ts';
import { moveThreshold, roomOf } from './edit.ts';
import styles from './lifecycle.module.css';
import { ThresholdLine } from './threshold-line.tsx';

/** Thresholds as lines that can be dragged over how many contacts have which score. */
export function Thresholds(given: {
  lifecycle: Lifecycle;
  distribution: Distribution | undefined;
  preview: LifecyclePreview | undefined;
  range: { min: number; max: number };
  readOnly: boolean;
  onChange: (lifecycle: Lifecycle) => void;
}) {
  const { lifecycle, distribution, preview, range } = given;
  const plot = useRef<HTMLDivElement>(null);
  const { stages } = lifecycle;
  const bars = distribution?.buckets ?? [{ from: range.min, to: range.max, count: 0 }];
  const valueAt = (clientX: number): number => {
    const box = plot.current?.getBoundingClientRect();
    if (!box || box.width === 0) return range.min;
    return range.min + ((clientX - box.left) / box.width) * (range.max - range.min);
  };
  const scored = stages.filter(({ threshold }) => threshold !== undefined);
  return (
    <div className={styles.plot} ref={plot}>
      <Histogram
        bars={bars}
        label={distribution ? `Scores of ${count(distribution.contacts - distribution.notShown, 'contact')}` : 'Scores'}
        color={(bar) => stageColorAt(bar.from, stages, range.max)}
        height={220}
        over={scored.map((stage, index) => (
          <ThresholdLine
            key={stage.id}
            stage={stage}
            index={stages.indexOf(stage)}
            of={stages.length}
            row={index % 2}
            left={percentAt(stage.threshold ?? 0, range.min, range.max)}
            room={roomOf(stages, stage.id, range)}
            contacts={preview?.stages.find(({ id }) => id === stage.id)?.count}
            readOnly={given.readOnly}
            valueAt={valueAt}
            onMove={(to) => given.onChange(moveThreshold(lifecycle, stage.id, to, range))}
          />
        ))}
      />
    </div>
  );
}
