import { Anchor } from '@mantine/core';
import { isRed, nodeOfDifference, type Automation, type ScenarioResult } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { documentsInForceQuery } from '../../../api/automations.ts';
import { sentenceOf } from '../../../api/client.ts';
import { DespiteTests } from '../../../drafts/despite-tests.tsx';
import type { Names } from '../../../fields/names.ts';
import { count } from '../../../ui/words.ts';
import dialog from '../publish-dialog.module.css';
import { runScenarios } from './run-scenarios.ts';
import { ResultMark, ResultWords } from './scenarios.tsx';
import styles from './try.module.css';

/**
 * Runs the automation's tests before it is published; the server runs them again and has the last word. One that goes another
 * way has to be overruled with a reason, which is kept with the version.
 */
export default function ScenarioCheck(given: {
  document: Automation;
  names: Names;
  /** Why it is published all the same; null: it is not. */
  despite: string | null;
  onDespite: (reason: string | null) => void;
  /** How many go another way, as soon as it is known. */
  onRun: (red: number) => void;
  onShow: (node: string) => void;
}) {
  const { document, names, despite, onDespite, onRun } = given;
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
              <span className={styles.grow}>{result.name}</span>
              <ShowStep result={result} onShow={given.onShow} />
            </div>
            <ResultWords result={result} document={document} names={names} />
          </li>
        ))}
      </ul>
      {((red ?? 0) > 0 || error) && <DespiteTests reason={despite} onReason={onDespite} />}
    </section>
  );
}

/** To the step at which it parts from what was saved. */
function ShowStep({ result, onShow }: { result: ScenarioResult; onShow: (node: string) => void }) {
  const node = result.differences.map(nodeOfDifference).find((found) => found !== null);
  if (node === undefined || node === null) return null;
  return (
    <Anchor component="button" type="button" size="sm" onClick={() => onShow(node)}>
      Show where
    </Anchor>
  );
}
