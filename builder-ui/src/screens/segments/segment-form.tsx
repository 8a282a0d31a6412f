import { Textarea, TextInput } from '@mantine/core';
import type { Condition } from '@ripen/shared';
import { ConditionEditor } from '../../fields/conditions/condition-editor.tsx';
import type { FieldErrors } from '../../fields/errors.ts';

export interface Typed {
  name: string;
  description: string;
  when: Condition | undefined;
}

/** What there is to say about a segment. */
export function SegmentForm(given: {
  typed: Typed;
  onChange: (typed: Typed) => void;
  errors: FieldErrors;
  missing: { name: boolean; when: boolean };
}) {
  const { typed, onChange, missing } = given;
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={200}
        value={typed.name}
        error={missing.name ? 'Fill this in.' : undefined}
        onChange={(event) => onChange({ ...typed, name: event.currentTarget.value })}
      />
      <Textarea
        label="Description"
        placeholder="optional"
        autosize
        maxLength={2_000}
        value={typed.description}
        onChange={(event) => onChange({ ...typed, description: event.currentTarget.value })}
      />
      <ConditionEditor
        label="Who is in it"
        description="Everybody of whom this is true, as time passes."
        addLabel="Say who"
        scope="segment"
        value={typed.when}
        onChange={(when) => onChange({ ...typed, when })}
        errors={given.errors}
        error={missing.when ? 'Say who is in it.' : undefined}
      />
    </>
  );
}
