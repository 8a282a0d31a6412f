import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { FieldErrors } from '../fields/errors.ts';
import { TextInput } from '../fields/inputs.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { number } from '../ui/words.ts';
import { newBranchId } from './branch-id.ts';
import type { DraftSettings } from './node-view.ts';
import styles from './nodes.module.css';
import { evenShares, sumOfShares } from './shares.ts';

type Share = NonNullable<DraftSettings<'random_split'>['branches']>[number];

const most = 20;
const fewest = 2;

const evened = (branches: readonly Share[]): Share[] => {
  const shares = evenShares(branches.length);
  return branches.map((branch, index) => ({ ...branch, percent: shares[index] ?? 0 }));
};

/** The ways of a random split, and the share of each. */
export function SharesPanel(given: {
  branches: readonly Share[];
  onChange: (branches: Share[]) => void;
  errors: FieldErrors;
}) {
  const { branches, onChange, errors } = given;
  const put = (index: number, change: Partial<Share>): void =>
    onChange(branches.map((branch, at) => (at === index ? { ...branch, ...change } : branch)));
  const add = (): void => {
    const id = newBranchId(branches.map((branch) => branch.id));
    onChange(evened([...branches, { id, name: String.fromCharCode(65 + branches.length), percent: 0 }]));
  };
  const sum = sumOfShares(branches.map(({ percent }) => percent));
  return (
    <div className={styles.sections}>
      {branches.map((branch, index) => (
        <div key={branch.id} className={styles.line} role="group" aria-label={`Way ${branch.name}`}>
          <TextInput
            className={styles.grow}
            label={index === 0 ? 'Way' : undefined}
            aria-label={`Name of way ${index + 1}`}
            value={branch.name}
            maxLength={200}
            onChange={({ currentTarget }) => put(index, { name: currentTarget.value })}
            error={errors.at(`${index}.name`)}
          />
          <div className={styles.share}>
            <NumberField
              label={index === 0 ? 'Share' : undefined}
              aria-label={`Share of ${branch.name}`}
              unit="%"
              unitWidth={32}
              min={0}
              step={5}
              value={branch.percent}
              onChange={(percent) => put(index, { percent })}
              error={errors.at(`${index}.percent`)}
            />
          </div>
          <ActionIcon
            aria-label={`Remove the way ${branch.name}`}
            disabled={branches.length <= fewest}
            onClick={() => onChange(branches.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <p className={sum === 100 ? styles.help : styles.wrong} role="status">
        {sum === 100
          ? 'Together 100%. A contact always takes the same way.'
          : `Together ${number(sum)}%: ${sum < 100 ? `${number(100 - sum)}% are missing` : `${number(sum - 100)}% too much`}.`}
      </p>
      <div className={styles.line}>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          disabled={branches.length >= most}
          onClick={add}
        >
          Add a way
        </Button>
        <Button variant="subtle" size="xs" onClick={() => onChange(evened(branches))}>
          Same share for each
        </Button>
      </div>
    </div>
  );
}
