import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Group as ScoreGroup } from '@ripen/shared';
import { useState } from 'react';
import { NumberField } from '../../../fields/index.ts';
import { Select, TextInput } from '../../../fields/inputs.tsx';
import { Sure } from '../../../ui/sure.tsx';
import { count } from '../../../ui/words.ts';
import { addGroup, changeGroup, deleteGroup } from '../edit.ts';
import type { ModelEdit } from '../model-edit.ts';
import styles from '../model.module.css';
import { errorsUnder } from '../problems.ts';

const kinds = [
  { value: 'profile', label: 'Who they are' },
  { value: 'behaviour', label: 'What they do' },
];

const itsRules = (rules: number): string => (rules === 1 ? 'Its rule' : `Its ${count(rules, 'rule')}`);

/** The groups of a model, and how many points each can give at most. */
export function Groups({ model, problems, onChange, readOnly }: ModelEdit) {
  const [deleting, setDeleting] = useState<ScoreGroup | null>(null);
  const errors = errorsUnder(problems, 'groups');
  const rulesIn = (id: string): number => model.rules.filter(({ group }) => group === id).length;
  const heirOf = (group: ScoreGroup): ScoreGroup | undefined =>
    model.groups.find(({ id, kind }) => id !== group.id && kind === group.kind);
  const remove = (id: string): void => {
    onChange(deleteGroup(model, id));
    setDeleting(null);
  };
  return (
    <fieldset disabled={readOnly} className={styles.section}>
      <Text size="sm" c="dimmed" px={{ base: 'md', sm: 'lg' }} pt="lg" maw={640}>
        Rules of a group add up, to its cap at most. Points of automations go into the group that their step names, else
        into a group of their own without a cap.
      </Text>
      <div>
        <div className={`${styles.groupRow} ${styles.groupHead}`} aria-hidden="true">
          <span>Group</span>
          <span>Its points are for</span>
          <span>Gives at most</span>
          <span>Holds</span>
        </div>
        {model.groups.map((group, index) => (
          <div key={group.id} className={styles.groupRow} role="group" aria-label={group.name || 'Group'}>
            <TextInput
              aria-label="Name of the group"
              value={group.name}
              maxLength={200}
              onChange={(event) => onChange(changeGroup(model, group.id, { name: event.currentTarget.value }))}
              error={errors.at(`${index}.name`)}
            />
            {rulesIn(group.id) > 0 ? (
              // Its rules are of the same kind.
              <span className={styles.groupRules}>{kinds.find(({ value }) => value === group.kind)?.label}</span>
            ) : (
              <Select
                aria-label={`Kind of ${group.name}`}
                data={kinds}
                value={group.kind}
                allowDeselect={false}
                onChange={(kind) =>
                  onChange(changeGroup(model, group.id, { kind: kind === 'profile' ? 'profile' : 'behaviour' }))
                }
              />
            )}
            <NumberField
              aria-label={`Cap of ${group.name}`}
              placeholder="No cap"
              unit="points"
              unitWidth={58}
              min={0}
              value={group.cap}
              onChange={(cap) => onChange(changeGroup(model, group.id, { cap }))}
              error={errors.at(`${index}.cap`)}
            />
            <span className={styles.groupCount}>{count(rulesIn(group.id), 'rule')}</span>
            <ActionIcon
              aria-label={`Delete ${group.name}`}
              size={36}
              onClick={() => (rulesIn(group.id) === 0 ? remove(group.id) : setDeleting(group))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        ))}
      </div>
      {!readOnly && (
        <Group px={{ base: 'md', sm: 'lg' }} pb="lg" gap="xs">
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => onChange(addGroup(model, 'behaviour').model)}
          >
            Add group
          </Button>
        </Group>
      )}
      <Sure
        opened={deleting !== null}
        title={`Delete the group “${deleting?.name}”`}
        act="Delete group"
        danger
        busy={false}
        onClose={() => setDeleting(null)}
        onAct={() => deleting && remove(deleting.id)}
      >
        <Text>
          {deleting &&
            (heirOf(deleting)
              ? `${itsRules(rulesIn(deleting.id))} ${rulesIn(deleting.id) === 1 ? 'moves' : 'move'} to “${heirOf(deleting)?.name}”.`
              : `${itsRules(rulesIn(deleting.id))} ${rulesIn(deleting.id) === 1 ? 'goes' : 'go'} with it: there is no other group of its kind.`)}
        </Text>
      </Sure>
    </fieldset>
  );
}
