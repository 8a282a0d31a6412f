import { Autocomplete, Select, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AutomationSummary, BulkAct } from '@ripen/shared';
import { useState } from 'react';
import { colleaguesQuery } from '../../api/organise.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { count } from '../../ui/words.ts';
import type { Offered } from './automation-row.tsx';

/** What is asked of one or several automations before it is done. */
interface Asked {
  automations: readonly AutomationSummary[];
  offered: Offered;
  busy: boolean;
  onClose: () => void;
  onAct: (act: BulkAct) => void;
}

const called = (automations: readonly AutomationSummary[]): string => {
  const [first, ...others] = automations;
  return first && others.length === 0 ? `“${first.name}”` : count(automations.length, 'automation');
};

/** What all of them have in common; null where they differ. */
const common = <Value,>(
  automations: readonly AutomationSummary[],
  of: (one: AutomationSummary) => Value,
): Value | null => {
  const values = new Set(automations.map(of));
  const [value] = values;
  return values.size === 1 && value !== undefined ? value : null;
};

export function FolderDialog(given: Asked) {
  const [folder, setFolder] = useState(common(given.automations, (one) => one.folder) ?? '');
  return (
    <FormDialog
      title={`Move ${called(given.automations)}`}
      act="Move"
      busy={given.busy}
      onClose={given.onClose}
      onSubmit={() => given.onAct({ kind: 'folder', folder: folder.trim() === '' ? null : folder.trim() })}
    >
      <Autocomplete
        label="Folder"
        description="Choose one or type a new name. Leave it empty for no folder."
        data={[...given.offered.folders]}
        value={folder}
        onChange={setFolder}
        maxLength={100}
        data-autofocus
      />
    </FormDialog>
  );
}

export function LabelsDialog(given: Asked) {
  const { automations } = given;
  const shared = automations[0]?.labels.filter((label) => automations.every((one) => one.labels.includes(label))) ?? [];
  const others = new Set(automations.flatMap(({ labels }) => labels).filter((label) => !shared.includes(label)));
  const [labels, setLabels] = useState<string[]>(shared);
  const add = labels.filter((label) => !shared.includes(label));
  const remove = shared.filter((label) => !labels.includes(label));
  return (
    <FormDialog
      title={`Label ${called(automations)}`}
      act="Save labels"
      busy={given.busy}
      disabled={add.length + remove.length === 0}
      onClose={given.onClose}
      onSubmit={() => given.onAct({ kind: 'labels', add, remove })}
    >
      <TagsInput
        label="Labels"
        description={
          others.size > 0
            ? `Those that all of them have. ${[...others].join(', ')} ${others.size === 1 ? 'stays' : 'stay'} on those that have ${others.size === 1 ? 'it' : 'them'}.`
            : 'Choose some, or type new ones and press Enter.'
        }
        data={[...given.offered.labels]}
        value={labels}
        onChange={setLabels}
        maxTags={20}
        acceptValueOnBlur
        data-autofocus
      />
    </FormDialog>
  );
}

export function OwnerDialog(given: Asked) {
  const colleagues = useQuery(colleaguesQuery).data ?? [];
  const [owner, setOwner] = useState(common(given.automations, (one) => one.owner?.id ?? null));
  return (
    <FormDialog
      title={`Owner of ${called(given.automations)}`}
      act="Save owner"
      busy={given.busy}
      onClose={given.onClose}
      onSubmit={() => given.onAct({ kind: 'owner', owner })}
    >
      <Select
        label="Owner"
        description="Whom to ask about it. It changes nothing of who may do what."
        placeholder="Nobody"
        data={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
        value={owner}
        onChange={setOwner}
        searchable
        clearable
        nothingFoundMessage="Nobody has that name."
        data-autofocus
      />
    </FormDialog>
  );
}
