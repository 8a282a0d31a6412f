import { SegmentedControl, Stack, Input } from '@mantine/core';
import type { FieldValue } from '@ripen/shared';
import { IconForms } from '@tabler/icons-react';
import { valueWords } from '../fields/comparison-words.ts';
import { Select } from '../fields/inputs.tsx';
import { FieldPicker } from '../fields/known-pickers.tsx';
import { fieldKind, fieldWords, nameIn } from '../fields/names.ts';
import { ModelPicker } from '../fields/pickers.tsx';
import { ValueField } from '../fields/value-field.tsx';
import type { NodeView, PanelProps } from './node-view.ts';
import { usualModel } from './scoring.ts';

function Panel({ settings, onChange, errors, names }: PanelProps<'set_field'>) {
  const { field = '', to = { kind: 'value' as const, value: '' } } = settings;
  const inside = errors.under('to');
  return (
    <Stack gap="md">
      <FieldPicker
        label="Field"
        value={field}
        onChange={(next) => onChange({ ...settings, field: next })}
        error={errors.at('field')}
      />
      <Input.Wrapper label="Becomes" labelElement="div">
        <SegmentedControl
          fullWidth
          aria-label="What the field becomes"
          data={[
            { value: 'value', label: 'A value' },
            { value: 'score', label: 'A score' },
          ]}
          value={to.kind}
          onChange={(kind) =>
            onChange({
              ...settings,
              to: kind === 'score' ? { kind, model: usualModel(names), part: 'all' } : { kind: 'value', value: '' },
            })
          }
        />
      </Input.Wrapper>
      {to.kind === 'value' ? (
        <ValueField
          label="Value"
          description="Empty takes the value away."
          kind={fieldKind(names, field)}
          value={to.value}
          onChange={(value: FieldValue) => onChange({ ...settings, to: { kind: 'value', value } })}
          error={inside.within('value')}
        />
      ) : (
        <>
          <ModelPicker
            label="Score model"
            value={to.model}
            onChange={(model) => onChange({ ...settings, to: { ...to, model } })}
            error={inside.at('model') ?? errors.at('model')}
          />
          <Select
            label="Part"
            data={[
              { value: 'all', label: 'The whole score' },
              { value: 'behaviour', label: 'Only from behaviour' },
            ]}
            value={to.part}
            allowDeselect={false}
            onChange={(part) =>
              onChange({ ...settings, to: { ...to, part: part === 'behaviour' ? 'behaviour' : 'all' } })
            }
          />
        </>
      )}
    </Stack>
  );
}

export const setField: NodeView<'set_field'> = {
  type: 'set_field',
  family: 'stage',
  icon: IconForms,
  about: 'To a value, or to what a score is now',
  search: 'update property attribute write change copy score',
  fresh: () => ({ field: '', to: { kind: 'value', value: '' } }),
  summary: ({ field, to }, names) => {
    if (!field) return 'Choose a field';
    if (to?.kind === 'score') {
      const part = to.part === 'behaviour' ? ' from behaviour' : '';
      return `${fieldWords(names, field)} to the score of ${nameIn(names.models, to.model)}${part}`;
    }
    if (to?.value === null || to?.value === undefined || to.value === '')
      return `${fieldWords(names, field)} is emptied`;
    return `${fieldWords(names, field)} to ${Array.isArray(to.value) ? to.value.join(', ') : valueWords(to.value)}`;
  },
  Panel,
};
