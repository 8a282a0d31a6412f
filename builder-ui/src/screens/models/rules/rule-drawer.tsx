import { Button, Drawer, Group, SegmentedControl, Stack, Switch } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import type { BehaviourRule, Condition, ProfileRule, Rule } from '@ripen/shared';
import {
  ConditionEditor,
  CountingEditor,
  EventPicker,
  GroupPicker,
  PointsField,
  type FieldErrors,
} from '../../../fields/index.ts';
import { Select, TextInput } from '../../../fields/inputs.tsx';
import { changeRule, turnRule } from '../edit.ts';
import type { ModelEdit } from '../model-edit.ts';
import { errorsUnder } from '../problems.ts';
import { tierWords } from '../words.ts';

/** One rule, beside the table. What is typed is in the draft at once. */
export function RuleDrawer(
  given: ModelEdit & {
    rule: Rule | undefined;
    onClose: () => void;
    onDelete: (rule: Rule) => void;
    onDuplicate: (rule: Rule) => void;
  },
) {
  const { rule, onClose } = given;
  const shown = useRef('');
  if (rule) shown.current = rule.id;
  return (
    <Drawer
      opened={rule !== undefined}
      onClose={onClose}
      position="right"
      size={460}
      title={rule?.name || 'Rule'}
      returnFocus={false}
      onExitTransitionEnd={() => rowOf(shown.current)?.focus()}
    >
      {rule && <RuleForm key={rule.id} {...given} rule={rule} />}
    </Drawer>
  );
}

/** Where the keyboard goes on: a menu may have opened the drawer, which is gone then. */
const rowOf = (id: string): HTMLElement | null => document.querySelector(`[data-rule="${CSS.escape(id)}"]`);

function RuleForm(
  given: ModelEdit & {
    rule: Rule;
    onClose: () => void;
    onDelete: (rule: Rule) => void;
    onDuplicate: (rule: Rule) => void;
  },
) {
  const { model, rule, readOnly } = given;
  const index = model.rules.indexOf(rule);
  const errors = errorsUnder(given.problems, `rules.${index}`);
  const set = (next: Rule): void => given.onChange(changeRule(model, rule.id, next));
  return (
    <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0 }}>
      <Stack gap="md">
        <TextInput
          label="Name"
          required
          maxLength={200}
          data-autofocus
          value={rule.name}
          onFocus={(event) => rule.name === 'New rule' && event.currentTarget.select()}
          onChange={(event) => set({ ...rule, name: event.currentTarget.value })}
          error={errors.at('name')}
        />
        <SegmentedControl
          aria-label="Kind of rule"
          data={[
            { value: 'behaviour', label: 'What they do' },
            { value: 'profile', label: 'Who they are' },
          ]}
          value={rule.kind}
          onChange={(kind) => given.onChange(turnRule(model, rule.id, kind === 'profile' ? 'profile' : 'behaviour'))}
        />
        {rule.kind === 'profile' ? (
          <ProfileParts rule={rule} errors={errors} onChange={set} />
        ) : (
          <BehaviourParts rule={rule} errors={errors} onChange={set} fades={model.halfLifeDays !== undefined} />
        )}
        <Group grow align="start">
          <PointsField
            label="Points"
            description="Below zero they are taken."
            value={rule.points}
            onChange={(points) => set({ ...rule, points: points as number })} // The schema says when they are missing.
            error={errors.at('points')}
          />
          <Select
            label="Tier"
            description="How telling it is."
            placeholder="None"
            clearable
            data={Object.entries(tierWords).map(([value, label]) => ({ value, label }))}
            value={rule.tier ?? null}
            onChange={(tier) => {
              const { tier: _, ...rest } = rule;
              set(tier === null ? rest : { ...rest, tier: tier as NonNullable<Rule['tier']> }); // One of the data.
            }}
          />
        </Group>
        <GroupPicker
          label="Group"
          description="Its cap limits what its rules give together."
          model={model.id}
          kind={rule.kind}
          groups={model.groups}
          value={rule.group}
          onChange={(group) => set({ ...rule, group })}
          error={errors.at('group')}
        />
        <Group justify="space-between" mt="sm">
          <Group gap="xs">
            <Button variant="default" leftSection={<IconCopy size={16} />} onClick={() => given.onDuplicate(rule)}>
              Duplicate
            </Button>
            <Button
              variant="default"
              c="var(--bad)"
              leftSection={<IconTrash size={16} />}
              onClick={() => given.onDelete(rule)}
            >
              Delete
            </Button>
          </Group>
          <Button onClick={given.onClose}>Done</Button>
        </Group>
      </Stack>
    </fieldset>
  );
}

function ProfileParts(given: { rule: ProfileRule; errors: FieldErrors; onChange: (rule: ProfileRule) => void }) {
  const { rule } = given;
  return (
    <ConditionEditor
      label="When"
      description="The points are held while this is true."
      scope="profile"
      required
      value={rule.when}
      onChange={(when) => given.onChange({ ...rule, when: when as Condition })} // Required, so the last row stays.
      errors={given.errors.under('when')}
    />
  );
}

function BehaviourParts(given: {
  rule: BehaviourRule;
  errors: FieldErrors;
  fades: boolean;
  onChange: (rule: BehaviourRule) => void;
}) {
  const { rule, errors, onChange } = given;
  return (
    <>
      <EventPicker
        label="When this happens"
        value={rule.event}
        onChange={(event) => onChange({ ...rule, event })}
        error={errors.at('event')}
      />
      <ConditionEditor
        label="Only if"
        scope="event"
        event={rule.event || null}
        addLabel="Add a condition"
        value={rule.where}
        onChange={(where) => onChange({ ...rule, where })}
        errors={errors.under('where')}
      />
      <CountingEditor
        label="Counts"
        event={rule.event || null}
        value={rule.counts}
        onChange={(counts) => onChange({ ...rule, counts })}
        errors={errors.under('counts')}
      />
      {given.fades && (
        <Switch
          label="Fades with the model’s half-life"
          checked={rule.decays}
          onChange={(event) => onChange({ ...rule, decays: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
