import { Text } from '@mantine/core';
import type { Automation } from '@ripen/shared';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { tellInFlight } from '../../api/in-flight.ts';
import { pauseAutomation, resumeAutomation } from '../../api/automations.ts';
import { useMay } from '../../app/signed-in.ts';
import type { CanvasHandle } from '../../canvas/canvas.tsx';
import { useEditorPart } from '../../canvas/use-editor.ts';
import { Editor } from '../../document/editor.ts';
import type { DocumentProblem } from '../../document/problems.ts';
import { readDocument } from '../../document/read.ts';
import type { Saving } from '../../drafts/draft-state.ts';
import type { Draft } from '../../drafts/use-draft.ts';
import { useNames } from '../../fields/use-names.ts';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { LoadingRows } from '../../ui/states.tsx';
import { Sure } from '../../ui/sure.tsx';
import { ConflictBanner, RecoveredBanner } from './banners.tsx';
import { downloadJson } from './download.ts';
import { Frame } from './frame.tsx';
import { LiveBar } from './live/live-bar.tsx';
import { useLiveCounts } from './live/use-live-counts.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { TopBar, type Mode } from './top-bar.tsx';
import { useProblems } from './use-problems.ts';
import styles from './workbench.module.css';

const TryMode = lazy(() => import('./try/try-mode.tsx'));
const BackTestMode = lazy(() => import('./back-test/back-test-mode.tsx'));
const route = getRouteApi('/inside/automations/$id');

