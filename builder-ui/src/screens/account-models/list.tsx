import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { DefinitionSummary } from '@ripen/shared';
import { useState } from 'react';
import { listedAccountModelsQuery } from '../../api/accounts.ts';
import { useMay } from '../../app/signed-in.ts';
import { StatusMark } from '../../ui/marks.tsx';
import { rows } from '../../ui/rows.tsx';
import { SheetMenu } from '../models/sheet-menu.tsx';
import styles from './account-models.module.css';
import { NewAccountModel } from './new-account-model.tsx';

/** Score models for accounts, below those for contacts that they stand on. */
export function AccountModels({ withArchived }: { withArchived: boolean }) {
  const models = useQuery(listedAccountModelsQuery).data ?? [];
  const mayWrite = useMay('definitions:write');
  const [making, setMaking] = useState(false);
  const ids = models.map(({ id }) => id);
  const shown = models
    .filter(({ status }) => withArchived || status !== 'archived')
    .toSorted((a, b) => Number(a.status === 'archived') - Number(b.status === 'archived'));
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
            <Row key={model.id} model={model} taken={ids} />
          ))}
        </ul>
      )}
      {making && <NewAccountModel taken={ids} onClose={() => setMaking(false)} />}
    </section>
  );
}

const words: Record<DefinitionSummary['status'], string> = {
  live: 'Live',
  draft: 'Draft',
  paused: 'Paused',
  archived: 'Archived',
};

function Row({ model, taken }: { model: DefinitionSummary; taken: readonly string[] }) {
  const navigate = useNavigate();
  return (
    <li className={`${rows.row} ${styles.row}`}>
      <div>
        <Link to="/account-models/$id" params={{ id: model.id }} className={rows.name}>
          {model.name || 'Without a name'}
        </Link>
        {model.draft && model.version !== null && <span className={rows.draft}>Unpublished changes</span>}
      </div>
      <StatusMark tone={model.status === 'live' ? 'good' : 'idle'}>{words[model.status]}</StatusMark>
      <div className={rows.menu}>
        <SheetMenu
          collection="account-models"
          sheet={model}
          taken={['compare', ...taken]}
          file="account-model"
          archived="No account has this score any more, and its bands go with it. Nothing changes for contacts."
          compare={(props) => (
            <Link
              to="/account-models/compare"
              search={{ a: model.version === null ? `${model.id}@draft` : model.id }}
              {...props}
            />
          )}
          onCopied={(id) => navigate({ to: '/account-models/$id', params: { id } })}
        />
      </div>
    </li>
  );
}
