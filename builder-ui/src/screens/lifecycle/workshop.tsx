import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Definition, Lifecycle, ScoreModel } from '@ripen/shared';
import { useState } from 'react';
import { sentenceOf } from '../../api/client.ts';
import { distributionQuery } from '../../api/insight.ts';
import { useMay } from '../../app/signed-in.ts';
import { ModelPicker } from '../../fields/index.ts';
import { compact } from '../../ui/words.ts';
import { errorsUnder } from '../models/problems.ts';
import { addStage } from './edit.ts';
import styles from './lifecycle.module.css';
import type { LifecycleProblem } from './problems.ts';
import { OffersDialog } from './offers-dialog.tsx';
import { StageCard } from './stage-card.tsx';
import { Thresholds } from './thresholds.tsx';
import { usePreview } from './use-preview.ts';

const wholeRange = { min: 0, max: 100 };

/** The thresholds over the scores of now, and the stages one by one. */
export function Workshop(given: {
  lifecycle: Lifecycle;
  inForce: readonly Definition[] | undefined;
  problems: readonly LifecycleProblem[];
  onChange: (lifecycle: Lifecycle) => void;
  readOnly: boolean;
}) {
  const { lifecycle, problems, onChange, readOnly } = given;
  const mayCount = useMay('contacts:read');
  const [added, setAdded] = useState<string | null>(null);
  const [offering, setOffering] = useState(false);
  const model = given.inForce?.find(
    (document): document is ScoreModel => document.kind === 'model' && document.id === lifecycle.model,
  );
  const range = model?.clamp ?? wholeRange;
  const counting = mayCount && model !== undefined;
  const distribution = useQuery({ ...distributionQuery(lifecycle.model, 100), enabled: counting });
  const { preview, error, settling } = usePreview(lifecycle, counting);
  const errors = errorsUnder(problems);
  const general = problems.filter(({ path, severity }) => severity === 'warning' || path === '' || path === 'stages');
  return (
    <div>
      <section className={styles.over} aria-label="Thresholds over the scores of now">
        <div className={styles.top}>
          <div className={styles.model}>
            <ModelPicker
              label="Stages follow the score of"
              disabled={readOnly}
              value={lifecycle.model}
              onChange={(id) => onChange({ ...lifecycle, model: id })}
              error={errors.at('model')}
            />
          </div>
          {preview && (
            <p className={styles.soft}>
              {compact(preview.contacts)} contacts by their scores of now
              {preview.sampled ? `, estimated from ${compact(preview.sampleSize)} at random` : ''}. Publishing alone
              moves nobody: a contact moves when its score next crosses a line.
            </p>
          )}
          {error && <p className={styles.bad}>The contacts could not be counted. {sentenceOf(error)}</p>}
        </div>
        <Thresholds
          lifecycle={lifecycle}
          distribution={distribution.data}
          preview={preview}
          range={range}
          readOnly={readOnly}
          onChange={onChange}
        />
      </section>
      {general.length > 0 && (
        <ul className={styles.problems} aria-label="What to look at">
          {general.map((problem, index) => (
            <li key={index} data-severity={problem.severity}>
              <IconAlertTriangle size={16} aria-label={problem.severity === 'error' ? 'Error' : 'Warning'} />
              {problem.message}
            </li>
          ))}
        </ul>
      )}
      <fieldset className={styles.stages} disabled={readOnly}>
        <ol aria-label="Stages">
          {lifecycle.stages.map((stage, index) => (
            <StageCard
              key={stage.id}
              lifecycle={lifecycle}
              stage={stage}
              index={index}
              counts={preview?.stages.find(({ id }) => id === stage.id)}
              settling={settling}
              errors={errors.under(`stages.${index}`)}
              open={stage.id === added}
              onChange={onChange}
            />
          ))}
        </ol>
        {preview && (
          <p className={styles.none}>
            Below every threshold: <strong>{compact(preview.none.count)}</strong> contacts
            {preview.none.now === preview.none.count ? '' : `; in no stage now: ${compact(preview.none.now)}`}
          </p>
        )}
        {!readOnly && lifecycle.stages.length < 30 && (
          <Button
            mt="xs"
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => {
              const next = addStage(lifecycle, range);
              onChange(next.lifecycle);
              setAdded(next.id);
            }}
          >
            Add stage
          </Button>
        )}
        {!readOnly && (
          <Button variant="subtle" onClick={() => setOffering(true)}>
            Work thresholds out from free offers
          </Button>
        )}
        {offering && <OffersDialog lifecycle={lifecycle} onChange={onChange} onClose={() => setOffering(false)} />}
      </fieldset>
    </div>
  );
}
