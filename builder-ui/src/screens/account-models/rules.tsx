import { ActionIcon, Button, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { ConditionEditor, GroupPicker, NumberField, PointsField } from '../../fields/index.ts';
import { TextInput } from '../../fields/inputs.tsx';
import styles from './account-models.module.css';
import { addGroup, addRule, changeGroup, changeRule, deleteGroup, deleteRule, type AccountModelEdit } from './edit.ts';

/** Points while something is true of the account, and the groups that limit them. */
export function AccountRules({ model, errors, onChange }: AccountModelEdit) {
  return (
    <section>
      <h2 className={styles.heading}>Rules about the account</h2>
      <Text size="sm" c="dimmed" mb="sm">
        Points while a field of the account is so: what its contacts said last. Account contacts is how many it has.
      </Text>
      {model.rules.map((rule, index) => (
        <div key={rule.id} className={styles.rule} role="group" aria-label={rule.name || 'Rule'}>
          <div className={styles.part}>
            <TextInput
              label="Name"
              value={rule.name}
              maxLength={200}
              onChange={(event) => onChange(changeRule(model, rule.id, { name: event.currentTarget.value }))}
              error={errors.at(`rules.${index}.name`)}
            />
            <PointsField
              label="Points"
              value={rule.points}
              // May be missing while they are typed; the schema says so.
              onChange={(points) => onChange(changeRule(model, rule.id, { points: points }))}
              error={errors.at(`rules.${index}.points`)}
            />
            <GroupPicker
              label="Group"
              model={model.id}
              groups={model.groups}
              value={rule.group}
              onChange={(group) => onChange(changeRule(model, rule.id, { group }))}
              error={errors.at(`rules.${index}.group`)}
            />
            <ActionIcon
              className={styles.bin}
              aria-label={`Delete ${rule.name}`}
              size={36}
              onClick={() => onChange(deleteRule(model, rule.id))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
          <ConditionEditor
            label="When"
            scope="account"
            required
            value={rule.when}
            onChange={(when) => onChange(changeRule(model, rule.id, { when: when }))} // Required, so the last row stays.
            errors={errors.under(`rules.${index}.when`)}
          />
        </div>
      ))}
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => onChange(addRule(model))}>
        Add rule
      </Button>
      {model.groups.length > 0 && <h3 className={styles.small}>Groups and their caps</h3>}
      {model.groups.map((group, index) => (
        <div key={group.id} className={styles.part} role="group" aria-label={`Group ${group.name}`}>
          <TextInput
            label="Name"
            value={group.name}
            maxLength={200}
            onChange={(event) => onChange(changeGroup(model, group.id, { name: event.currentTarget.value }))}
            error={errors.at(`groups.${index}.name`)}
          />
          <NumberField
            label="At most"
            placeholder="No cap"
            unit="points"
            unitWidth={58}
            min={0}
            value={group.cap}
            onChange={(cap) => onChange(changeGroup(model, group.id, { cap }))}
            error={errors.at(`groups.${index}.cap`)}
          />
          <ActionIcon
            className={styles.bin}
            aria-label={`Delete the group ${group.name}`}
            size={36}
            disabled={model.rules.some((rule) => rule.group === group.id)}
            onClick={() => onChange(deleteGroup(model, group.id))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      {model.groups.length > 0 && (
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => onChange(addGroup(model))}>
          Add group
        </Button>
      )}
    </section>
  );
}
