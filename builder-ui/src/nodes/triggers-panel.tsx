import { ActionIcon, Button, Menu, Switch } from '@mantine/core';
import { automationSchema, type Automation, type Trigger } from '@ripen/shared';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { use, useMemo } from 'react';
import { CountingEditor } from '../fields/counting-editor.tsx';
import { fieldErrors, schemaErrors, type FieldErrors } from '../fields/errors.ts';
import { Select, Textarea, TextInput } from '../fields/inputs.tsx';
import type { Names } from '../fields/names.ts';
import { TriedContext } from '../fields/patience.ts';
import { NamesContext } from '../fields/use-names.ts';
import styles from './nodes.module.css';
import { ProblemList, type PanelProblem } from './problem-list.tsx';
import { TriggerForm } from './trigger-form.tsx';
import { freshTrigger, triggerKinds, triggerTypes } from './trigger-kinds.ts';
import { insideWords } from './while-inside.ts';

/** What the form of the start shows and changes. */
export type AutomationHead = Pick<
  Automation,
  'name' | 'description' | 'triggers' | 'reentry' | 'whileInside' | 'pagesOnBackfill'
>;

export interface TriggersPanelProps {
  automation: AutomationHead;
  /** Only what changed; undefined takes a member away. */
  onChange: (change: Partial<AutomationHead>) => void;
  names: Names;
  /** Of the automation itself, not of its nodes. */
  problems: readonly PanelProblem[];
}

const headSchema = automationSchema.pick({ name: true, description: true, triggers: true, reentry: true });
const placed = /^(name|description|triggers|reentry)(\.|$)/;
const isPlaced = (problem: PanelProblem): boolean => placed.test(problem.path ?? '');

const headErrors = ({ name, description, triggers, reentry }: AutomationHead, problems: readonly PanelProblem[]) =>
  fieldErrors([
    ...schemaErrors(headSchema, { name, description, triggers, reentry }),
    ...problems.filter(isPlaced).map(({ path = '', message }) => ({ path, message })),
  ]);

/** What starts an automation, and who may enter how often. */
export function TriggersPanel({ automation, onChange, names, problems }: TriggersPanelProps) {
  const errors = useMemo(() => headErrors(automation, problems), [automation, problems]);
  return (
    <NamesContext value={names}>
      <div className={styles.panel}>
        <ProblemList problems={problems.filter((problem) => !isPlaced(problem))} />
        <Triggers
          triggers={automation.triggers}
          onChange={(triggers) => onChange({ triggers })}
          names={names}
          errors={errors}
        />
        <Entry automation={automation} onChange={onChange} errors={errors} />
        <About automation={automation} onChange={onChange} errors={errors} />
      </div>
    </NamesContext>
  );
}

function Triggers(given: {
  triggers: readonly Trigger[];
  onChange: (triggers: Trigger[]) => void;
  names: Names;
  errors: FieldErrors;
}) {
  const { triggers, onChange, names, errors } = given;
  const tried = use(TriedContext);
  return (
    <section className={styles.sections} aria-label="What starts it">
      <h3 className={styles.heading}>{triggers.length > 1 ? 'Any of these triggers' : 'Trigger'}</h3>
      {triggers.map((trigger, index) => {
        const { title, icon: Icon } = triggerKinds[trigger.type];
        return (
          // Triggers have no ids of their own; their forms are controlled, so their places serve.
          <div key={index} className={styles.trigger} role="group" aria-label={`Trigger ${index + 1}: ${title}`}>
            <div className={styles.triggerHead}>
              <Icon size={18} stroke={1.75} aria-hidden="true" />
              <strong className={styles.grow}>{title}</strong>
              <ActionIcon
                aria-label={`Remove the trigger ${title}`}
                onClick={() => onChange(triggers.filter((_, at) => at !== index))}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </div>
            <TriggerForm
              trigger={trigger}
              onChange={(next) => onChange(triggers.with(index, next))}
              errors={errors.under(`triggers.${index}`)}
            />
          </div>
        );
      })}
      {triggers.length === 0 && <p className={tried ? styles.wrong : styles.help}>Add what starts this automation.</p>}
      <div>
        <Menu position="bottom-start" withinPortal width={280}>
          <Menu.Target>
            <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden="true" />}>
              Add a trigger
            </Button>
          </Menu.Target>
          <Menu.Dropdown className={styles.places}>
            {triggerTypes.map((type) => {
              const { title, about, icon: Icon } = triggerKinds[type];
              return (
                <Menu.Item
                  key={type}
                  leftSection={<Icon size={18} stroke={1.75} aria-hidden="true" />}
                  onClick={() => onChange([...triggers, freshTrigger(type, names)])}
                >
                  {title}
                  <span className={styles.help} style={{ display: 'block' }}>
                    {about}
                  </span>
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
      </div>
    </section>
  );
}

type Part = Pick<TriggersPanelProps, 'automation' | 'onChange'> & { errors: FieldErrors };

function Entry({ automation, onChange, errors }: Part) {
  return (
    <section className={styles.sections} aria-label="Who may enter">
      <h3 className={styles.heading}>Who may enter</h3>
      <CountingEditor
        label="The same contact"
        value={automation.reentry}
        onChange={(reentry) => onChange({ reentry })}
        errors={errors.under('reentry')}
      />
      <Select
        label="If the contact is still inside"
        description={insideWords[automation.whileInside].help}
        data={Object.entries(insideWords).map(([value, { label }]) => ({ value, label }))}
        value={automation.whileInside}
        allowDeselect={false}
        // One of the data above.
        onChange={(next) => next && onChange({ whileInside: next as Automation['whileInside'] })}
      />
      <Switch
        label="Notify about old events too"
        description="Imported history scores and moves, but tells nobody unless this is on."
        checked={automation.pagesOnBackfill}
        onChange={({ currentTarget }) => onChange({ pagesOnBackfill: currentTarget.checked })}
      />
    </section>
  );
}

function About({ automation, onChange, errors }: Part) {
  return (
    <section className={styles.sections} aria-label="About this automation">
      <h3 className={styles.heading}>About</h3>
      <TextInput
        label="Name"
        value={automation.name}
        maxLength={200}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
        error={errors.at('name')}
      />
      <Textarea
        label="Description"
        description="What it is for, for your colleagues."
        value={automation.description ?? ''}
        maxLength={2_000}
        onChange={({ currentTarget }) => onChange({ description: currentTarget.value || undefined })}
        error={errors.at('description')}
      />
    </section>
  );
}
