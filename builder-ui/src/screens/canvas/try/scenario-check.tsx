import { Checkbox } from '@mantine/core';
import type { Automation } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { documentsInForceQuery } from '../../../api/automations.ts';
import { sentenceOf } from '../../../api/client.ts';
import type { Names } from '../../../fields/names.ts';
import { count } from '../../../ui/words.ts';
import dialog from '../publish-dialog.module.css';
import { isRed, runScenarios } from './run-scenarios.ts';
import { ResultMark, ResultWords } from './scenarios.tsx';
import styles from './try.module.css';

/** Runs the automation's tests before it is published. One that goes another way has to be confirmed. */
export default function ScenarioCheck(given: {
  document: Automation;
  names: Names;
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
  /** How many go another way, as soon as it is known. */
  onRun: (red: number) => void;
}) {
  const { document, names, onRun } = given;
  const { data: documents, error } = useQuery(documentsInForceQuery);
  const results = useMemo(() => (documents ? runScenarios(documents, document) : null), [documents, document]);
  const red = results?.filter(isRed).length ?? null;
  useEffect(() => {
    if (red !== null) onRun(red);
  }, [red, onRun]);
  return (
    <section aria-label="Tests">
      <h3 className={dialog.sub}>
        {results === null
          ? 'Running its tests…'
          : red === 0
            ? `${count(results.length, 'test goes', 'tests go')} as saved`
            : `${red} of ${count(results.length, 'test')} ${red === 1 ? 'goes' : 'go'} another way`}
      </h3>
      {error && <p className={styles.bad}>They could not be run: {sentenceOf(error)}</p>}
      <ul className={styles.scenarios}>
        {results?.map((result) => (
          <li key={result.id}>
            <div className={styles.row}>
              <ResultMark result={result} />
              <span>{result.name}</span>
            </div>
            <ResultWords result={result} names={names} />
          </li>
        ))}
      </ul>
      {((red ?? 0) > 0 || error) && (
        <Checkbox
          mt="xs"
          label="Publish it all the same"
          checked={given.confirmed}
          onChange={({ currentTarget }) => given.onConfirm(currentTarget.checked)}
        />
      )}
    </section>
  );
}
