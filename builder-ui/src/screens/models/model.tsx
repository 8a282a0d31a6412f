import { ActionIcon, Button, Tabs } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ScoreModel } from '@ripen/shared';
import { useMemo, useState } from 'react';
import { documentsInForceQuery } from '../../api/automations.ts';
import { useMay } from '../../app/signed-in.ts';
import { draftInTheWay, DraftNotice, DraftStatus, RebuildStatus, useDraft, type Draft } from '../../drafts/index.ts';
import { NamesContext, useNames } from '../../fields/index.ts';
import { Page } from '../../ui/page.tsx';
import { count } from '../../ui/words.ts';
import { ModelActs } from './model-acts.tsx';
import styles from './model.module.css';
import { problemsOfModel } from './problems.ts';
import { readModel } from './read-model.ts';
import { Results } from './results/results.tsx';
import { Rules } from './rules/rules.tsx';
import { Groups } from './settings/groups.tsx';
import { Settings } from './settings/settings.tsx';
import { Side } from './side/side.tsx';

const route = getRouteApi('/inside/models/$id');
const tabs = ['rules', 'groups', 'settings', 'results'] as const;

/** One score model: its draft at the left, what it means for contacts at the right. */
export function ModelScreen() {
  const { id } = route.useParams();
  return <Model key={id} id={id} />;
}

function Model({ id }: { id: string }) {
  const navigate = useNavigate();
  const draft = useDraft('models', id, readModel);
  const inTheWay = draftInTheWay(
    draft,
    draft.detail?.name ?? 'Score model',
    id,
    () => void navigate({ to: '/models' }),
  );
  if (inTheWay || draft.state.kind !== 'open') return inTheWay;
  return <OpenModel draft={draft} model={draft.state.document} />;
}

function OpenModel({ draft, model }: { draft: Draft<ScoreModel>; model: ScoreModel }) {
  const names = useNames();
  const { tab, view } = route.useSearch();
  const navigate = useNavigate();
  const mayWrite = useMay('definitions:write');
  const mayCount = useMay('contacts:read');
  const inForce = useQuery(documentsInForceQuery).data;
  // Until it is known what else is in force, everything that it names would seem to be missing.
  const problems = useMemo(() => (inForce ? problemsOfModel(model, inForce) : []), [model, inForce]);
  const [publishing, setPublishing] = useState(false);
  const chosen = tabs.find((one) => one === tab) ?? 'rules';
  const edit = { model, problems, onChange: mayWrite ? draft.change : () => undefined, readOnly: !mayWrite };
  return (
    <NamesContext value={names}>
      <Page
        title={model.name || 'Without a name'}
        sub={
          <>
            <DraftStatus draft={draft} /> <span className={styles.rules}>· {count(model.rules.length, 'rule')}</span>
          </>
        }
        lead={
          <ActionIcon component={Link} to="/models" aria-label="All score models">
            <IconArrowLeft size={18} />
          </ActionIcon>
        }
        acts={
          mayWrite && (
            <>
              <ModelActs
                draft={draft}
                model={model}
                problems={problems}
                publishing={publishing}
                onPublishing={setPublishing}
                showsVersions={view === 'versions'}
                onVersions={(shown) =>
                  void navigate({
                    to: '/models/$id',
                    params: { id: model.id },
                    search: (before) => ({ ...before, view: shown ? 'versions' : undefined }),
                    replace: !shown,
                  })
                }
              />
              <Button
                onClick={() => setPublishing(true)}
                disabled={!draft.detail?.draft && draft.state.kind === 'open' && draft.state.saving.kind === 'saved'}
              >
                Publish version {(draft.detail?.version ?? 0) + 1}
              </Button>
            </>
          )
        }
      >
        <RebuildStatus enabled={mayWrite} />
        <DraftNotice draft={draft} />
        <div className={styles.columns}>
          <div className={styles.sheet}>
            <Tabs
              value={chosen}
              onChange={(next) =>
                void navigate({
                  to: '/models/$id',
                  params: { id: model.id },
                  search: (before) => ({ ...before, tab: next === 'rules' ? '' : (next ?? '') }),
                  replace: true,
                })
              }
              keepMounted={false}
            >
              <Tabs.List className={styles.tabs}>
                <Tabs.Tab value="rules">Rules</Tabs.Tab>
                <Tabs.Tab value="groups">Groups</Tabs.Tab>
                <Tabs.Tab value="settings">Settings</Tabs.Tab>
                {mayCount && <Tabs.Tab value="results">Results</Tabs.Tab>}
              </Tabs.List>
              <Tabs.Panel value="rules">
                <Rules {...edit} />
              </Tabs.Panel>
              <Tabs.Panel value="groups">
                <Groups {...edit} />
              </Tabs.Panel>
              <Tabs.Panel value="settings">
                <Settings {...edit} />
              </Tabs.Panel>
              {mayCount && (
                <Tabs.Panel value="results">
                  <Results model={model} published={draft.detail?.version != null} />
                </Tabs.Panel>
              )}
            </Tabs>
          </div>
          <Side model={model} problems={problems} inForce={inForce} version={draft.detail?.version ?? null} />
        </div>
      </Page>
    </NamesContext>
  );
}
