import type { ChangeLine } from '@ripen/shared';
import { IconArrowRight } from '@tabler/icons-react';
import { changeLooks } from './change-looks.ts';
import styles from './change-list.module.css';

/** What a version changes, a line each: by icon, word and colour. A line that is about a step leads to it. */
export function ChangeList(given: {
  lines: readonly ChangeLine[];
  /** The step that is looked at. */
  selected?: string | null;
  /** Left out where there is no drawing to lead to. */
  onShow?: (node: string) => void;
}) {
  return (
    <ul className={styles.changes}>
      {given.lines.map((line, index) => (
        <li key={index} data-selected={(line.node !== null && line.node === given.selected) || undefined}>
          <Line line={line} {...(given.onShow && { onShow: given.onShow })} />
        </li>
      ))}
    </ul>
  );
}

function Line({ line, onShow }: { line: ChangeLine; onShow?: (node: string) => void }) {
  const { node } = line;
  const { word, icon: Mark } = changeLooks[line.what];
  const said = (
    <>
      <span className={styles.what} data-what={line.what}>
        <Mark size={14} stroke={2.2} aria-hidden="true" />
        {word}
      </span>
      <span className={styles.said}>
        <span className={styles.title}>{line.title}</span>
        {line.detail !== '' && <span className={styles.detail}>{line.detail}</span>}
        {line.settings.map((setting, index) => (
          <span key={index} className={styles.setting}>
            {setting.label !== '' && <span className={styles.label}>{setting.label}</span>}
            <del>{setting.before}</del>
            <IconArrowRight size={13} role="img" aria-label="becomes" />
            <ins>{setting.after}</ins>
          </span>
        ))}
      </span>
    </>
  );
  return node !== null && onShow ? (
    <button type="button" className={styles.line} onClick={() => onShow(node)}>
      {said}
    </button>
  ) : (
    <div className={styles.line}>{said}</div>
  );
}
