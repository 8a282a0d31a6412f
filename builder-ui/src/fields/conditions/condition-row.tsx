import { ActionIcon, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Condition } from '@ripen/shared';
import type { ComponentType } from 'react';
import type { FieldErrors } from '../errors.ts';
import { FieldPicker, LabelPicker, PropertyPicker } from '../known-pickers.tsx';
import { fieldKind, pathWords, propertyKind } from '../names.ts';
import { SegmentPicker } from '../pickers.tsx';
import { useNames } from '../use-names.ts';
import { BandEditor } from './band-editor.tsx';
import { ComparisonEditor } from './comparison-editor.tsx';
import styles from './conditions.module.css';
import type { ConditionEditorProps } from './editor-props.ts';
import { freshLeaf, leafKinds, leafWords, type LeafKind, type Scope } from './kinds.ts';
import { PerformedEditor } from './performed-editor.tsx';
import { ScoreEditor } from './score-editor.tsx';
import { StageEditor } from './stage-editor.tsx';
import { rowOf } from './tree.ts';

interface Given {
  value: Condition;
  onChange: (value: Condition) => void;
  onRemove: (() => void) | undefined;
  scope: Scope;
  event: string | null;
  errors: FieldErrors;
  name: string;
  Inner: ComponentType<ConditionEditorProps>;
}

/** One condition: what it is about, and what must be so. */
export function ConditionRow(given: Given) {
  const { value, onChange, onRemove, scope, name } = given;
  const names = useNames();
  const row = rowOf(value);
  const kinds = leafKinds(scope);
  const kind = row.condition.kind as LeafKind; // Groups have their own component.
  const data = (kinds.includes(kind) ? kinds : [...kinds, kind]).map((each) => ({
    value: each,
    label: leafWords[each],
  }));
  const start = { model: names.lifecycleModel ?? names.models[0]?.id ?? '', stage: names.stages[0]?.id ?? '' };
  const wrong = kind === 'score' ? undefined : given.errors.at('');
  return (
    <div className={styles.row} role="group" aria-label={name}>
      <div className={styles.parts}>
        <Select
          size="xs"
          aria-label="What it is about"
          data={data}
          value={kind}
          allowDeselect={false}
          onChange={(next) => next !== null && next !== kind && onChange(freshLeaf(next, start))}
        />
        <Parts {...given} />
      </div>
      {onRemove && (
        <ActionIcon aria-label={`Remove ${name.toLowerCase()}`} onClick={onRemove} className={styles.remove}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      )}
      {wrong && <p className={styles.wrong}>{wrong}</p>}
    </div>
  );
}

function Parts({ value, onChange, event, errors: all, Inner }: Given) {
  const names = useNames();
  const { condition, negated, path } = rowOf(value);
  const errors = path === '' ? all : all.under(path);
  switch (condition.kind) {
    case 'field': {
      const { field } = condition;
      return (
        <>
          <FieldPicker
            size="xs"
            aria-label="Field"
            value={field}
            onChange={(next) => onChange({ ...condition, field: next })}
            error={errors.at('field')}
          />
          <ComparisonEditor
            of={field ? pathWords(field) : 'Field'}
            kind={fieldKind(names, field)}
            is={condition.is}
            onChange={(is) => onChange({ ...condition, is })}
            errors={errors.under('is')}
          />
        </>
      );
    }
    case 'property': {
      const { property } = condition;
      return (
        <>
          <PropertyPicker
            size="xs"
            aria-label="Property of the event"
            event={event}
            value={property}
            onChange={(next) => onChange({ ...condition, property: next })}
            error={errors.at('property')}
          />
          <ComparisonEditor
            of={property ? pathWords(property) : 'Property'}
            kind={propertyKind(names, event, property)}
            is={condition.is}
            onChange={(is) => onChange({ ...condition, is })}
            errors={errors.under('is')}
          />
        </>
      );
    }
    case 'performed':
      return <PerformedEditor value={condition} onChange={onChange} errors={errors} Inner={Inner} />;
    case 'score':
      return <ScoreEditor value={condition} onChange={onChange} errors={errors} />;
    case 'band':
      return <BandEditor value={condition} negated={negated} onChange={onChange} errors={errors} />;
    case 'stage':
      return (
        <StageEditor
          stages={condition.in}
          negated={negated}
          onChange={(stages, not) => {
            const next: Condition = { kind: 'stage', in: stages };
            onChange(not ? { kind: 'not', of: next } : next);
          }}
          errors={errors}
        />
      );
    case 'label': {
      const change = (label: string, not: boolean): void => {
        const next: Condition = { kind: 'label', label };
        onChange(not ? { kind: 'not', of: next } : next);
      };
      return (
        <>
          <Select
            size="xs"
            aria-label="Label: how it compares"
            data={[
              { value: 'is', label: 'has' },
              { value: 'not', label: 'does not have' },
            ]}
            value={negated ? 'not' : 'is'}
            allowDeselect={false}
            onChange={(next) => change(condition.label, next === 'not')}
          />
          <LabelPicker
            size="xs"
            aria-label="Label"
            value={condition.label}
            onChange={(label) => change(label, negated)}
            error={errors.at('label')}
          />
        </>
      );
    }
    case 'segment': {
      const change = (segment: string, not: boolean): void => {
        const next: Condition = { kind: 'segment', segment };
        onChange(not ? { kind: 'not', of: next } : next);
      };
      return (
        <>
          <Select
            size="xs"
            aria-label="Segment: how it compares"
            data={[
              { value: 'is', label: 'is in' },
              { value: 'not', label: 'is not in' },
            ]}
            value={negated ? 'not' : 'is'}
            allowDeselect={false}
            onChange={(next) => change(condition.segment, next === 'not')}
          />
          <SegmentPicker
            size="xs"
            aria-label="Segment"
            value={condition.segment}
            onChange={(segment) => change(segment, negated)}
            error={errors.at('segment')}
          />
        </>
      );
    }
    // Groups have their own component.
    case 'all':
    case 'any':
    case 'not':
      return null;
  }
}
