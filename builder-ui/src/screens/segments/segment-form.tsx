import { ConditionEditor } from '../../fields/conditions/condition-editor.tsx';
import { fieldErrors } from '../../fields/errors.ts';
import { Textarea, TextInput } from '../../fields/inputs.tsx';
import type { SegmentProblem } from './problems.ts';
import type { DraftSegment } from './read-segment.ts';
import styles from './segments.module.css';

/** What there is to say about a segment. */
export function SegmentForm({
  segment,
  onChange,
  problems,
}: {
  segment: DraftSegment;
  onChange: (segment: DraftSegment) => void;
  problems: readonly SegmentProblem[];
}) {
  const errors = fieldErrors(problems.map(({ path, message, hint }) => ({ path, message: hint ?? message })));
  return (
    <div className={styles.form}>
      <TextInput
        label="Name"
        required
        maxLength={200}
        value={segment.name}
        error={errors.at('name')}
        onChange={(event) => onChange({ ...segment, name: event.currentTarget.value })}
      />
      <Textarea
        label="Description"
        placeholder="optional"
        autosize
        maxLength={2_000}
        value={segment.description ?? ''}
        onChange={(event) => onChange({ ...segment, description: event.currentTarget.value || undefined })}
      />
      <ConditionEditor
        label="Who is in it"
        description="Everybody of whom this is true, as time passes."
        addLabel="Say who"
        scope="segment"
        value={segment.when}
        onChange={(when) => onChange({ ...segment, when })}
        errors={errors.under('when')}
        error={errors.at('when')}
      />
    </div>
  );
}
