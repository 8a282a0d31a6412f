import { useMutation, useQueryClient } from '@tanstack/react-query';
import { passiveEventTypes, type Catalogue } from '@ripen/shared';
import { useState } from 'react';
import { applyDocument } from '../../api/handoff.ts';
import { EventPicker, nameIn, useNames } from '../../fields/index.ts';
import { FieldPicker } from '../../fields/known-pickers.tsx';
import { pathWords } from '../../fields/names.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

/** Describes a field or an event type before any of it came: it is in the catalogue then, to be filled in. */
export function NewThing(given: {
  tab: 'fields' | 'events';
  catalogue: Catalogue;
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const { tab, catalogue } = given;
  const names = useNames();
  const client = useQueryClient();
  const [id, setId] = useState('');
  const isThere =
    tab === 'fields'
      ? catalogue.fields.some(({ path }) => path === id)
      : catalogue.eventTypes.some((type) => type.id === id);
  const make = useMutation({
    mutationFn: async () => {
      if (!isThere) {
        await applyDocument(
          tab === 'fields'
            ? { kind: 'field', id, name: pathWords(id), deleted: false }
            : { kind: 'event_type', id, name: nameIn(names.eventTypes, id), activity: !passiveEventTypes.includes(id) },
        );
        await client.invalidateQueries({ queryKey: ['definitions', 'list'] });
      }
      given.onMade(id);
    },
  });
  return (
    <FormDialog
      title={tab === 'fields' ? 'Add a field' : 'Add an event type'}
      act={isThere ? 'Open it' : 'Add it'}
      busy={make.isPending}
      disabled={id === ''}
      error={make.error}
      onClose={given.onClose}
      onSubmit={make.mutate}
    >
      {tab === 'fields' ? (
        <FieldPicker
          label="Field"
          description="As events bring it: jobTitle, address.city. Rules and conditions can use it before it comes."
          value={id}
          onChange={setId}
        />
      ) : (
        <EventPicker
          label="Event type"
          description="As it is sent: Demo Requested. Its name, and how scanners are told from people, can be set before it comes."
          value={id}
          onChange={setId}
        />
      )}
    </FormDialog>
  );
}
