import { Text } from '@mantine/core';
import type { Automation } from '@ripen/shared';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { inFlightQuery } from '../../api/in-flight.ts';
import { archiveAutomation, pauseAutomation, resumeAutomation, unarchiveAutomation } from '../../api/automations.ts';
import { useMay } from '../../app/signed-in.ts';
import type { CanvasHandle } from '../../canvas/canvas.tsx';
import { useEditorPart } from '../../canvas/use-editor.ts';
import { Editor } from '../../document/editor.ts';
import type { DocumentProblem } from '../../document/problems.ts';
import { readDocument } from '../../document/read.ts';
import type { Saving } from '../../drafts/draft-state.ts';
import type { Draft } from '../../drafts/use-draft.ts';
import { useNames } from '../../fields/use-names.ts';
import { ArchiveQuestion } from '../../inside/archive-question.tsx';
import { PauseQuestion } from '../../inside/pause-question.tsx';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { LoadingRows } from '../../ui/states.tsx';
import { Sure } from '../../ui/sure.tsx';
import { AfterMove, type Move } from './after-move.tsx';
import { ConflictBanner, RecoveredBanner } from './banners.tsx';
import { exportText } from '../../document/export.ts';
import { downloadText } from '../../ui/download.ts';
import { Frame } from './frame.tsx';
import { peopleAt } from './in-flight.tsx';
import { LiveBar } from './live/live-bar.tsx';
import { useLiveCounts } from './live/use-live-counts.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { TopBar, type Mode } from './top-bar.tsx';
import { useProblems } from './use-problems.ts';
import { restoredWords } from '../../versions/restored-words.ts';
import styles from './workbench.module.css';

const TryMode = lazy(() => import('./try/try-mode.tsx'));
const CompareMode = lazy(() => import('./versions/compare-mode.tsx'));
const HistoryMode = lazy(() => import('./versions/history-mode.tsx'));
const BackTestMode = lazy(() => import('./back-test/back-test-mode.tsx'));
const route = getRouteApi('/inside/automations/$id');

