import { ActionIcon, Button, TextInput } from '@mantine/core';
import { differenceSentence, outcomeOf, type Automation, type Scenario, type ScenarioResult } from '@ripen/shared';
import { IconCheck, IconTrash, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { documentsInForceQuery } from '../../../api/automations.ts';
import { nameIn, type Names } from '../../../fields/names.ts';
import { lookOf } from '../../../nodes/index.ts';
import { runScenarios } from './run-scenarios.ts';
import type { Setup, Trial } from './trial.ts';
import styles from './try.module.css';

const idOf = (name: string, taken: readonly string[]): string => {
  const plain =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 50) || 'scenario';
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? plain : `${plain}-${count}`;
    if (!taken.includes(id)) return id;
  }
};

/** Trials that are kept with the automation: what they led to must not change unnoticed. */
export const Scenarios = memo(function Scenarios(given: {
  document: Automation;
  /** What could be saved; null while a real contact is tried: those go on living. */
  setup: Setup | null;
  trial: Trial | null;
  names: Names;
  readOnly: boolean;
  onOpen: (scenario: Scenario) => void;
  onChange: (scenarios: Scenario[]) => void;
}) {
  const { document, setup, trial, readOnly } = given;
  const scenarios = document.scenarios ?? [];
  const [name, setName] = useState('');
  const { data: documents } = useQuery(documentsInForceQuery);
  const drawn = useDeferredValue(document);
  const results = useMemo(() => (documents ? runScenarios(documents, drawn) : []), [documents, drawn]);
  const save = (): void => {
    if (!setup || trial?.kind !== 'lived') return;
    const models = trial.definitions.models.map(({ id }) => id);
    const expects = outcomeOf(trial.session, document.id, models, trial.until);
    const id = idOf(
      name,
      scenarios.map((one) => one.id),
    );
    given.onChange([...scenarios, { id, name: name.trim(), ...setup, expects }]);
    setName('');
  };
  return (
    <section className={styles.section} aria-labelledby="try-scenarios">
      <h3 id="try-scenarios">Saved as tests</h3>
      {scenarios.length === 0 && (
        <p className={styles.soft}>Save what is tried now, and publishing says when it would go another way.</p>
      )}
      <ul className={styles.scenarios}>
        {scenarios.map((scenario) => (
          <li key={scenario.id}>
            <div className={styles.row}>
              <ResultMark result={results.find(({ id }) => id === scenario.id)} />
              <button type="button" className={styles.grow} onClick={() => given.onOpen(scenario)}>
                {scenario.name}
              </button>
              {!readOnly && (
                <ActionIcon
                  size={26}
                  aria-label={`Delete ${scenario.name}`}
                  onClick={() => given.onChange(scenarios.filter(({ id }) => id !== scenario.id))}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              )}
            </div>
            <ResultWords
              result={results.find(({ id }) => id === scenario.id)}
              document={document}
              names={given.names}
            />
          </li>
        ))}
      </ul>
      {!readOnly && setup && (
        <form
          className={styles.row}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextInput
            size="xs"
            className={styles.grow}
            aria-label="Name of the scenario"
            placeholder="What it shows"
            maxLength={200}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Button
            type="submit"
            size="compact-sm"
            disabled={name.trim() === '' || trial?.kind !== 'lived' || trial.looped || scenarios.length >= 50}
          >
            Save as a test
          </Button>
        </form>
      )}
    </section>
  );
});

/** Whether it still goes as it did. */
export function ResultMark({ result }: { result: ScenarioResult | undefined }) {
  if (!result) return null;
  return result.differences.length === 0 && result.why === null ? (
    <IconCheck size={16} className={styles.good} aria-label="Goes as saved" />
  ) : (
    <IconX size={16} className={styles.bad} aria-label="Goes another way" />
  );
}

export function ResultWords(given: { result: ScenarioResult | undefined; document: Automation; names: Names }) {
  const { result, document, names } = given;
  if (!result) return null;
  const called = {
    stage: (id: string) => nameIn(names.stages, id),
    model: (id: string) => nameIn(names.models, id),
    node: (id: string) => {
      const node = document.nodes.find((one) => one.id === id);
      return node ? lookOf(node.type).title : id;
    },
  };
  const said = [
    ...(result.why === null ? [] : [result.why]),
    ...result.differences.map((one) => differenceSentence(one, called)),
  ];
  return said.length === 0 ? null : <p className={styles.bad}>{said.join(' ')}</p>;
}
