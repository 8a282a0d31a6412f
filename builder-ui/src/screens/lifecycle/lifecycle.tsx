import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconHistory, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Lifecycle } from '@ripen/shared';
import { useMemo, useState } from 'react';
import { documentsInForceQuery } from '../../api/automations.ts';
import { useMay } from '../../app/signed-in.ts';
import {
  DiscardQuestion,
  discardWord,
  draftInTheWay,
  DraftNotice,
  DraftStatus,
  PublishSince,
  RebuildStatus,
  useDraft,
  type Draft,
} from '../../drafts/index.ts';
import { NamesContext, useNames } from '../../fields/index.ts';
import { Page } from '../../ui/page.tsx';
import { VersionsDrawer } from '../../versions/versions-drawer.tsx';
import { differences } from './differences.ts';
import { problemsOfLifecycle } from './problems.ts';
import { readLifecycle, usualLifecycle } from './read-lifecycle.ts';
import { Workshop } from './workshop.tsx';

const route = getRouteApi('/inside/lifecycle');

/** The stages of the workspace, and from which score contacts are in them. */
export function LifecycleScreen() {
  const navigate = useNavigate();
  const draft = useDraft('lifecycle', 'lifecycle', readLifecycle, usualLifecycle);
  const inTheWay = draftInTheWay(draft, 'Lifecycle', 'lifecycle', () => void navigate({ to: '/' }));
  if (inTheWay || draft.state.kind !== 'open') return inTheWay;
  return <OpenLifecycle draft={draft} lifecycle={draft.state.document} />;
}

function OpenLifecycle({ draft, lifecycle: edited }: { draft: Draft<Lifecycle>; lifecycle: Lifecycle }) {
  const names = useNames();
  const mayWrite = useMay('definitions:write');
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const showVersions = (shown: boolean): void =>
    void navigate({ search: { view: shown ? 'versions' : undefined }, replace: !shown });
  const inForce = useQuery(documentsInForceQuery).data;
  const [asking, setAsking] = useState<'publish' | 'discard' | null>(null);
  const models = inForce?.filter((document) => document.kind === 'model') ?? [];
  const only = models.length === 1 ? models[0]?.id : undefined;
  // Where there is one model there is nothing to choose.
  const lifecycle = useMemo(
    () => (edited.model === '' && only !== undefined ? { ...edited, model: only } : edited),
    [edited, only],
  );
  // Until it is known what else is in force, everything that it names would seem to be missing.
  const problems = useMemo(() => (inForce ? problemsOfLifecycle(lifecycle, inForce) : []), [lifecycle, inForce]);
  const version = draft.detail?.version ?? null;
  const untouched = draft.state.kind === 'open' && draft.state.saving.kind === 'saved' && !draft.detail?.draft;
  return (
    <NamesContext value={names}>
      <Page
        title="Lifecycle"
        sub={<DraftStatus draft={draft} />}
        acts={
          mayWrite && (
            <>
              {(draft.detail?.draft || version !== null) && (
                <Menu position="bottom-end">
                  <Menu.Target>
                    <ActionIcon aria-label="More about the lifecycle">
                      <IconDots size={18} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {version !== null && (
                      <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => showVersions(true)}>
                        Versions
                      </Menu.Item>
                    )}
                    {draft.detail?.draft && (
                      <Menu.Item
                        color="tomato"
                        leftSection={<IconTrash size={16} />}
                        onClick={() => setAsking('discard')}
                      >
                        {discardWord(version)}
                      </Menu.Item>
                    )}
                  </Menu.Dropdown>
                </Menu>
              )}
              <Button
                disabled={untouched && version !== null}
                onClick={() => {
                  // What was never touched has no draft yet.
                  if (untouched) draft.change({ ...lifecycle });
                  setAsking('publish');
                }}
              >
                Publish version {(version ?? 0) + 1}
              </Button>
            </>
          )
        }
      >
        <RebuildStatus enabled={mayWrite} />
        <DraftNotice draft={draft} />
        <Workshop
          lifecycle={lifecycle}
          inForce={inForce}
          problems={problems}
          onChange={mayWrite ? draft.change : () => undefined}
          readOnly={!mayWrite}
        />
        {view === 'versions' && version !== null && (
          <VersionsDrawer
            collection="lifecycle"
            id="lifecycle"
            draft={draft}
            read={readLifecycle}
            differences={(before, after) => differences(before, after, names)}
            mayWrite={mayWrite}
            onClose={() => showVersions(false)}
          />
        )}
        {asking === 'publish' && (
          <Publish draft={draft} lifecycle={lifecycle} problems={problems} onClose={() => setAsking(null)} />
        )}
        <DiscardQuestion
          opened={asking === 'discard'}
          name="Lifecycle"
          version={version}
          without="It was never published: the usual stages are shown again."
          discard={draft.discard}
          onClose={() => setAsking(null)}
        />
      </Page>
    </NamesContext>
  );
}

function Publish(given: {
  draft: Draft<Lifecycle>;
  lifecycle: Lifecycle;
  problems: ReturnType<typeof problemsOfLifecycle>;
  onClose: () => void;
}) {
  const { draft, lifecycle } = given;
  const names = useNames();
  const published = draft.detail?.document;
  const changes = useMemo(() => {
    const before = published ? readLifecycle(published) : null;
    return differences(before?.kind === 'document' ? before.document : null, lifecycle, names);
  }, [published, lifecycle, names]);
  return (
    <PublishSince
      draft={draft}
      name="Lifecycle"
      document={lifecycle}
      changes={changes}
      problems={given.problems}
      fromNowOn="It counts from now on: contacts move when their score next crosses a threshold. Publishing alone moves nobody."
      onClose={given.onClose}
    />
  );
}
