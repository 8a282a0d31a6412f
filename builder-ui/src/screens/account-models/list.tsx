import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { DefinitionSummary } from '@ripen/shared';
import { useState } from 'react';
import { listedAccountModelsQuery } from '../../api/accounts.ts';
import { api } from '../../api/client.ts';
import { idFromName } from '../../api/handoff.ts';
import { useMay } from '../../app/signed-in.ts';
import { useNames } from '../../fields/use-names.ts';
import { StatusMark } from '../../ui/marks.tsx';
import { NameDialog } from '../../ui/name-dialog.tsx';
import { rows } from '../../ui/rows.tsx';
import styles from './account-models.module.css';
import { starterAccountModel } from './read-account-model.ts';

/** Score models for accounts, below those for contacts that they stand on. */
export function AccountModels() {
  const models = useQuery(listedAccountModelsQuery).data ?? [];
  const mayWrite = useMay('definitions:write');
  const [making, setMaking] = useState(false);
  const shown = models.filter(({ status }) => status !== 'archived');
  return (
    <section className={styles.list} aria-label="Score models for accounts">
      <div className={styles.listHead}>
        <h2 className={styles.heading}>For accounts</h2>
        {mayWrite && (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
            New model for accounts
          </Button>
        )}
      </div>
      {shown.length > 0 && (
        <ul className={rows.list}>
          {shown.map((model) => (
            <Row key={model.id} model={model} />
          ))}
        </ul>
      )}
      {making && <NewAccountModel taken={models.map(({ id }) => id)} onClose={() => setMaking(false)} />}
    </section>
  );
}

function Row({ model }: { model: DefinitionSummary }) {
  const isLive = model.status === 'live';
  return (
    <li className={`${rows.row} ${styles.row}`}>
      <div>
        <Link to="/account-models/$id" params={{ id: model.id }} className={rows.name}>
          {model.name || 'Without a name'}
        </Link>
        {model.draft && model.version !== null && <span className={rows.draft}>Unpublished changes</span>}
      </div>
      <StatusMark tone={isLive ? 'good' : 'idle'}>{isLive ? 'Live' : 'Draft'}</StatusMark>
    </li>
  );
}

function NewAccountModel({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { lifecycleModel } = useNames();
  return (
    <NameDialog
      title="New score model for accounts"
      act="Make the model"
      description="It begins as the sum of what the account’s contacts score."
      onClose={onClose}
      make={async (name) => {
        const id = idFromName(name, taken);
        const { items } = await api.get<{ items: DefinitionSummary[] }>('/api/models');
        const live = items.filter(({ status }) => status === 'live');
        const model = live.find((each) => each.id === lifecycleModel) ?? live[0];
        const document = starterAccountModel(id, name, model?.id ?? null);
        await api.put(`/api/account-models/${id}/draft`, { document, edition: null });
        await client.invalidateQueries({ queryKey: ['definitions', 'list'] });
        await navigate({ to: '/account-models/$id', params: { id } });
      }}
    />
  );
}
