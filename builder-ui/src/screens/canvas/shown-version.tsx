import type { Automation } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { automationVersionsQuery } from '../../api/automations.ts';
import type { DefinitionDetail } from '../../api/definitions.ts';
import { useMay } from '../../app/signed-in.ts';
import { Editor } from '../../document/editor.ts';
import { readDocument } from '../../document/read.ts';
import type { Draft } from '../../drafts/use-draft.ts';
import { sayDone } from '../../ui/say.ts';
import { ErrorState, LoadingRows } from '../../ui/states.tsx';
import { VersionBanner } from './banners.tsx';
import { exportText } from '../../document/export.ts';
import { downloadText } from '../../ui/download.ts';
import { Frame } from './frame.tsx';
import { LiveBar } from './live/live-bar.tsx';
import { useLiveCounts } from './live/use-live-counts.ts';
import { TopBar } from './top-bar.tsx';
import { RestoreQuestion } from '../../versions/restore-question.tsx';
import { restoredWords } from '../../versions/restored-words.ts';
import styles from './workbench.module.css';

/** A version as it was published, with what went through it. */
export function ShownVersion(given: {
  id: string;
  version: number;
  detail: DefinitionDetail;
  draft: Draft<Automation>;
}) {
  const { id, version, detail, draft } = given;
  const navigate = useNavigate();
  const mayWrite = useMay('definitions:write');
  const versions = useQuery(automationVersionsQuery(id));
  const counted = useLiveCounts(id, version);
  const published = versions.data?.find((one) => one.version === version);
  const read = useMemo(() => (published ? readDocument(published.document, id) : null), [published, id]);
  const editor = useMemo(() => (read?.kind === 'document' ? new Editor(read.document) : null), [read]);
  const [asking, setAsking] = useState(false);
  const back = (): void => void navigate({ to: '/automations/$id', params: { id }, search: {} });
  const restore = (): void => {
    if (!editor) return;
    draft.change(editor.document);
    back();
    sayDone(restoredWords(version));
  };
  if (versions.isError) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <LoadingRows />;
  if (!editor)
    return <ErrorState error={new Error(`There is no version ${version} of this automation.`)} onRetry={back} />;
  return (
    <div className={styles.workbench}>
      <TopBar
        editor={editor}
        detail={detail}
        saving={null}
        mode="edit"
        version={version}
        mayWrite={mayWrite}
        hasDraft={detail.draft !== null}
        acts={{
          publish: back,
          pause: back,
          resume: back,
          archive: back,
          unarchive: back,
          discard: back,
          download: () => downloadText(`${id}-version-${version}.json`, exportText(editor.document)),
          restore: () => (detail.draft === null ? restore() : setAsking(true)),
        }}
      />
      <VersionBanner version={version} onBack={back} />
      <LiveBar live={counted} version={version} />
      <Frame editor={editor} problems={null} counts={counted.counts} linkTo={counted.linkTo} mode="version" />
      {asking && (
        <RestoreQuestion version={version} undoable={false} onClose={() => setAsking(false)} onRestore={restore} />
      )}
    </div>
  );
}
