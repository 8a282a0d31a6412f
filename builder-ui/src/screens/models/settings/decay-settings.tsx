import { SegmentedControl } from '@mantine/core';
import type { ScoreModel } from '@ripen/shared';
import { DaysField, NumberField, PointsField, type FieldErrors } from '../../../fields/index.ts';
import styles from '../model.module.css';
import { Toggled } from './toggled.tsx';

type Decay = NonNullable<ScoreModel['decay']>;

const usual: Decay = { afterDays: 60, everyDays: 30, by: { kind: 'points', points: 10 }, floor: 0 };

/** What silence takes away. */
export function DecaySettings(given: {
  decay: Decay | undefined;
  errors: FieldErrors;
  onChange: (decay: Decay | undefined) => void;
}) {
  const { decay, errors, onChange } = given;
  return (
    <Toggled
      label="Points decay when a contact falls silent"
      on={decay !== undefined}
      onToggle={(on) => onChange(on ? usual : undefined)}
    >
      {decay && (
        <>
          <div className={styles.pair}>
            <DaysField
              label="After so long without activity"
              value={decay.afterDays}
              onChange={(days) => onChange({ ...decay, afterDays: days as number })} // The schema says when it is missing.
              error={errors.at('afterDays')}
            />
            <DaysField
              label="And again every"
              placeholder="Never"
              value={decay.everyDays}
              onChange={(everyDays) => onChange({ ...decay, everyDays })}
              error={errors.at('everyDays')}
            />
          </div>
          <div className={styles.pair}>
            <div>
              <SegmentedControl
                fullWidth
                aria-label="What goes"
                mb={8}
                data={[
                  { value: 'points', label: 'Points' },
                  { value: 'percent', label: 'Percent' },
                ]}
                value={decay.by.kind}
                onChange={(kind) =>
                  onChange({
                    ...decay,
                    by: kind === 'percent' ? { kind, percent: 25 } : { kind: 'points', points: 10 },
                  })
                }
              />
              {decay.by.kind === 'points' ? (
                <PointsField
                  aria-label="Points that go each time"
                  sign="minus"
                  value={decay.by.points}
                  onChange={(points) => onChange({ ...decay, by: { kind: 'points', points: points as number } })} // As above.
                  error={errors.at('by.points')}
                />
              ) : (
                <NumberField
                  aria-label="Percent of the behaviour points that go each time"
                  unit="%"
                  unitWidth={32}
                  min={0}
                  value={decay.by.percent}
                  onChange={(percent) => onChange({ ...decay, by: { kind: 'percent', percent: percent as number } })} // As above.
                  error={errors.at('by.percent')}
                />
              )}
            </div>
            <NumberField
              label="Down to"
              description="Of the behaviour points."
              min={0}
              value={decay.floor}
              onChange={(floor) => onChange({ ...decay, floor: floor as number })} // As above.
              error={errors.at('floor')}
            />
          </div>
        </>
      )}
    </Toggled>
  );
}
