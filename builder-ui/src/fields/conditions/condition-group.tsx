import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Condition } from '@ripen/shared';
import { useRef, type ComponentType } from 'react';
import type { FieldErrors } from '../errors.ts';
import { useNames } from '../use-names.ts';
import { ConditionRow } from './condition-row.tsx';
import styles from './conditions.module.css';
import type { ConditionEditorProps } from './editor-props.ts';
import { freshLeaf, leafKinds, type Scope } from './kinds.ts';
import { conditionOf, groupOf, type Group, type Mode } from './tree.ts';
import { firstInput, useFocusAfter } from './use-focus-after.ts';

const modeWords: Record<Mode, string> = {
  all: 'All of these',
  any: 'Any of these',
  none: 'None of these',
  not_all: 'Not all of these',
};
const joints: Record<Mode, string> = { all: 'and', any: 'or', none: 'or', not_all: 'and' };

/** Deeper groups are shown, but not offered: nobody reads them. */
const mostOffered = 3;

const itemsOf = (group: HTMLElement): Element[] => [...group.querySelectorAll(':scope > [data-item]')];

/** Rows that go together, and groups among them. */
export function ConditionGroup(given: {
  group: Group;
  /** No rows left: an empty list. */
  onChange: (mode: Mode, of: readonly Condition[]) => void;
  /** Whether the last row may go. */
  mayEmpty: boolean;
  scope: Scope;
  event: string | null;
  errors: FieldErrors;
  depth: number;
  name: string;
  Inner: ComponentType<ConditionEditorProps>;
}) {
  const { group, onChange, mayEmpty, scope, event, depth, Inner } = given;
  const { mode, of } = group;
  const names = useNames();
  const put = (index: number, next: Condition): void => onChange(mode, of.with(index, next));
  const root = useRef<HTMLDivElement>(null);
  const focusAfter = useFocusAfter(root);
  const drop = (index: number): void => {
    focusAfter((within) => firstInput(itemsOf(within)[Math.min(index, of.length - 2)]));
    onChange(mode, of.toSpliced(index, 1));
  };
  const add = (next: Condition): void => {
    focusAfter((within) => firstInput(itemsOf(within).at(-1)));
    onChange(mode, [...of, next]);
  };
  const fresh = (): Condition =>
    freshLeaf(leafKinds(scope)[0] ?? 'field', { model: names.models[0]?.id ?? '', stage: names.stages[0]?.id ?? '' });
  const errors = group.path === '' ? given.errors : given.errors.under(group.path);
  const errorsOf = (index: number): FieldErrors => (group.path === '' ? errors : errors.under(String(index)));
  const showsMode = of.length > 1 || depth > 0 || mode !== 'all';
  const wrong = group.path === '' ? undefined : given.errors.at('');
  return (
    <div ref={root} className={styles.group} data-depth={depth} role="group" aria-label={given.name}>
      {showsMode && (
        <Select
          aria-label={`${given.name}: how they go together`}
          className={styles.mode}
          size="xs"
          data={Object.entries(modeWords).map(([value, label]) => ({ value, label }))}
          value={mode}
          allowDeselect={false}
          onChange={(next) => next !== null && onChange(next as Mode, of)} // One of the data above.
        />
      )}
      {of.map((each, index) => {
        const inner = groupOf(each);
        const removable = mayEmpty || of.length > 1;
        return (
          // Rows have no ids of their own; they are controlled, so their places serve.
          <div key={index} className={styles.item} data-item>
            {index > 0 && <span className={styles.joint}>{joints[mode]}</span>}
            {inner ? (
              <ConditionGroup
                group={inner}
                onChange={(nextMode, next) =>
                  next.length === 0 ? drop(index) : put(index, conditionOf(nextMode, next))
                }
                mayEmpty={removable}
                scope={scope}
                event={event}
                errors={errorsOf(index)}
                depth={depth + 1}
                name={`Group ${index + 1}`}
                Inner={Inner}
              />
            ) : (
              <ConditionRow
                value={each}
                onChange={(next) => put(index, next)}
                onRemove={removable ? () => drop(index) : undefined}
                scope={scope}
                event={event}
                errors={errorsOf(index)}
                name={`Condition ${index + 1}`}
                Inner={Inner}
              />
            )}
          </div>
        );
      })}
      {wrong && <p className={styles.wrong}>{wrong}</p>}
      <div className={styles.adds}>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => add(fresh())}
        >
          Add condition
        </Button>
        {depth + 1 < mostOffered && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => add({ kind: mode === 'all' ? 'any' : 'all', of: [fresh(), fresh()] })}
          >
            Add group
          </Button>
        )}
      </div>
    </div>
  );
}
