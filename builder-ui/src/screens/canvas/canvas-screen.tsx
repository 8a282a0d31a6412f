import { Alert, Button, Group, Skeleton } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Automation } from '@ripen/shared';
import { Editor } from '../../document/editor.ts';
import { emptyDocument, readDocument } from '../../document/read.ts';
import { useDraft, type Draft } from '../../drafts/use-draft.ts';
import { sayFailed } from '../../ui/say.ts';
import { ErrorState } from '../../ui/states.tsx';
import { downloadJson } from '../../ui/download.ts';
import { ShownVersion } from './shown-version.tsx';
import { Workbench } from './workbench.tsx';
import styles from './workbench.module.css';

const route = getRouteApi('/inside/automations/$id');

/** An automation: drawn, checked, published; or looked at as it runs. */
export function CanvasScreen() {
  const { id } = route.useParams();
  // Everything below belongs to one automation.
  return <OneAutomation key={id} id={id} />;
}

function OneAutomation({ id }: { id: string }) {
  const { version } = route.useSearch();
  const read = useMemo(() => (raw: unknown) => readDocument(raw, id), [id]);
  const fallback = useMemo(() => emptyDocument(id), [id]);
  const asked = useDraft<Automation>('automations', id, read, fallback);
  // While what does not exist yet is asked for again, nothing is known of it: the drawing must not go for that.
  const known = useRef(asked.detail);
  useEffect(() => {
    if (asked.detail) known.current = asked.detail;
  });
  const draft = { ...asked, detail: asked.detail ?? known.current };
  const shown = Number(version);
  const { state, detail } = draft;
  if (draft.error !== null && state.kind === 'closed') return <ErrorState error={draft.error} onRetry={draft.reload} />;
  if (!detail || state.kind === 'closed') return <Opening />;
  if (Number.isInteger(shown) && shown > 0)
    return <ShownVersion id={id} version={shown} detail={detail} draft={draft} />;
  if (state.kind === 'corrupt') return <Corrupt id={id} draft={draft} why={state.why} raw={state.remote.document} />;
  return <Editing draft={draft} document={state.document} takeovers={state.takeovers} />;
}

/** Couples the editor, which keeps the document and its past, with the draft, which keeps it safe. */
function Editing(given: { draft: Draft<Automation>; document: Automation; takeovers: number }) {
  const { draft, document, takeovers } = given;
  const [editor] = useState(() => new Editor(document));
  const [taken, setTaken] = useState(takeovers);
  const { change } = draft;
  useEffect(() => editor.subscribe(() => change(editor.document)), [editor, change]);
  useEffect(() => {
    if (taken === takeovers) return;
    setTaken(takeovers);
    editor.load(document);
  }, [editor, document, taken, takeovers]);
  return <Workbench editor={editor} draft={draft} />;
}

/** The same parts at the same places, so that nothing jumps when they come. */
function Opening() {
  return (
    <div className={styles.workbench} role="status" aria-label="Loading">
      <Group h={60} px="md" style={{ borderBottom: '1px solid var(--line)', background: 'var(--surface)' }}>
        <Skeleton height={20} width={240} />
      </Group>
      <div className={styles.body}>
        <div className={styles.left} />
        <div className={styles.middle} />
        <div className={styles.right} />
      </div>
    </div>
  );
}

function Corrupt(given: { id: string; draft: Draft<Automation>; why: string; raw: unknown }) {
  const navigate = useNavigate();
  const { draft, id } = given;
  const version = draft.detail?.version ?? null;
  const discard = async (): Promise<void> => {
    try {
      await draft.discard();
    } catch (error) {
      sayFailed('The draft could not be discarded', error);
    }
  };
  return (
    <div style={{ padding: 24, maxWidth: 640 }}>
      <h1 style={{ fontSize: 20, margin: '0 0 16px' }}>This draft cannot be opened</h1>
      <Alert color="tomato" role="alert">
        {given.why} What is live is not touched by it. Download the draft if something in it is dear to you, then go on
        without it.
        <Group mt="md" gap="xs">
          <Button variant="default" onClick={() => downloadJson(`${id}-draft`, given.raw)}>
            Download the draft
          </Button>
          <Button color="tomato" onClick={() => void discard()}>
            {version === null ? 'Discard it and start over' : `Discard it and start from version ${version}`}
          </Button>
          <Button variant="subtle" onClick={() => void navigate({ to: '/automations' })}>
            All automations
          </Button>
        </Group>
      </Alert>
    </div>
  );
}
