import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { MaintenanceAction } from '@ripen/shared';
import type { FieldErrors, Names } from '../../fields/index.ts';
import { InputGroup } from '../../fields/inputs.tsx';
import { SettingsPanel } from '../../nodes/index.ts';
import { freshAction } from './fresh.ts';
import styles from './maintenance.module.css';

const kinds: readonly { value: MaintenanceAction['type']; label: string }[] = [
  { value: 'set_field', label: 'Set a field' },
  { value: 'add_label', label: 'Add a label' },
  { value: 'remove_label', label: 'Remove a label' },
];
const most = 20;

/** What is done to each contact, in order: the forms are those of the steps of automations that do the same. */
export function ActionFields(given: {
  actions: readonly MaintenanceAction[];
  onChange: (actions: MaintenanceAction[]) => void;
  names: Names;
  errors: FieldErrors;
  error: string | undefined;
}) {
  const { actions, onChange, names, errors } = given;
  const replace = (index: number, action: MaintenanceAction): void =>
    onChange(actions.map((other, place) => (place === index ? action : other)));
  return (
    <InputGroup label="What it does" aria-label="What it does" error={given.error} value={given.actions}>
      <ol className={styles.actions}>
        {actions.map((action, index) => {
          const { type, ...settings } = action;
          return (
            // Actions have no ids, and their order is what they are.
            <li key={index} className={styles.action}>
              <div className={styles.actionHead}>
                <Select
                  aria-label={`Action ${index + 1}`}
                  data={kinds}
                  value={type}
                  allowDeselect={false}
                  onChange={(next) => {
                    const kind = kinds.find(({ value }) => value === next);
                    if (kind && kind.value !== type) replace(index, freshAction(kind.value));
                  }}
                />
                {actions.length > 1 && (
                  <ActionIcon
                    aria-label={`Remove action ${index + 1}`}
                    onClick={() => onChange(actions.filter((_, place) => place !== index))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                )}
              </div>
              <SettingsPanel
                type={type}
                settings={settings}
                // The panel of a type hands back settings of that type.
                onChange={(next) => replace(index, { type, ...next } as MaintenanceAction)}
                errors={errors.under(String(index))}
                names={names}
              />
            </li>
          );
        })}
      </ol>
      {actions.length < most && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => onChange([...actions, freshAction('add_label')])}
        >
          Add an action
        </Button>
      )}
    </InputGroup>
  );
}
