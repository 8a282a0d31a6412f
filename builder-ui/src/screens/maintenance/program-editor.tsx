import { Alert, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { maintenanceProgramSchema, type MaintenanceProgram } from '@ripen/shared';
import { useState } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { applyDocument, idFromName } from '../../api/handoff.ts';
import { ConditionEditor, fieldErrors, schemaErrors, useNames } from '../../fields/index.ts';
import { Textarea, TextInput } from '../../fields/inputs.tsx';
import { TriedContext } from '../../fields/patience.ts';
import { OptionalScheduleField } from '../../fields/schedule-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sayDone } from '../../ui/say.ts';
import { ActionFields } from './action-fields.tsx';
import { freshProgram, withModel } from './fresh.ts';

/** What is wrong, each sentence once; null for what is no fault of what was typed. */
const refusalsIn = (error: unknown): string[] | null =>
  error instanceof ApiProblem && error.errors.length > 0
    ? [...new Set(error.errors.map(({ message }) => message))]
    : null;

/** A program, to be made or changed: in force as soon as it is saved. */
export function ProgramEditor(given: {
  program: MaintenanceProgram | null;
  taken: readonly string[];
  onClose: () => void;
}) {
  const { program, taken, onClose } = given;
  const client = useQueryClient();
  const names = useNames();
  const [typed, setTyped] = useState<MaintenanceProgram>(() => program ?? freshProgram());
  const [tried, setTried] = useState(false);
  const change = (changes: Partial<MaintenanceProgram>): void => setTyped((before) => ({ ...before, ...changes }));
  const { name, description = '', who, when, enabled } = typed;
  // Models are known a moment after the dialog opens.
  const actions = withModel(typed.actions, names.models[0]?.id);
  const about = description.trim();
  const document = {
    ...typed,
    actions,
    id: program?.id ?? idFromName(name, taken),
    name: name.trim(),
    description: about === '' ? undefined : about,
  };
  const wrong = schemaErrors(maintenanceProgramSchema, document);
  const errors = fieldErrors(wrong);
  const save = useMutation({
    mutationFn: () => applyDocument(document),
    onSuccess: () => {
      onClose();
      sayDone(`“${document.name}” is in force.`);
      void client.invalidateQueries({ queryKey: ['definitions+jobs', 'list'] });
    },
  });
  const refused = refusalsIn(save.error);
  return (
    <TriedContext value={tried}>
      <FormDialog
        title={program ? `Change “${program.name}”` : 'New maintenance program'}
        act={program ? 'Save' : 'Add'}
        size="lg"
        busy={save.isPending}
        error={refused ? undefined : save.error}
        onClose={onClose}
        onSubmit={() => {
          setTried(true);
          if (wrong.length === 0) save.mutate();
        }}
      >
        <TextInput
          label="Name"
          required
          data-autofocus
          maxLength={200}
          value={name}
          error={errors.at('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Textarea
          label="Description"
          placeholder="optional"
          autosize
          maxLength={2_000}
          value={description}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
        <ConditionEditor
          label="Whom it is about"
          description={
            who ? 'As they are at the moment of each run.' : 'Everybody, unless you say whom: a segment, say.'
          }
          addLabel="Say whom"
          scope="segment"
          value={who}
          onChange={(next) => change({ who: next })}
          errors={errors.under('who')}
        />
        <ActionFields
          actions={actions}
          onChange={(next) => change({ actions: next })}
          names={names}
          errors={errors.under('actions')}
          error={errors.at('actions')}
        />
        <OptionalScheduleField when={when} onChange={(next) => change({ when: next })} errors={errors.under('when')} />
        {when && (
          <Switch
            label="Run on schedule"
            description="Switched off, it runs when you say so."
            checked={enabled}
            onChange={(event) => change({ enabled: event.currentTarget.checked })}
          />
        )}
        {refused && (
          <Alert color="tomato" role="alert" title="It could not be saved">
            {refused.map((sentence) => (
              <div key={sentence}>{sentence}</div>
            ))}
          </Alert>
        )}
      </FormDialog>
    </TriedContext>
  );
}
