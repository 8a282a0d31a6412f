import '@xyflow/react/dist/base.css';
import { startNodeId, type AutomationCounts } from '@ripen/shared';
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  type FinalConnectionState,
} from '@xyflow/react';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { isTyping } from '../app/go-keys.ts';
import type { Editor } from '../document/editor.ts';
import { freePortsOf, portsOfId } from '../document/graph.ts';
import type { DocumentProblem } from '../document/problems.ts';
import { neighbour, type Direction } from '../document/walk.ts';
import type { Names } from '../fields/names.ts';
import { CanvasContext, type CanvasActs } from './canvas-context.ts';
import { actOf, type KeyActs } from './canvas-keys.ts';
import styles from './canvas.module.css';
import { Chooser } from './chooser.tsx';
import { droppedType, isStepDrag } from './dragged.ts';
import { dropTargetAt, markDropTarget } from './drop-target.ts';
import { Arrows, FlowLine } from './flow-edge.tsx';
import type { Passed } from './flow-types.ts';
import { Overview } from './overview.tsx';
import type { Marks } from './project.ts';
import { Sketch } from './sketch.tsx';
import { Step } from './step-node.tsx';
import { Toolbar } from './toolbar.tsx';
import { useChoosing } from './use-choosing.ts';
import { useCopying } from './use-copying.ts';
import { useEditor } from './use-editor.ts';
import { useFlow } from './use-flow.ts';
import { useLeanStore } from './use-lean-store.ts';
import { useNear } from './use-near.ts';
import { useSketched } from './use-sketched.ts';
import { useTidy } from './use-tidy.ts';
import { minZoom, useView } from './use-view.ts';

/** What others can ask a canvas to do. */
export interface CanvasHandle {
  addStep: (type: Parameters<ReturnType<typeof useChoosing>['add']>[0]) => void;
  show: (node: string) => void;
  openSteps: (node: string, port: string) => void;
  focus: () => void;
  /** The view as when it was opened: for another document. */
  begin: () => void;
}

export interface CanvasProps {
  editor: Editor;
  names: Names;
  problems: readonly DocumentProblem[];
  counts: AutomationCounts | null;
  /** Where those are whom the counts count. */
  linkTo?: CanvasActs['linkTo'];
  readOnly: boolean;
  /** A run's path: what it did at each node, and the edges that it took. */
  trail?: ReadonlyMap<string, Passed> | null;
  taken?: ReadonlySet<string> | null;
  /** What another version changes. */
  marks?: Marks | null;
  label: string;
  /** Smaller furniture: for a drawer or a phone. */
  compact?: boolean;
  /** It begins with all of it in view, however small. */
  whole?: boolean;
  onOpenInspector?: () => void;
  onReady?: (handle: CanvasHandle) => void;
  children?: ReactNode;
}

const nodeTypes = { step: Step };
const edgeTypes = { flow: FlowLine };
const grid: [number, number] = [10, 10];
/** Fewer are seen at a glance anyway. */
const mapFrom = 20;
const nudgeBy = 20;
const noProblems: readonly DocumentProblem[] = [];
/** Left over the canvas, space or middle button pans; a plain drag selects, as in drawing programs. */
const panButtons = [1, 2];

