import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { noErrors } from '../errors.ts';
import { InputGroup } from '../inputs.tsx';
import { useNames } from '../use-names.ts';
import { ConditionGroup } from './condition-group.tsx';
import type { ConditionEditorProps } from './editor-props.ts';
import { freshLeaf, leafKinds } from './kinds.ts';
import { rootCondition, rootOf } from './tree.ts';
import { firstInput, useFocusAfter } from './use-focus-after.ts';

/**
 * A condition: rows and groups of rows. `scope` says what it may look at: `profile` for fields, labels and stages;
 * `event` for those and the event's properties; `automation` for everything. Undefined means no condition; with `required`
 * the last row stays.
 */
export function ConditionEditor(given: ConditionEditorProps) {
  const { value, onChange, scope = 'automation', event = null, required = false, label = 'Conditions' } = given;
  const names = useNames();
  const start = { model: names.models[0]?.id ?? '', stage: names.stages[0]?.id ?? '' };
  const root = useRef<HTMLDivElement>(null);
  const focusAfter = useFocusAfter(root);
  return (
    <InputGroup
      ref={root}
      label={given.shownLabel ?? given.label}
      description={given.description}
      error={given.error}
      value={value}
      aria-label={label}
    >
      {value === undefined ? (
        <div>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => {
              focusAfter(firstInput);
              onChange(freshLeaf(leafKinds(scope)[0] ?? 'field', start));
            }}
          >
            {given.addLabel ?? 'Add a condition'}
          </Button>
        </div>
      ) : (
        <ConditionGroup
          group={rootOf(value)}
          onChange={(mode, of) => {
            if (of.length === 0) focusAfter((within) => within.querySelector('button'));
            onChange(rootCondition(mode, of));
          }}
          mayEmpty={!required}
          scope={scope}
          event={event}
          errors={given.errors ?? noErrors}
          depth={0}
          name={label}
          Inner={ConditionEditor}
        />
      )}
    </InputGroup>
  );
}
