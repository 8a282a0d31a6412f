import type { Editor } from '../../document/editor.ts';
import { useEditorPart } from '../../canvas/use-editor.ts';
import styles from './top-bar.module.css';

/** The automation's name, edited where it stands. */
export function NameField({ editor, readOnly }: { editor: Editor; readOnly: boolean }) {
  const name = useEditorPart(editor, ({ history }) => history.present.name);
  if (readOnly) return <h1 className={styles.name}>{name}</h1>;
  return (
    <h1 className={styles.name}>
      <span className="heard">{name}</span>
      <span className={styles.grow} data-text={name || 'Name it'}>
        <input
          aria-label="Name of the automation"
          size={1}
          maxLength={200}
          value={name}
          placeholder="Name it"
          spellCheck={false}
          onChange={(event) => editor.do({ kind: 'automation', change: { name: event.currentTarget.value } })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      </span>
    </h1>
  );
}