function Surface(given: CanvasProps) {
  const { editor, names, counts, readOnly, trail, onOpenInspector, onReady } = given;
  useLeanStore();
  const { history, selection, edge } = useEditor(editor);
  const [byTouch] = useState(() => window.matchMedia('(pointer: coarse)').matches);
  const wrapper = useRef<HTMLDivElement>(null);
  const [announced, setAnnounced] = useState('');
  const announce = useCallback((text: string) => setAnnounced(text), []);
  const view = useView(editor, wrapper);
  const { choosing, close, add, addNext, find, openSteps, anchorOf, show } = useChoosing({
    editor,
    names,
    view,
    wrapper,
    announce,
  });
  const copying = useCopying({ editor, view, wrapper, readOnly, announce });
  const tidy = useTidy(editor, view, announce);
  const sketched = useSketched(editor, view);
  const flow = useFlow(editor, sketched.isBoxing, {
    document: history.present,
    names,
    problems: given.problems.length === 0 ? noProblems : given.problems,
    counts,
    selection,
    edge,
    trail: trail ?? null,
    taken: given.taken ?? null,
    marks: given.marks ?? null,
    readOnly,
    byTouch,
  });
  const near = useNear(flow, useAlways(selection, sketched.pointed), wrapper);

  const { linkTo = null } = given;
  const acts = useMemo(
    () => ({
      readOnly,
      linkTo,
      openPicker: (after: { from: string; port: string }, beside: Element): void => openSteps(anchorOf(beside), after),
    }),
    [readOnly, linkTo, openSteps, anchorOf],
  );

  const keys = useMemo((): KeyActs => {
    const selected = (): string => [...editor.state().selection].at(-1) ?? startNodeId;
    const whenOpen = (act: () => void) => (): void => (readOnly ? announce('This version cannot be changed.') : act());
    const walk = (direction: Direction): void => {
      const from = selected();
      const to = editor.state().selection.size === 0 ? from : neighbour(editor.document, from, direction);
      if (to === null) return;
      editor.select([to]);
      show(to);
    };
    const steps: Record<Direction, [number, number]> = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] };
    return {
      walk,
      nudge: (direction) =>
        whenOpen(() => {
          const [dx, dy] = steps[direction];
          const to = [...editor.state().selection].map((id) => {
            const { x, y } = editor.document.layout?.[id] ?? { x: 0, y: 0 };
            return [id, { x: x + dx * nudgeBy, y: y + dy * nudgeBy }] as const;
          });
          editor.do({ kind: 'move', to: Object.fromEntries(to) });
        })(),
      addNext: whenOpen(addNext),
      openInspector: () => onOpenInspector?.(),
      leave: () => editor.select([]),
      remove: whenOpen(copying.remove),
      undo: whenOpen(() => editor.undo()),
      redo: whenOpen(() => editor.redo()),
      selectAll: () => {
        editor.select([startNodeId, ...editor.document.nodes.map((node) => node.id)]);
        announce(`${editor.document.nodes.length + 1} selected.`);
      },
      duplicate: whenOpen(copying.duplicate),
      find,
      tidy: whenOpen(tidy),
      zoom: view.zoom,
    };
  }, [editor, readOnly, announce, show, addNext, find, copying, tidy, onOpenInspector, view]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isTyping(event.target) || event.defaultPrevented) return;
    // Buttons on the canvas keep Enter and Space for themselves.
    if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
    const act = actOf(event, keys);
    if (!act) return;
    event.preventDefault();
    act();
  };

  const began = useRef(false);
  const onInit = useCallback(() => {
    if (began.current) return;
    began.current = true;
    // In a drawer there is room for the way only; elsewhere the way is seen within the whole.
    if (trail && given.compact) view.follow([...trail.keys()]);
    else if (given.whole) view.zoom('fit');
    else view.begin();
    const [chosen] = editor.state().selection;
    if (chosen !== undefined) view.centre(chosen);
    onReady?.({
      addStep: (type) => {
        const [from] = editor.state().selection;
        const port = freePort(editor, from);
        add(type, port, port || from === undefined ? undefined : view.below(from));
      },
      show: (node) => {
        editor.select([node]);
        view.centre(node);
        view.focus(node);
      },
      openSteps: (node, port) => {
        const element = document.querySelector(`[data-plus="${CSS.escape(node)} ${CSS.escape(port)}"]`);
        openSteps(anchorOf(element ?? document.getElementById(`step-${node}`)), { from: node, port });
      },
      begin: view.begin,
      focus: () => view.focus([...editor.state().selection][0] ?? startNodeId),
    });
  }, [add, anchorOf, editor, given.compact, given.whole, onReady, openSteps, trail, view]);

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.isValid || state.toNode || !state.fromNode || state.fromHandle?.type !== 'source') return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      const around = wrapper.current?.getBoundingClientRect();
      if (!point || !around) return;
      openSteps(
        { x: point.clientX - around.left, y: point.clientY - around.top },
        { from: state.fromNode.id, port: state.fromHandle.id ?? 'next' },
        view.toCanvas({ x: point.clientX, y: point.clientY }),
      );
    },
    [openSteps, view],
  );
  const onDragOver = (event: DragEvent): void => {
    if (readOnly || !isStepDrag(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    markDropTarget(dropTargetAt(event.clientX, event.clientY)?.element ?? null);
  };
  const onDrop = (event: DragEvent): void => {
    const type = droppedType(event.dataTransfer);
    const target = dropTargetAt(event.clientX, event.clientY);
    markDropTarget(null);
    if (type === null || readOnly) return;
    event.preventDefault();
    const spot = view.toCanvas({ x: event.clientX, y: event.clientY });
    if (target) add(type, target.port);
    else add(type, undefined, { x: Math.round(spot.x / 10) * 10, y: Math.round(spot.y / 10) * 10 - 30 });
  };
  useEffect(() => () => markDropTarget(null), []);

  return (
    <CanvasContext value={acts}>
      <div
        ref={wrapper}
        className={styles.canvas}
        role="region"
        aria-label={given.label}
        // Keys go on working after a press beside the steps, or a box around some.
        tabIndex={-1}
        data-compact={given.compact || undefined}
        data-counted={counts !== null || undefined}
        data-touch={byTouch || undefined}
        onKeyDown={onKeyDown}
        onPointerMove={near.sketched ? sketched.onPointerMove : undefined}
        onDragOver={onDragOver}
        onDragLeave={() => markDropTarget(null)}
        onDrop={onDrop}
      >
        <Arrows />
        <ReactFlow
          nodes={near.nodes}
          edges={near.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={flow.onNodesChange}
          onEdgesChange={flow.onEdgesChange}
          onEdgeClick={flow.onEdgeClick}
          onNodeDragStop={flow.onNodeDragStop}
          onConnect={flow.onConnect}
          onConnectEnd={onConnectEnd}
          isValidConnection={flow.isValidConnection}
          onPaneClick={near.sketched ? sketched.onPaneClick : undefined}
          onInit={onInit}
          minZoom={minZoom}
          maxZoom={1.75}
          snapToGrid
          snapGrid={grid}
          connectionRadius={28}
          connectionLineType={ConnectionLineType.SmoothStep}
          selectionMode={SelectionMode.Partial}
          selectionOnDrag={!readOnly && !byTouch}
          panOnDrag={readOnly || byTouch ? true : panButtons}
          panOnScroll
          zoomOnDoubleClick={false}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          multiSelectionKeyCode={multiKeys}
          elevateNodesOnSelect={false}
          proOptions={proOptions}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.6} color="var(--dots)" />
          {near.sketched && <Sketch sketched={near.sketched} all={flow.nodes} />}
        </ReactFlow>
        {!given.compact && flow.nodes.length > mapFrom && (
          <Overview nodes={flow.settled} label="Map of the whole automation" />
        )}
        <Toolbar editor={editor} keys={keys} readOnly={readOnly} compact={given.compact === true} />
        {given.children}
        {choosing && (
          <Chooser
            key={choosing.title}
            {...choosing}
            within={{ width: wrapper.current?.clientWidth ?? 400, height: wrapper.current?.clientHeight ?? 400 }}
            onChoose={choosing.choose}
            onClose={close}
          />
        )}
        <div className="heard" role="status" aria-live="polite">
          {announced}
        </div>
      </div>
    </CanvasContext>
  );
}

/** Steps that are on the page whatever is in view: the keyboard finds where it was, the pointer what is under it. */
const useAlways = (selection: ReadonlySet<string>, pointed: string | null): ReadonlySet<string> =>
  useMemo(() => {
    const focusable = selection.size === 0 ? [startNodeId] : [...selection].slice(0, mostFocusable);
    return new Set(pointed === null ? focusable : [...focusable, pointed]);
  }, [selection, pointed]);
/** Of hundreds that are selected, the others come when they are in view. */
const mostFocusable = 20;

const proOptions = { hideAttribution: true };
const multiKeys = ['Meta', 'Control', 'Shift'];

/** Where a step goes that is clicked in the palette: after what is selected, where that is free; else on its only way on. */
const freePort = (editor: Editor, selected: string | undefined): { from: string; port: string } | undefined => {
  const from = selected ?? lastOf(editor);
  const free = freePortsOf(editor.document, from)[0];
  const ports = portsOfId(editor.document, from);
  const port = free ?? (ports.length === 1 ? ports[0] : undefined);
  return port === undefined ? undefined : { from, port };
};

/** The end of the way from the start. */
const lastOf = (editor: Editor): string => {
  let at: string = startNodeId;
  const seen = new Set([at]);
  for (;;) {
    const next = editor.document.edges.find((edge) => edge.from === at)?.to;
    if (next === undefined || seen.has(next) || portsOfId(editor.document, next).length === 0) return at;
    seen.add(next);
    at = next;
  }
};

/** An automation as a drawing that can be worked on by mouse, by touch and by keys alone. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Surface {...props} />
    </ReactFlowProvider>
  );
}
