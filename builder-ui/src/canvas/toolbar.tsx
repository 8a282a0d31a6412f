import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsMaximize,
  IconLayoutDistributeVertical,
  IconMinus,
  IconPlus,
  IconSearch,
  type Icon,
} from '@tabler/icons-react';
import { useStore } from '@xyflow/react';
import { memo } from 'react';
import type { Editor } from '../document/editor.ts';
import type { KeyActs } from './canvas-keys.ts';
import styles from './canvas.module.css';
import { useEditorPart } from './use-editor.ts';

function Act(given: { label: string; keys: string; icon: Icon; disabled?: boolean; onClick: () => void }) {
  return (
    <Tooltip label={`${given.label} · ${given.keys}`} position="top">
      <ActionIcon
        aria-label={given.label}
        variant="subtle"
        size={30}
        disabled={given.disabled ?? false}
        onClick={given.onClick}
      >
        <given.icon size={17} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}

function Zoom({ onClick }: { onClick: () => void }) {
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100));
  return (
    <button type="button" className={styles.zoom} onClick={onClick} aria-label={`Zoom ${percent} %, back to 100 %`}>
      {percent} %
    </button>
  );
}

/** What concerns the drawing as a whole. */
export const Toolbar = memo(function Toolbar(given: {
  editor: Editor;
  keys: KeyActs;
  readOnly: boolean;
  compact: boolean;
}) {
  const { keys, editor } = given;
  const canUndo = useEditorPart(editor, ({ history }) => history.past.length > 0);
  const canRedo = useEditorPart(editor, ({ history }) => history.future.length > 0);
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Drawing">
      {!given.readOnly && (
        <>
          <Act label="Undo" keys="Ctrl Z" icon={IconArrowBackUp} disabled={!canUndo} onClick={keys.undo} />
          <Act label="Redo" keys="Ctrl Shift Z" icon={IconArrowForwardUp} disabled={!canRedo} onClick={keys.redo} />
          <span className={styles.rule} />
          <Act label="Lay out" keys="t" icon={IconLayoutDistributeVertical} onClick={keys.tidy} />
        </>
      )}
      {!given.compact && <Act label="Find a step" keys="Ctrl F" icon={IconSearch} onClick={keys.find} />}
      <span className={styles.rule} />
      <Act label="Zoom out" keys="-" icon={IconMinus} onClick={() => keys.zoom('out')} />
      <Zoom onClick={() => keys.zoom('actual')} />
      <Act label="Zoom in" keys="+" icon={IconPlus} onClick={() => keys.zoom('in')} />
      <Act label="Show all" keys="1" icon={IconArrowsMaximize} onClick={() => keys.zoom('fit')} />
    </div>
  );
});