/** The draft being drawn, or what is live with its numbers. */
export function Workbench({ editor, draft }: { editor: Editor; draft: Draft<Automation> }) {
  const { view } = route.useSearch();
  const navigate = useNavigate();
  const client = useQueryClient();
  const names = useNames();
  const mayWrite = useMay('definitions:write');
  const { state, detail } = draft;
  const name = useEditorPart(editor, ({ history }) => history.present.name);
  const problems = useProblems(editor);
  const [asking, setAsking] = useState<'publish' | 'discard' | 'pause' | null>(null);
  const [canvas, setCanvas] = useState<CanvasHandle | null>(null);
  const [noticed, setNoticed] = useState(false);
  const id = editor.document.id;
  const version = detail?.version ?? null;
  const mode = modeOf(view, { published: version !== null, mayWrite });
  const counted = useLiveCounts(id, version);
  const live = useMemo(() => {
    const read = detail?.document ? readDocument(detail.document, id) : null;
    return read?.kind === 'document' ? read.document : null;
  }, [detail?.document, id]);
  const liveEditor = useMemo(() => (live ? new Editor(live) : null), [live]);
  useEffect(() => {
    document.title = `${name || 'Automation'} · Ripen`;
  }, [name]);

  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['definitions'] });
  const act = useMutation({
    mutationFn: (work: { run: () => Promise<unknown>; done: string; failed: string }) => work.run(),
    onSuccess: (_, { done }) => {
      setAsking(null);
      sayDone(done);
      return refresh();
    },
    onError: (error, { failed }) => sayFailed(failed, error),
  });
  const ready = useCallback((handle: CanvasHandle) => setCanvas(handle), []);
  const { mutate } = act;
  const acts = useMemo(
    () => ({
      publish: () => setAsking('publish'),
      pause: () => setAsking('pause'),
      resume: () =>
        mutate({
          run: () => resumeAutomation(id),
          done: 'It is live again.',
          failed: 'It could not be resumed',
        }),
      discard: () => setAsking('discard'),
      download: () => downloadJson(id, editor.document),
      restore: () => undefined,
    }),
    [editor, id, mutate],
  );
  // Each key that is typed makes a state of its own that says the same.
  const saving = useSame(state.kind === 'open' ? state.saving : null);
  if (!detail || saving === null || state.kind !== 'open') return null;
  const hasDraft = detail.draft !== null || saving.kind !== 'saved';

  return (
    <div className={styles.workbench}>
      <TopBar
        editor={mode === 'live' && liveEditor ? liveEditor : editor}
        detail={detail}
        saving={saving}
        mode={mode}
        version={null}
        mayWrite={mayWrite}
        hasDraft={hasDraft}
        acts={acts}
      />
      {saving.kind === 'conflict' && (
        <ConflictBanner
          at={saving.theirs.draft?.updatedAt ?? null}
          onTheirs={draft.takeTheirs}
          onMine={draft.keepMine}
        />
      )}
      {state.recovered && !noticed && saving.kind !== 'conflict' && (
        <RecoveredBanner onClose={() => setNoticed(true)} />
      )}
      {mode === 'live' && version !== null && <LiveBar live={counted} version={version} />}
      {mode === 'try' ? (
        <Suspense fallback={<LoadingRows />}>
          <TryMode editor={editor} readOnly={!mayWrite} />
        </Suspense>
      ) : mode === 'back-test' ? (
        <Suspense fallback={<LoadingRows />}>
          <BackTestMode editor={editor} live={live} blocked={hasErrors(problems)} />
        </Suspense>
      ) : (
        <Frame
          key={mode}
          editor={mode === 'live' && liveEditor ? liveEditor : editor}
          problems={mode === 'live' ? null : problems}
          counts={mode === 'live' ? counted.counts : null}
          linkTo={counted.linkTo}
          mode={mode === 'live' ? 'live' : mayWrite ? 'edit' : 'version'}
          onReady={ready}
        />
      )}
      {asking === 'publish' && (
        <PublishDialog
          editor={editor}
          names={names}
          problems={problems ?? []}
          live={live}
          liveVersion={version}
          publish={async (inside) => {
            const published = await draft.publish();
            // It is published; what becomes of those inside is a job of its own, and its failure is not that of publishing.
            if (inside !== 'finish')
              await tellInFlight(id, inside).catch((error: unknown) =>
                sayFailed(`Those inside could not be ${inside === 'move' ? 'moved' : 'cancelled'}`, error),
              );
            void refresh();
            return published;
          }}
          onShow={(node) => canvas?.show(node)}
          onClose={() => setAsking(null)}
        />
      )}
      <Sure
        opened={asking === 'pause'}
        title={`Pause "${name}"`}
        act="Pause"
        busy={act.isPending}
        onClose={() => setAsking(null)}
        onAct={() =>
          act.mutate({ run: () => pauseAutomation(id), done: `"${name}" is paused.`, failed: 'It could not be paused' })
        }
      >
        <Text size="sm">Nobody enters it until you resume it. Those who are inside go on to its end.</Text>
      </Sure>
      <Sure
        opened={asking === 'discard'}
        title={version === null ? 'Delete this draft' : 'Discard the draft'}
        act={version === null ? 'Delete draft' : 'Discard draft'}
        danger
        busy={act.isPending}
        onClose={() => setAsking(null)}
        onAct={() =>
          act.mutate({
            run: async () => {
              if (detail.draft !== null) await draft.discard();
              else draft.takeTheirs();
              if (version === null) await navigate({ to: '/automations' });
            },
            done: 'The draft is gone.',
            failed: 'The draft could not be discarded',
          })
        }
      >
        <Text size="sm">
          {version === null
            ? 'It was never published, so nothing else is left of it.'
            : `What you changed since version ${version} goes. Ctrl Z on the canvas brings it back while the page is open.`}
        </Text>
      </Sure>
    </div>
  );
}

const modeOf = (view: string | undefined, is: { published: boolean; mayWrite: boolean }): Mode => {
  if (view === 'live' && is.published) return 'live';
  if (view === 'back-test' && is.mayWrite) return 'back-test';
  return view === 'try' ? 'try' : 'edit';
};

const hasErrors = (problems: readonly DocumentProblem[] | null): boolean =>
  problems?.some(({ severity }) => severity === 'error') ?? false;

/** The first of equal states in a row. */
const useSame = (saving: Saving | null): Saving | null => {
  const kept = useRef(saving);
  const [a, b] = [kept.current, saving];
  const same = a?.kind === b?.kind && (a?.kind === 'pending' || a?.kind === 'saving');
  if (!same) kept.current = saving;
  return kept.current;
};
