import { Button, Switch } from '@mantine/core';
import { IconPlus, IconTargetArrow, IconTemplate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { listedAccountModelsQuery } from '../../api/accounts.ts';
import { useMay } from '../../app/signed-in.ts';
import { RebuildStatus } from '../../drafts/index.ts';
import { Page } from '../../ui/page.tsx';
import { rows } from '../../ui/rows.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { count } from '../../ui/words.ts';
import { AccountModels } from '../account-models/list.tsx';
import { modelsQuery } from './model-list.ts';
import { ModelRow } from './model-row.tsx';
import { NewModel } from './new-model.tsx';
import { Gallery } from './templates/gallery.tsx';

const route = getRouteApi('/inside/models');
/** In the address: that all templates are shown, none of them chosen. */
const allTemplates = 'all';

/** All score models. */
export function ModelsScreen() {
  const query = useQuery(modelsQuery);
  const mayWrite = useMay('definitions:write');
  const [making, setMaking] = useState(false);
  const [withArchived, setWithArchived] = useState(false);
  const { template } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: string | undefined): void => void navigate({ search: { template: next } });
  const ids = query.data?.map(({ id }) => id) ?? [];
  const live = query.data?.filter(({ status }) => status === 'live').length;
  const ofAccounts = useQuery(listedAccountModelsQuery).data;
  const archived = [...(query.data ?? []), ...(ofAccounts ?? [])].filter(({ status }) => status === 'archived').length;
  const add = mayWrite && (
    <>
      <Button variant="default" leftSection={<IconTemplate size={16} />} onClick={() => show(allTemplates)}>
        Start from a template
      </Button>
      <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
        New score model
      </Button>
    </>
  );
  return (
    <Page
      title="Score models"
      sub={live === undefined ? undefined : `${count(live, 'model')} live`}
      acts={
        <>
          {archived > 0 && (
            <Switch
              label={`Show archived (${archived})`}
              checked={withArchived}
              onChange={(event) => setWithArchived(event.currentTarget.checked)}
            />
          )}
          {ids.length > 0 && add}
        </>
      }
    >
      <RebuildStatus enabled={mayWrite} />
      <QueryView query={query} loading={<LoadingRows rows={4} height={64} />}>
        {(models) =>
          models.length === 0 ? (
            <EmptyState
              icon={<IconTargetArrow size={32} stroke={1.5} aria-hidden="true" />}
              title="Make your first score model"
              acts={add}
            >
              A score model is a sheet of rules: points for who a contact is and for what they do. Its score says who is
              ripe for sales.
            </EmptyState>
          ) : (
            <ul className={rows.list}>
              {models
                .filter(({ status }) => withArchived || status !== 'archived')
                .map((model) => (
                  <ModelRow key={model.id} model={model} taken={ids} />
                ))}
            </ul>
          )
        }
      </QueryView>
      <AccountModels withArchived={withArchived} />
      {mayWrite && template !== undefined && (
        <Gallery
          chosen={template === allTemplates ? null : template}
          onChoose={(id) => show(id ?? allTemplates)}
          onClose={() => show(undefined)}
        />
      )}
      {making && <NewModel taken={ids} onClose={() => setMaking(false)} />}
    </Page>
  );
}
