import { Alert, Button, Group, Text, Textarea } from '@mantine/core';
import { startNodeId, type Automation, type AutomationCounts, type GraphNode } from '@ripen/shared';
import { IconCopy, IconCopyPlus, IconTrash, IconX } from '@tabler/icons-react';
import { ActionIcon } from '@mantine/core';
import { Component, memo, useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import type { CanvasHandle } from '../../canvas/canvas.tsx';
import { writeClipboard } from '../../canvas/system-clipboard.ts';
import { useEditor } from '../../canvas/use-editor.ts';
import { clipboardText, fragmentOf } from '../../document/clipboard.ts';
import type { Editor } from '../../document/editor.ts';
import { edgeAt, nodeIn, portsOf, type Port } from '../../document/graph.ts';
import { withFreshIds } from '../../document/ids.ts';
import type { DocumentProblem } from '../../document/problems.ts';
import type { Names } from '../../fields/names.ts';
import {
  freshSettings,
  lookOf,
  namesWithin,
  NodePanel,
  portLabel,
  summaryOf,
  TriggersPanel,
} from '../../nodes/index.ts';
import { count } from '../../ui/words.ts';
import styles from './inspector.module.css';
import { EdgeNumbers, StepNumbers } from './live/numbers.tsx';

export interface InspectorProps {
  editor: Editor;
  names: Names;
  problems: readonly DocumentProblem[];
  counts: AutomationCounts | null;
  readOnly: boolean;
  canvas: CanvasHandle | null;
}

/** Settings that cannot be shown as a form, say after a corrupt draft: a way out instead of an empty page. */
class FormGuard extends Component<{ children: ReactNode; onReset: () => void }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Alert color="tomato" title="These settings cannot be shown" p="sm">
        They do not have the shape that this step needs.
        <Button
          mt="sm"
          size="xs"
          variant="default"
          onClick={() => {
            this.props.onReset();
            this.setState({ broken: false });
          }}
        >
          Start from fresh settings
        </Button>
      </Alert>
    );
  }
}

function Head({ type, children }: { type: Parameters<typeof lookOf>[0]; children?: ReactNode }) {
  const look = lookOf(type);
  return (
    <header className={styles.head}>
      <look.icon size={18} stroke={1.8} aria-hidden="true" style={{ color: look.color }} />
      <h2 className={styles.title}>{look.title}</h2>
      {children}
    </header>
  );
}

function Act(given: { label: string; icon: typeof IconTrash; onClick: () => void }) {
  return (
    <ActionIcon aria-label={given.label} title={given.label} size={28} onClick={given.onClick}>
      <given.icon size={16} stroke={1.8} />
    </ActionIcon>
  );
}

/**
 * What is selected, as a form. The form comes a moment after the selection shows on the canvas: walking along a flow does not
 * wait for forms.
 */
export function Inspector(given: InspectorProps) {
  const { history, selection, edge } = useEditor(given.editor);
  const chosen = useDeferredValue(useMemo(() => ({ selection, edge }), [selection, edge]));
  return <Chosen {...given} document={history.present} chosen={chosen} />;
}

/** Names what the form is of, for who waits for it. */
export const shownAttribute = 'data-shown';

const Chosen = memo(function Chosen(
  given: InspectorProps & {
    document: Automation;
    chosen: { selection: ReadonlySet<string>; edge: Port | null };
  },
) {
  const { document, chosen } = given;
  const [only, ...more] = chosen.selection;
  const node = only === undefined ? undefined : nodeIn(document, only);
  return (
    <div {...{ [shownAttribute]: only ?? '' }}>
      {chosen.edge ? (
        <OnEdge {...given} edge={chosen.edge} />
      ) : more.length > 0 ? (
        <OnMany {...given} />
      ) : only === startNodeId ? (
        <OnStart {...given} />
      ) : node ? (
        <OnNode {...given} key={node.id} node={node} />
      ) : (
        <p className={styles.hint}>
          {given.readOnly ? (
            'Select a step to see its settings and what went through it.'
          ) : (
            <>
              Select a step to see its settings. Press <kbd>n</kbd> on the canvas to add the next step by typing its
              name.
            </>
          )}
        </p>
      )}
    </div>
  );
});

function OnStart({ editor, names, problems, counts, readOnly }: InspectorProps) {
  const own = problems.filter(({ node }) => node === undefined);
  return (
    <>
      <Head type="start" />
      <StepNumbers counts={counts} node={startNodeId} />
      <fieldset className={styles.form} disabled={readOnly}>
        <TriggersPanel
          automation={editor.document}
          onChange={(change) => editor.do({ kind: 'automation', change })}
          names={names}
          problems={own}
        />
      </fieldset>
    </>
  );
}

