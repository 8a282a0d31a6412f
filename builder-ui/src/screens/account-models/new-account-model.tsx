import { useNavigate } from '@tanstack/react-router';
import type { AccountModel, DefinitionSummary } from '@ripen/shared';
import { api } from '../../api/client.ts';
import { useNames } from '../../fields/use-names.ts';
import { NewSheet } from '../models/new-sheet.tsx';
import { readAccountModelFile, starterAccountModel } from './read-account-model.ts';

/** Asks for a name and how to begin; the model is a draft then. */
export function NewAccountModel({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const navigate = useNavigate();
  const { lifecycleModel } = useNames();
  /** Of the model by which contacts move through their stages, if it is in force; else of another. */
  const fromContacts = async (id: string, name: string): Promise<AccountModel> => {
    const { items } = await api.get<{ items: DefinitionSummary[] }>('/api/models');
    const live = items.filter(({ status }) => status === 'live');
    const model = live.find((each) => each.id === lifecycleModel) ?? live[0];
    return starterAccountModel(id, name, model?.id ?? null);
  };
  return (
    <NewSheet
      title="New score model for accounts"
      collection="account-models"
      beginnings={[
        {
          label: 'Its contacts',
          description: 'The sum of what the account’s contacts score.',
          begin: fromContacts,
        },
      ]}
      fileHint="A model for accounts that was downloaded as JSON."
      readFile={readAccountModelFile}
      taken={taken}
      onMade={(id) => navigate({ to: '/account-models/$id', params: { id } })}
      onClose={onClose}
    />
  );
}
