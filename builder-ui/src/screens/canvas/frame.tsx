import { ActionIcon, Button, Drawer } from '@mantine/core';
import { startNodeId, type AutomationCounts, type NodeTypeName } from '@ripen/shared';
import { IconPlus, IconX } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, memo, Suspense, useCallback, useDeferredValue, useEffect, useRef, useState } from 'react';
import type { CanvasHandle } from '../../canvas/canvas.tsx';
import { useEditorPart } from '../../canvas/use-editor.ts';
import type { Editor } from '../../document/editor.ts';
import { hasNode } from '../../document/graph.ts';
import type { DocumentProblem } from '../../document/problems.ts';
import { useNames } from '../../fields/use-names.ts';
import { useKeepInView } from '../../ui/use-keep-in-view.ts';
import type { LiveCounts } from './live/use-live-counts.ts';
import { EmptyCanvas } from './empty-canvas.tsx';
import { Inspector, shownAttribute } from './inspector.tsx';
import { StepPalette } from './palette.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import styles from './workbench.module.css';

const Canvas = lazy(() => import('../../canvas/canvas.tsx').then(({ Canvas }) => ({ default: Canvas })));
const route = getRouteApi('/inside/automations/$id');
const none: readonly DocumentProblem[] = [];

/** Palette, canvas, inspector and problems around one editor. */
export const Frame = memo(function Frame(given: {
  editor: Editor;
  problems: readonly DocumentProblem[] | null;
  counts: AutomationCounts | null;
  linkTo?: LiveCounts['linkTo'];
  mode: 'edit' | 'live' | 'version';
  onReady?: (canvas: CanvasHandle) => void;
}) {
  const { editor, counts, mode, onReady } = given;
  const names = useNames();
  const readOnly = mode !== 'edit';
  // Palette and forms come a moment after the drawing: all of it at once would keep the page from answering.
  const isDrawn = useDeferredValue(true, false);
  const [canvas, setCanvas] = useState<CanvasHandle | null>(null);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [sheetOpen, setSheetOpen] = useState(false);
  const inspector = useRef<HTMLDivElement>(null);
  useKeepInView(inspector);
  useNodeInAddress(editor, canvas);
  const selection = useEditorPart(editor, (state) => state.selection);
  const edge = useEditorPart(editor, (state) => state.edge);
  const nothingYet = useEditorPart(
    editor,
    ({ history: { present } }) => present.nodes.length === 0 && present.triggers.length === 0,
  );

  const ready = useCallback(
    (handle: CanvasHandle) => {
      setCanvas(handle);
      onReady?.(handle);
    },
    [onReady],
  );
  const openInspector = useCallback(() => {
    setSheetOpen(true);
    if (editor.state().selection.size === 0) editor.select([startNodeId]);
    const [wanted] = editor.state().selection;
    // The form comes a moment after the selection, on a slow machine a long one: keys are not for the form before it.
    const focus = (): void => {
      const [selected] = editor.state().selection;
      if (!inspector.current || selected !== wanted) return;
      const form = inspector.current.querySelector(`[${shownAttribute}]`);
      if (form?.getAttribute(shownAttribute) !== wanted) {
        requestAnimationFrame(focus);
        return;
      }
      const field =
        form?.querySelector<HTMLElement>('fieldset :is(input, select, textarea, button):not(:disabled)') ??
        form?.querySelector<HTMLElement>('button, a');
      field?.focus();
      if (field instanceof HTMLInputElement) field.select();
    };
    requestAnimationFrame(focus);
  }, [editor]);
  const add = useCallback(
    (type: NodeTypeName) => {
      setPaletteOpen(false);
      canvas?.addStep(type);
    },
    [canvas],
  );
  const show = useCallback((node: string) => canvas?.show(node), [canvas]);
  const begun = (): void => {
    canvas?.begin();
    canvas?.focus();
  };
  // On a phone what is tapped opens its sheet; elsewhere the inspector is there anyway.
  const chosen = edge !== null || selection.size > 0;
  useEffect(() => setSheetOpen(chosen), [chosen, selection, edge]);

  return (
    <div className={styles.body} data-bare={mode === 'version' || undefined}>
      {mode !== 'version' && (
        <div className={styles.left}>{isDrawn && <StepPalette dimmed={readOnly} onAdd={add} />}</div>
      )}
      <div className={styles.middle}>
        <Suspense>
          <Canvas
            editor={editor}
            names={names}
            problems={given.problems ?? none}
            counts={counts}
            linkTo={given.linkTo ?? null}
            readOnly={readOnly}
            label="Canvas"
            onOpenInspector={openInspector}
            onReady={ready}
          >
            {nothingYet && !readOnly && <EmptyCanvas editor={editor} names={names} onBegun={begun} />}
          </Canvas>
        </Suspense>
        {!readOnly && !nothingYet && (
          <div className={`${styles.phone} ${styles.fab}`}>
            <Button leftSection={<IconPlus size={16} />} onClick={() => setPaletteOpen(true)}>
              Add a step
            </Button>
          </div>
        )}
      </div>
      <aside className={styles.right} aria-label="Settings" data-closed={!sheetOpen || undefined}>
        <div className={`${styles.phone} ${styles.sheetHead}`}>
          <ActionIcon aria-label="Close settings" onClick={() => setSheetOpen(false)}>
            <IconX size={18} />
          </ActionIcon>
        </div>
        <div
          className={styles.inspector}
          ref={inspector}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.defaultPrevented) return;
            event.preventDefault();
            canvas?.focus();
          }}
        >
          {isDrawn && (
            <Inspector
              editor={editor}
              names={names}
              problems={given.problems ?? none}
              counts={counts}
              readOnly={readOnly}
              canvas={canvas}
            />
          )}
        </div>
        {isDrawn && !readOnly && !nothingYet && (
          <ProblemsPanel editor={editor} problems={given.problems} onShow={show} />
        )}
      </aside>
      <Drawer
        opened={paletteOpen}
        onClose={() => setPaletteOpen(false)}
        position="bottom"
        title="Add a step"
        size="70%"
      >
        <StepPalette dimmed={false} onAdd={add} />
      </Drawer>
    </div>
  );
});

/** The selected step is part of the address, so that it can be sent to a colleague; an address that names another shows that one. */
const useNodeInAddress = (editor: Editor, canvas: CanvasHandle | null): void => {
  const { node } = route.useSearch();
  const navigate = useNavigate();
  const began = useRef(false);
  if (!began.current) {
    began.current = true;
    if (node !== undefined) editor.select([node]);
  }
  /** What is in the address by our doing, or was answered already; and what will be in it. */
  const own = useRef({ said: node, next: node });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = editor.subscribe(() => {
      const [only, ...more] = editor.state().selection;
      const next = more.length === 0 ? only : undefined;
      if (next === own.current.next) return;
      own.current.next = next;
      clearTimeout(timer);
      // Not with each step of an arrow key held down.
      timer = setTimeout(() => {
        own.current.said = next;
        void navigate({ to: '.', search: (before) => ({ ...before, node: next }), replace: true });
      }, 400);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [editor, navigate]);
  useEffect(() => {
    if (node === own.current.said) return;
    own.current = { said: node, next: node };
    if (node === undefined) editor.select([]);
    else if (hasNode(editor.document, node)) canvas?.show(node);
  }, [node, editor, canvas]);
};
