import { Button } from '@mantine/core';
import { combinationsOf, type ScoreModel } from '@ripen/shared';
import { useState } from 'react';
import { useMay } from '../../../app/signed-in.ts';
import { number } from '../../../ui/words.ts';
import styles from '../model.module.css';
import { CombinationsDialog } from './combinations-dialog.tsx';

/** What a model whose points are different powers of two is good for: each score says exactly which rules hold. */
export function Combinations({ model, published }: { model: ScoreModel; published: boolean }) {
  const mayWrite = useMay('definitions:write');
  const [open, setOpen] = useState(false);
  const told = combinationsOf(model);
  if (told === null) return null;
  const example = 'combinations' in told ? told.combinations.find(({ rules }) => rules.length === 2) : undefined;
  return (
    <section className={styles.part} aria-label="Combinations of rules">
      <h2 className={styles.heading}>Powers of two</h2>
      {'why' in told ? (
        <p className={styles.note}>The points are powers of two, so a score could tell which rules hold. {told.why}</p>
      ) : (
        <>
          <p className={styles.note}>
            Each score tells exactly which rules hold: {number(example?.score ?? 0)} is{' '}
            {example?.rules.map(({ name }) => `“${name}”`).join(' and ')}, and nothing else.
          </p>
          {mayWrite && (
            <Button mt="xs" variant="default" size="xs" disabled={!published} onClick={() => setOpen(true)}>
              {published ? 'Make a segment of each' : 'Publish to make segments'}
            </Button>
          )}
        </>
      )}
      {open && <CombinationsDialog model={model} onClose={() => setOpen(false)} />}
    </section>
  );
}
