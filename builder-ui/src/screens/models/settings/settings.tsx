import { ConditionEditor, DaysField, NumberField } from '../../../fields/index.ts';
import { Select, Textarea, TextInput } from '../../../fields/inputs.tsx';
import { withBands } from '../edit.ts';
import type { ModelEdit } from '../model-edit.ts';
import styles from '../model.module.css';
import { errorsUnder } from '../problems.ts';
import { Bands } from './bands.tsx';
import { DecaySettings } from './decay-settings.tsx';
import { Toggled } from './toggled.tsx';

/** A number that is being typed. Null, unlike undefined, is there and not finished: the setting stays, and the schema refuses it. */
const unfinished = (days: number | undefined): number => (days ?? null) as number;

/** How points fade, what scores run from and to, for whom, and what the model is called. */
export function Settings({ model, problems, onChange, readOnly }: ModelEdit) {
  const errors = errorsUnder(problems);
  const { reset } = model;
  return (
    <fieldset disabled={readOnly} className={styles.settings} style={{ border: 0, margin: 0 }}>
      <section className={styles.section}>
        <h2>Fading</h2>
        <DecaySettings
          decay={model.decay}
          errors={errors.under('decay')}
          onChange={(decay) => onChange({ ...model, decay })}
        />
        <Toggled
          label="Behaviour points have a half-life"
          on={model.halfLifeDays !== undefined}
          onToggle={(on) => onChange({ ...model, halfLifeDays: on ? 90 : undefined })}
        >
          <DaysField
            label="Half of them are left after"
            value={model.halfLifeDays ?? undefined}
            onChange={(days) => onChange({ ...model, halfLifeDays: unfinished(days) })}
            error={errors.at('halfLifeDays')}
          />
        </Toggled>
        <Toggled
          label="Behaviour points expire"
          on={model.windowDays !== undefined}
          onToggle={(on) => onChange({ ...model, windowDays: on ? 365 : undefined })}
        >
          <DaysField
            label="Nothing is left after"
            value={model.windowDays ?? undefined}
            onChange={(days) => onChange({ ...model, windowDays: unfinished(days) })}
            error={errors.at('windowDays')}
          />
        </Toggled>
        <Toggled
          label="The count starts again after a term"
          on={reset !== undefined}
          onToggle={(on) => onChange({ ...model, reset: on ? { afterDays: 365, from: 'first_point' } : undefined })}
        >
          {reset && (
            <div className={styles.pair}>
              <DaysField
                label="After"
                value={reset.afterDays}
                onChange={(days) => onChange({ ...model, reset: { ...reset, afterDays: days as number } })} // The schema says when it is missing.
                error={errors.at('reset.afterDays')}
              />
              <Select
                label="Measured from"
                data={[
                  { value: 'first_point', label: 'The first point' },
                  { value: 'last_activity', label: 'The last activity' },
                ]}
                value={reset.from}
                allowDeselect={false}
                onChange={(from) =>
                  onChange({
                    ...model,
                    reset: { ...reset, from: from === 'last_activity' ? 'last_activity' : 'first_point' },
                  })
                }
              />
            </div>
          )}
        </Toggled>
      </section>
      <section className={styles.section}>
        <h2>Range</h2>
        <div className={styles.pair}>
          <NumberField
            label="Lowest score"
            value={model.clamp.min}
            onChange={(min) => onChange({ ...model, clamp: { ...model.clamp, min: min as number } })} // As above.
            error={errors.at('clamp.min') ?? errors.at('clamp')}
          />
          <NumberField
            label="Highest score"
            value={model.clamp.max}
            onChange={(max) => onChange({ ...model, clamp: { ...model.clamp, max: max as number } })} // As above.
            error={errors.at('clamp.max')}
          />
        </div>
      </section>
      <section className={styles.section}>
        <h2>Bands</h2>
        <Toggled
          label="Ranges of the score have names"
          on={model.bands !== undefined}
          onToggle={(on) => onChange(withBands(model, on))}
        >
          <Bands model={model} problems={problems} onChange={onChange} readOnly={readOnly} />
        </Toggled>
      </section>
      <section className={styles.section}>
        <h2>Audience</h2>
        <ConditionEditor
          label="Only for contacts whose"
          description="Others earn nothing and their score is not shown. Without a condition it is for everybody."
          scope="profile"
          addLabel="Limit the audience"
          value={model.audience}
          onChange={(audience) => onChange({ ...model, audience })}
          errors={errors.under('audience')}
        />
      </section>
      <section className={styles.section}>
        <h2>About this model</h2>
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={model.name}
          onChange={(event) => onChange({ ...model, name: event.currentTarget.value })}
          error={errors.at('name')}
        />
        <Textarea
          label="Description"
          maxLength={2_000}
          value={model.description ?? ''}
          onChange={(event) => onChange({ ...model, description: event.currentTarget.value || undefined })}
          error={errors.at('description')}
        />
      </section>
    </fieldset>
  );
}
