import { startNodeId } from '@ripen/shared';
import { IconAlertTriangle, IconChevronDown, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Editor } from '../../document/editor.ts';
import type { DocumentProblem } from '../../document/problems.ts';
import { lookOf } from '../../nodes/index.ts';
import { count } from '../../ui/words.ts';
import styles from './problems-panel.module.css';

/** Where a problem is, by the name of its step. */
const placeOf = (editor: Editor, problem: DocumentProblem): string => {
  const node = editor.document.nodes.find(({ id }) => id === problem.node);
  return node ? lookOf(node.type).title : problem.path?.startsWith('triggers') ? lookOf('start').title : 'Automation';
};

export function ProblemList(given: {
  editor: Editor;
  problems: readonly DocumentProblem[];
  onShow: (node: string) => void;
}) {
  return (
    <ul className={styles.list}>
      {given.problems.map((problem, index) => (
        <li key={index}>
          <button type="button" className={styles.problem} onClick={() => given.onShow(problem.node ?? startNodeId)}>
            {problem.severity === 'error' ? (
              <IconCircleX size={16} className={styles.error} aria-label="Problem" />
            ) : (
              <IconAlertTriangle size={16} className={styles.warning} aria-label="Warning" />
            )}
            <span>
              <strong>{placeOf(given.editor, problem)}</strong>
              {problem.message}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What to look at before publishing; each leads to its step. */
export function ProblemsPanel(given: {
  editor: Editor;
  /** Null: not checked yet. */
  problems: readonly DocumentProblem[] | null;
  onShow: (node: string) => void;
}) {
  const [open, setOpen] = useState(true);
  const { problems } = given;
  if (problems === null) return null;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const words = [errors > 0 ? count(errors, 'problem') : '', warnings > 0 ? count(warnings, 'warning') : ''].filter(
    Boolean,
  );
  return (
    <section className={styles.panel} aria-label="Problems">
      <button type="button" className={styles.head} aria-expanded={open} onClick={() => setOpen(!open)}>
        {problems.length === 0 ? (
          <IconCircleCheck size={16} className={styles.fine} aria-hidden="true" />
        ) : errors > 0 ? (
          <IconCircleX size={16} className={styles.error} aria-hidden="true" />
        ) : (
          <IconAlertTriangle size={16} className={styles.warning} aria-hidden="true" />
        )}
        <span role="status">{problems.length === 0 ? 'No problems' : words.join(', ')}</span>
        {problems.length > 0 && <IconChevronDown size={16} className={styles.chevron} aria-hidden="true" />}
      </button>
      {open && problems.length > 0 && <ProblemList editor={given.editor} problems={problems} onShow={given.onShow} />}
    </section>
  );
}
