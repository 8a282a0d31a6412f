import { Button, SegmentedControl, Select, Text } from '@mantine/core';
import { IconPlusMinus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContactDetail } from '@ripen/shared';
import { adjustScore } from '../../../api/contacts.ts';
import { PointsField } from '../../../fields/index.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Points } from '../../../ui/marks.tsx';
import { ReasonField } from '../../../ui/reason-field.tsx';
import { sayDone, sayFailed } from '../../../ui/say.ts';

/** Points given or taken by a person, who says why. */
export function AdjustScore({ contact }: { contact: ContactDetail }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlusMinus size={16} />} onClick={() => setOpen(true)}>
        Adjust score
      </Button>
      {open && <AdjustDialog contact={contact} onClose={() => setOpen(false)} />}
    </>
  );
}

function AdjustDialog({ contact, onClose }: { contact: ContactDetail; onClose: () => void }) {
  const [model, setModel] = useState(contact.scores[0]?.model ?? '');
  const [how, setHow] = useState<'points' | 'setTo'>('points');
  const [value, setValue] = useState<number | undefined>(undefined);
  const [reason, setReason] = useState('');
  const score = contact.scores.find((each) => each.model === model)?.score ?? 0;
  const change = value === undefined ? 0 : how === 'points' ? value : value - score;
  const ready = value !== undefined && reason.trim() !== '' && (how === 'setTo' || value !== 0);
  const adjust = useMutation({
    mutationFn: () => adjustScore(contact.id, { model, reason: reason.trim(), [how]: value }),
    onSuccess: () => {
      sayDone(`The score of ${contact.name} is adjusted.`);
      onClose();
    },
    onError: (error) => sayFailed('The score was not adjusted', error),
  });
  return (
    <FormDialog
      title={`Adjust the score of ${contact.name}`}
      act="Adjust score"
      busy={adjust.isPending}
      disabled={!ready}
      onClose={onClose}
      onSubmit={adjust.mutate}
    >
      {contact.scores.length > 1 && (
        <Select
          label="Score"
          allowDeselect={false}
          value={model}
          onChange={(next) => setModel(next ?? model)}
          data={contact.scores.map(({ model: id, name }) => ({ value: id, label: name }))}
        />
      )}
      <SegmentedControl
        aria-label="How"
        value={how}
        onChange={(next) => setHow(next === 'setTo' ? 'setTo' : 'points')}
        data={[
          { value: 'points', label: 'Add or take points' },
          { value: 'setTo', label: 'Set the score' },
        ]}
      />
      <PointsField label={how === 'points' ? 'Points, negative to take' : 'Score'} value={value} onChange={setValue} />
      <ReasonField value={reason} onChange={setReason} />
      <Text size="sm" c="dimmed">
        {change === 0 ? 'Nothing changes yet.' : <Points value={change} />} It neither fades nor expires; a reset of the
        score takes it. Reason and name stand beside it.
      </Text>
    </FormDialog>
  );
}