/** The draft being drawn, or what is live with its numbers. */
export function Workbench({ editor, draft }: { editor: Editor; draft: Draft<Automation> }) {
  const { view, ask } = route.useSearch();
  const navigate = useNavigate();
  const client = useQueryClient();
  const names = useNames();
  const mayWrite = useMay('definitions:write');
  const { state, detail } = draft;
  const name = useEditorPart(editor, ({ history }) => history.present.name);
  const problems = useProblems(editor);
  const asking = useAsking(ask);
  const [move, setMove] = useState<Move | null>(null);
  const [canvas, setCanvas] = useState<CanvasHandle | null>(null);
  const [noticed, setNoticed] = useState(false);
  const id = editor.document.id;
  const version = detail?.version ?? null;
  const mode = modeOf(view, { published: version !== null, mayWrite });
  const counted = useLiveCounts(id, version);
  const toldOf = asking.for === 'pause' || asking.for === 'archive';
  const inside = useQuery({ ...inFlightQuery(id), enabled: toldOf });
  const waiting = peopleAt(inside.data?.items ?? []);
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
      asking.ask(null);
      sayDone(done);
      return refresh();
    },
    onError: (error, { failed }) => sayFailed(failed, error),
  });
  const ready = useCallback((handle: CanvasHandle) => setCanvas(handle), []);
  const { mutate } = act;
  const { ask: askFor } = asking;
  const acts = useMemo(
    () => ({
      publish: () => askFor('publish'),
      pause: () => askFor('pause'),
      archive: () => askFor('archive'),
      unarchive: () =>
        mutate({
          run: () => unarchiveAutomation(id),
          done: 'It is back, paused.',
          failed: 'It could not be brought back',
        }),
      resume: () =>
        mutate({
          run: () => resumeAutomation(id),
          done: 'It is live again.',
          failed: 'It could not be resumed',
        }),
      discard: () => askFor('discard'),
      download: () => downloadText(`${id}.json`, exportText(editor.document)),
      restore: () => undefined,
    }),
    [editor, id, mutate, askFor],
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
      ) : mode === 'compare' ? (
        <Suspense fallback={<LoadingRows />}>
          <CompareMode id={id} draft={hasDraft || version === null ? editor.document : null} />
        </Suspense>
      ) : mode === 'history' ? (
        <Suspense fallback={<LoadingRows />}>
          <HistoryMode
            id={id}
            draft={hasDraft ? editor.document : null}
            onRestore={(restored, from) => {
              editor.load(restored);
              sayDone(restoredWords(from));
              void navigate({ to: '/automations/$id', params: { id }, search: {} });
            }}
            onDiscard={acts.discard}
          />
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
      {asking.for === 'publish' && (
        <PublishDialog
          editor={editor}
          names={names}
          problems={problems ?? []}
          live={live}
          liveVersion={version}
          publish={async (inside, despiteTests) => {
            const document = editor.document;
            const published = await draft.publish({ inside, ...(despiteTests !== undefined && { despiteTests }) });
            const { jobId, version: to } = published;
            if (inside === 'move' && jobId !== null) setMove({ jobId, version: to, document });
            void refresh();
            return published;
          }}
          onShow={(node) => canvas?.show(node)}
          onClose={() => askFor(null)}
        />
      )}
      {move && <AfterMove move={move} onClose={() => setMove(null)} />}
      {asking.for === 'pause' && (
        <PauseQuestion
          whom={`“${name}”`}
          waiting={waiting}
          busy={act.isPending}
          onClose={() => askFor(null)}
          onPause={(inside) =>
            mutate({
              run: () => pauseAutomation(id, inside),
              done: `“${name}” is paused.`,
              failed: 'It could not be paused',
            })
          }
        />
      )}
      {asking.for === 'archive' && (
        <ArchiveQuestion
          whom={`“${name}”`}
          waiting={waiting}
          busy={act.isPending}
          onClose={() => askFor(null)}
          onArchive={(inside) =>
            mutate({
              run: () => archiveAutomation(id, inside),
              done: `“${name}” is archived.`,
              failed: 'It could not be archived',
            })
          }
        />
      )}
      <DiscardDraft
        opened={asking.for === 'discard'}
        version={version}
        busy={act.isPending}
        onClose={() => askFor(null)}
        onDiscard={() =>
          mutate({
            run: async () => {
              // Somebody else discarded it, or published it: there is nothing left to discard but what is here.
              if (saving.kind === 'conflict' && detail.draft === null) draft.takeTheirs();
              else await draft.discard();
              if (version === null) await navigate({ to: '/automations' });
            },
            done: 'The draft is gone.',
            failed: 'The draft could not be discarded',
          })
        }
      />
    </div>
  );
}

function DiscardDraft(given: {
  opened: boolean;
  version: number | null;
  busy: boolean;
  onClose: () => void;
  onDiscard: () => void;
}) {
  const { version } = given;
  return (
    <Sure
      opened={given.opened}
      title={version === null ? 'Delete this draft' : 'Discard the draft'}
      act={version === null ? 'Delete draft' : 'Discard draft'}
      danger
      busy={given.busy}
      onClose={given.onClose}
      onAct={given.onDiscard}
    >
      <Text size="sm">
        {version === null
          ? 'It was never published, so nothing else is left of it.'
          : `What you changed since version ${version} goes. Ctrl Z on the canvas brings it back while the page is open.`}
      </Text>
    </Sure>
  );
}

const asks = ['publish', 'discard', 'pause', 'archive'] as const;

/** Which dialog is open is in the address: it can be sent, and going back closes it. */
const useAsking = (ask: string | undefined) => {
  const navigate = useNavigate();
  const set = useCallback(
    (next: (typeof asks)[number] | null) =>
      void navigate({ to: '.', search: (before) => ({ ...before, ask: next ?? undefined }), replace: true }),
    [navigate],
  );
  return { for: asks.find((known) => known === ask) ?? null, ask: set };
};

const modeOf = (view: string | undefined, is: { published: boolean; mayWrite: boolean }): Mode => {
  if (view === 'live' && is.published) return 'live';
  if (view === 'back-test' && is.mayWrite) return 'back-test';
  if ((view === 'compare' || view === 'history') && is.published) return view;
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