function OnNode(given: InspectorProps & { node: GraphNode }) {
  const { editor, names, node, readOnly } = given;
  // Only this one names other steps: describing hundreds of them is not for nothing.
  const within = node.type === 'go_to' ? namesWithin(names, editor.document.nodes) : names;
  const problems = given.problems.filter((problem) => problem.node === node.id);
  const [hasNote, setHasNote] = useState(node.note !== undefined);
  const duplicate = (): void => {
    const fragment = withFreshIds(fragmentOf(editor.document, new Set([node.id])), editor.document);
    editor.do(
      { kind: 'paste', fragment },
      fragment.nodes.map(({ id }) => id),
    );
  };
  const change = (next: GraphNode): void => editor.do({ kind: 'change', node: next });
  return (
    <>
      <Head type={node.type}>
        {!readOnly && (
          <span className={styles.acts}>
            <Act label="Duplicate" icon={IconCopyPlus} onClick={duplicate} />
            <Act label="Delete" icon={IconTrash} onClick={() => editor.do({ kind: 'delete', nodes: [node.id] })} />
          </span>
        )}
      </Head>
      <StepNumbers counts={given.counts} node={node.id} />
      <fieldset className={styles.form} disabled={readOnly}>
        <FormGuard
          onReset={
            () => change({ ...node, settings: freshSettings(node.type, within) } as GraphNode) /* Of its own type. */
          }
        >
          <NodePanel
            node={node}
            onChange={
              (settings) => change({ ...node, settings } as GraphNode) /* The panel hands back settings of that type. */
            }
            names={within}
            problems={problems}
          />
        </FormGuard>
        {hasNote ? (
          <Textarea
            label="Note"
            mt="md"
            maxLength={2_000}
            value={node.note ?? ''}
            placeholder="Why it is like this"
            onChange={(event) => {
              const note = event.currentTarget.value;
              change({ ...node, note: note === '' ? undefined : note });
            }}
          />
        ) : (
          !readOnly && (
            <Button variant="subtle" size="compact-sm" mt="sm" ml={-8} onClick={() => setHasNote(true)}>
              Add a note
            </Button>
          )
        )}
      </fieldset>
      <Outputs {...given} />
    </>
  );
}

function Outputs({ editor, names, node, readOnly, canvas }: InspectorProps & { node: GraphNode }) {
  const ports = portsOf(node);
  if (ports.length === 0) return null;
  return (
    <section className={styles.outputs} aria-label="Leads to">
      <h3 className={styles.sub}>Leads to</h3>
      <ul>
        {ports.map((port) => {
          const to = edgeAt(editor.document, { from: node.id, port })?.to;
          const target = editor.document.nodes.find(({ id }) => id === to);
          const label = portLabel(node, port, names) || 'Next';
          return (
            <li key={port}>
              <span className={styles.port}>{label}</span>
              {target ? (
                <>
                  <button type="button" className={styles.target} onClick={() => canvas?.show(target.id)}>
                    {lookOf(target.type).title}
                    <span>{summaryOf(target, names)}</span>
                  </button>
                  {!readOnly && (
                    <ActionIcon
                      size={24}
                      aria-label={`Disconnect ${label}`}
                      onClick={() => editor.do({ kind: 'disconnect', from: node.id, port })}
                    >
                      <IconX size={14} />
                    </ActionIcon>
                  )}
                </>
              ) : readOnly ? (
                <span className={styles.none}>Nothing</span>
              ) : (
                <button type="button" className={styles.target} onClick={() => canvas?.openSteps(node.id, port)}>
                  Add a step
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function OnMany({ editor, readOnly }: InspectorProps) {
  const { selection } = useEditor(editor);
  const ids = [...selection].filter((id) => id !== startNodeId);
  return (
    <>
      <header className={styles.head}>
        <h2 className={styles.title}>{count(ids.length, 'step')} selected</h2>
      </header>
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconCopy size={15} />}
          onClick={() => void writeClipboard(clipboardText(fragmentOf(editor.document, new Set(ids))))}
        >
          Copy
        </Button>
        {!readOnly && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconTrash size={15} />}
            onClick={() => editor.do({ kind: 'delete', nodes: ids })}
          >
            Delete
          </Button>
        )}
      </Group>
    </>
  );
}

function OnEdge({ editor, names, counts, readOnly, canvas, edge }: InspectorProps & { edge: Port }) {
  const source = editor.document.nodes.find(({ id }) => id === edge.from);
  const label = source ? portLabel(source, edge.port, names) : '';
  return (
    <>
      <header className={styles.head}>
        <h2 className={styles.title}>Connection</h2>
      </header>
      <Text size="sm" mb="md">
        From {lookOf(source?.type ?? 'start').title}
        {label === '' ? '' : `, ${label}`}
      </Text>
      <EdgeNumbers counts={counts} {...edge} />
      {!readOnly && (
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => canvas?.openSteps(edge.from, edge.port)}>
            Insert a step
          </Button>
          <Button variant="default" size="xs" onClick={() => editor.do({ kind: 'disconnect', ...edge })}>
            Remove
          </Button>
        </Group>
      )}
    </>
  );
}
