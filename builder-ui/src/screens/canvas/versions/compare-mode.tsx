import { ActionIcon, SegmentedControl, Select, Tooltip } from '@mantine/core';
import { describeDifference, differenceOf, type Automation } from '@ripen/shared';
import { IconArrowRight, IconArrowsExchange } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { automationVersionsQuery } from '../../../api/automations.ts';
import { Canvas, type CanvasHandle } from '../../../canvas/canvas.tsx';
import type { Marks } from '../../../canvas/project.ts';
import { useEditorPart } from '../../../canvas/use-editor.ts';
import { ChangeList } from '../../../difference/change-list.tsx';
import { marksBeside, mergedDrawing } from '../../../difference/merged.ts';
import { wordingOf } from '../../../difference/wording.ts';
import { Editor } from '../../../document/editor.ts';
import { hasNode } from '../../../document/graph.ts';
import type { Names } from '../../../fields/names.ts';
import { useNames } from '../../../fields/use-names.ts';
import { EmptyState, ErrorState, LoadingRows } from '../../../ui/states.tsx';
import { chosenSides, sidesOf, type Side } from './sides.ts';
import styles from './versions.module.css';

const route = getRouteApi('/inside/automations/$id');
const none: [] = [];

/** Any two versions, or one and the draft: what differs, drawn and in words. Which ones is in the address. */
export default function CompareMode({ id, draft }: { id: string; draft: Automation | null }) {
  const { from, to } = route.useSearch();
  const versions = useQuery(automationVersionsQuery(id));
  const sides = useMemo(() => sidesOf(id, versions.data ?? [], draft), [id, versions.data, draft]);
  if (versions.isError) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <LoadingRows />;
  const chosen = chosenSides(sides, { from, to });
  if (!chosen)
    return (
      <EmptyState title="Nothing to compare yet">
        There is one version. What you change in the drawing is compared with it here.
      </EmptyState>
    );
  return <Compared key={`${chosen.before.id} ${chosen.after.id}`} sides={sides} {...chosen} />;
}

function Compared({ sides, before, after }: { sides: readonly Side[]; before: Side; after: Side }) {
  const names = useNames();
  const navigate = useNavigate();
  const [beside, setBeside] = useState(false);
  const [canvases, setCanvases] = useState<readonly (CanvasHandle & { editor: Editor })[]>([]);
  const lines = useMemo(
    () =>
      describeDifference(
        differenceOf(before.document, after.document),
        { before: before.document, after: after.document },
        wordingOf(names),
      ),
    [before, after, names],
  );
  const drawings = useMemo(() => {
    if (!beside) {
      const { document, marks } = mergedDrawing(before.document, after.document);
      return [{ label: `${before.label} and ${after.label} in one drawing`, marks, editor: new Editor(document) }];
    }
    const marks = marksBeside(before.document, after.document);
    return [
      { label: before.label, marks: marks.before, editor: new Editor(before.document) },
      { label: after.label, marks: marks.after, editor: new Editor(after.document) },
    ];
  }, [before, after, beside]);
  const choose = (from: string, to: string): void =>
    void navigate({ to: '.', search: (all) => ({ ...all, from, to }), replace: true });
  const show = (node: string): void => {
    for (const canvas of canvases)
      if (drawings.some(({ editor }) => editor === canvas.editor) && hasNode(canvas.editor.document, node))
        canvas.show(node);
  };
  const options = sides.map(({ id, label }) => ({ value: id, label }));
  return (
    <div className={styles.compare}>
      <div className={styles.choice}>
        <Select
          aria-label="Compare from"
          size="xs"
          className={styles.side}
          data={options}
          value={before.id}
          allowDeselect={false}
          onChange={(next) => next && choose(next, after.id)}
        />
        <IconArrowRight size={16} role="img" aria-label="to" />
        <Select
          aria-label="Compare to"
          size="xs"
          className={styles.side}
          data={options}
          value={after.id}
          allowDeselect={false}
          onChange={(next) => next && choose(before.id, next)}
        />
        <Tooltip label="The other way round">
          <ActionIcon aria-label="The other way round" onClick={() => choose(after.id, before.id)}>
            <IconArrowsExchange size={17} />
          </ActionIcon>
        </Tooltip>
        <SegmentedControl
          className={styles.layout}
          size="xs"
          aria-label="How they are drawn"
          value={beside ? 'beside' : 'one'}
          data={[
            { value: 'one', label: 'In one drawing' },
            { value: 'beside', label: 'Beside each other' },
          ]}
          onChange={(next) => setBeside(next === 'beside')}
        />
      </div>
      <div className={styles.drawings} data-beside={beside || undefined}>
        {drawings.map((drawing) => (
          <Drawing
            key={drawing.label}
            {...drawing}
            names={names}
            titled={beside}
            onReady={(handle) => setCanvases((known) => [...known, { ...handle, editor: drawing.editor }])}
          />
        ))}
      </div>
      <aside className={styles.words} aria-label="What changes">
        <Words lines={lines} editor={drawings[0]?.editor} from={before.label} to={after.label} onShow={show} />
      </aside>
    </div>
  );
}

function Drawing(given: {
  label: string;
  marks: Marks;
  editor: Editor;
  names: Names;
  titled: boolean;
  onReady: (handle: CanvasHandle) => void;
}) {
  return (
    <section className={styles.drawing} aria-label={given.label}>
      {given.titled && <h2 className={styles.drawingTitle}>{given.label}</h2>}
      <div className={styles.surface}>
        <Canvas
          editor={given.editor}
          names={given.names}
          problems={none}
          counts={null}
          readOnly
          compact={given.titled}
          marks={given.marks}
          label={`Canvas: ${given.label}`}
          onReady={given.onReady}
        />
      </div>
    </section>
  );
}

function Words(given: {
  lines: ReturnType<typeof describeDifference>;
  editor: Editor | undefined;
  from: string;
  to: string;
  onShow: (node: string) => void;
}) {
  const { lines, editor } = given;
  if (lines.length === 0 || !editor)
    return (
      <p className={styles.nothing}>
        Nothing differs between {given.from.toLowerCase()} and {given.to.toLowerCase()}, but perhaps where steps stand.
      </p>
    );
  return <Listed lines={lines} editor={editor} onShow={given.onShow} />;
}

function Listed(given: {
  lines: ReturnType<typeof describeDifference>;
  editor: Editor;
  onShow: (node: string) => void;
}) {
  const selection = useEditorPart(given.editor, (state) => state.selection);
  const tally = (['added', 'changed', 'removed'] as const)
    .map((what) => ({ what, times: given.lines.filter((line) => line.what === what).length }))
    .filter(({ times }) => times > 0);
  return (
    <>
      <h2 className={styles.sub}>What changes</h2>
      <p className={styles.tally}>{tally.map(({ what, times }) => `${times} ${what}`).join(', ')}</p>
      <ChangeList lines={given.lines} selected={[...selection][0] ?? null} onShow={given.onShow} />
    </>
  );
}
