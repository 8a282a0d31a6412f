import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { ConditionEditor } from '../fields/conditions/condition-editor.tsx';
import type { FieldErrors } from '../fields/errors.ts';
import { TextInput } from '../fields/inputs.tsx';
import { newBranchId } from './branch-id.ts';
import type { DraftSettings } from './node-view.ts';
import styles from './nodes.module.css';

type Branch = NonNullable<DraftSettings<'condition'>['branches']>[number];

const swapped = (branches: readonly Branch[], index: number, by: 1 | -1): Branch[] => {
  const [moved, other] = [branches[index], branches[index + by]];
  return moved && other ? branches.with(index + by, moved).with(index, other) : [...branches];
};

const most = 20;

/** The branches of a condition, asked in their order. */
export function BranchesPanel(given: {
  branches: readonly Branch[];
  onChange: (branches: Branch[]) => void;
  errors: FieldErrors;
}) {
  const { branches, onChange, errors } = given;
  const put = (index: number, change: Partial<Branch>): void =>
    onChange(branches.map((branch, at) => (at === index ? { ...branch, ...change } : branch)));
  const add = (): void => {
    const id = newBranchId(branches.map((branch) => branch.id));
    const when: Branch['when'] = { kind: 'field', field: '', is: { op: 'equals', value: '' } };
    onChange([...branches, { id, name: `Way ${branches.length + 1}`, when }]);
  };
  const several = branches.length > 1;
  return (
    <div className={styles.sections}>
      {branches.map((branch, index) => (
        <section key={branch.id} className={styles.section} aria-label={`Branch ${branch.name}`}>
          <div className={styles.line}>
            <TextInput
              className={styles.grow}
              label={several ? `Branch ${index + 1}` : 'Name of the branch'}
              value={branch.name}
              maxLength={200}
              onChange={({ currentTarget }) => put(index, { name: currentTarget.value })}
              error={errors.at(`${index}.name`)}
            />
            {several && (
              <>
                <ActionIcon
                  aria-label={`Ask ${branch.name} earlier`}
                  disabled={index === 0}
                  onClick={() => onChange(swapped(branches, index, -1))}
                >
                  <IconArrowUp size={16} aria-hidden="true" />
                </ActionIcon>
                <ActionIcon
                  aria-label={`Ask ${branch.name} later`}
                  disabled={index === branches.length - 1}
                  onClick={() => onChange(swapped(branches, index, 1))}
                >
                  <IconArrowDown size={16} aria-hidden="true" />
                </ActionIcon>
                <ActionIcon
                  aria-label={`Remove the branch ${branch.name}`}
                  onClick={() => onChange(branches.filter((_, at) => at !== index))}
                >
                  <IconTrash size={16} aria-hidden="true" />
                </ActionIcon>
              </>
            )}
          </div>
          <ConditionEditor
            label={`If, for ${branch.name}`}
            shownLabel="If"
            required
            value={branch.when}
            onChange={(when) => when && put(index, { when })}
            errors={errors.under(`${index}.when`)}
          />
        </section>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          disabled={branches.length >= most}
          onClick={add}
        >
          Add a branch
        </Button>
      </div>
      <p className={styles.help}>
        {several
          ? 'The first branch whose condition holds is taken; all others go by “Otherwise”.'
          : 'Who does not fit goes by the other way out.'}
      </p>
    </div>
  );
}
