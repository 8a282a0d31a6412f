import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { conditionSchema, type Condition } from '@ripen/shared';
import { useMemo, useState } from 'react';
import { documentsInForceQuery } from '../../api/automations.ts';
import { useMay } from '../../app/signed-in.ts';
import { draftInTheWay, DraftNotice, DraftStatus, PublishDialog, useDraft, type Draft } from '../../drafts/index.ts';
import { NamesContext, useNames } from '../../fields/index.ts';
import { Page } from '../../ui/page.tsx';
import { differences } from './differences.ts';
import { Preview } from './preview.tsx';
import { problemsOfSegment } from './problems.ts';
import { readSegment, type DraftSegment } from './read-segment.ts';
import { SegmentForm } from './segment-form.tsx';
import { SegmentMenu } from './segment-menu.tsx';
import styles from './segments.module.css';
import { UsedBy } from './used-by.tsx';

const route = getRouteApi('/inside/segments/$id');

/** One segment: its draft at the left, who that would be at the right. */
export function SegmentScreen() {
  const { id } = route.useParams();
  return <SegmentDraft key={id} id={id} />;
}

function SegmentDraft({ id }: { id: string }) {
  const navigate = useNavigate();
  const draft = useDraft('segments', id, readSegment);
  const inTheWay = draftInTheWay(draft, draft.detail?.name ?? 'Segment', id, () => void navigate({ to: '/segments' }));
  if (inTheWay || draft.state.kind !== 'open') return inTheWay;
  return <OpenSegment draft={draft} segment={draft.state.document} />;
}

function OpenSegment({ draft, segment }: { draft: Draft<DraftSegment>; segment: DraftSegment }) {
  const names = useNames();
  const navigate = useNavigate();
  const mayWrite = useMay('definitions:write');
  const inForce = useQuery(documentsInForceQuery).data;
  const [publishing, setPublishing] = useState(false);
  const { detail, state } = draft;
  const version = detail?.version ?? null;
  const isLive = detail?.status === 'live';
  const changed = Boolean(detail?.draft) || (state.kind === 'open' && state.saving.kind !== 'saved');
  // Until it is known what else is in force, everything that it names would seem to be missing.
  const problems = useMemo(() => (inForce ? problemsOfSegment(segment, inForce) : []), [segment, inForce]);
  const changes = useMemo(() => {
    const before = isLive && detail.document ? readSegment(detail.document) : null;
    return differences(before?.kind === 'document' ? before.document : null, segment, names);
  }, [detail, isLive, segment, names]);
  return (
    <NamesContext value={names}>
      <Page
        title={segment.name || 'Without a name'}
        sub={<DraftStatus draft={draft} />}
        lead={
          <ActionIcon component={Link} to="/segments" aria-label="All segments">
            <IconArrowLeft size={18} aria-hidden="true" />
          </ActionIcon>
        }
        acts={
          <>
            {detail && (
              <SegmentMenu segment={detail} discard={draft.discard} onGone={() => void navigate({ to: '/segments' })} />
            )}
            {mayWrite && (
              <Button disabled={!changed && isLive} onClick={() => setPublishing(true)}>
                Publish version {(version ?? 0) + 1}
              </Button>
            )}
          </>
        }
      >
        <DraftNotice draft={draft} />
        <div className={styles.columns}>
          <div className={styles.form}>
            <fieldset className={styles.edited} disabled={!mayWrite}>
              <SegmentForm segment={segment} onChange={draft.change} problems={problems} />
            </fieldset>
            {isLive && <UsedBy id={segment.id} />}
          </div>
          <Preview
            begun={segment.when !== undefined}
            when={usableCondition(segment.when)}
            link={isLive && !changed ? segment.id : null}
          />
        </div>
        {publishing && (
          <PublishDialog
            draft={draft}
            name={segment.name}
            changes={changes}
            errors={problems.map(({ message }) => message)}
            onClose={() => setPublishing(false)}
          />
        )}
      </Page>
    </NamesContext>
  );
}

/** The condition, once it is one. */
const usableCondition = (when: Condition | undefined): Condition | null => {
  const read = conditionSchema.safeParse(when);
  return read.success ? read.data : null;
};
