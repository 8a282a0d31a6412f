import { startNodeId } from '@ripen/shared';
import { Link } from '@tanstack/react-router';
import type { Editor } from '../../document/editor.ts';
import type { Names } from '../../fields/names.ts';
import { freshTrigger, triggerKinds, triggerTypes } from '../../nodes/index.ts';
import styles from './empty-canvas.module.css';
import { templates } from './templates.ts';

/** Where a new automation begins: what starts it, or a template. */
export function EmptyCanvas({ editor, names, onBegun }: { editor: Editor; names: Names; onBegun: () => void }) {
  return (
    <div className={styles.over}>
      <div className={styles.card}>
        <section aria-labelledby="what-starts">
          <h2 id="what-starts" className={styles.title}>
            What starts this automation?
          </h2>
          <div className={styles.triggers}>
            {triggerTypes.map((type) => {
              const kind = triggerKinds[type];
              return (
                <button
                  key={type}
                  type="button"
                  className={styles.trigger}
                  onClick={() => {
                    editor.do({ kind: 'automation', change: { triggers: [freshTrigger(type, names)] } }, [startNodeId]);
                    onBegun();
                  }}
                >
                  <kind.icon size={18} stroke={1.8} aria-hidden="true" />
                  <span>
                    <span className={styles.name}>{kind.title}</span>
                    <span className={styles.about}>{kind.about}</span>
                  </span>
                </button>
              );
            })}
          </div>
        </section>
        <section aria-labelledby="or-template">
          <h2 id="or-template" className={styles.title}>
            Or begin with a template
          </h2>
          <div className={styles.templates}>
            {templates.map((template) => (
              <button
                key={template.title}
                type="button"
                className={styles.template}
                onClick={() => {
                  editor.load(template.make(editor.document.id, names));
                  editor.select([startNodeId]);
                  onBegun();
                }}
              >
                <template.icon size={20} stroke={1.6} aria-hidden="true" />
                <span className={styles.name}>{template.title}</span>
                <span className={styles.about}>{template.about}</span>
              </button>
            ))}
          </div>
          <Link to="/automations" search={{ template: 'all' }} className={styles.more}>
            All templates
          </Link>
        </section>
      </div>
    </div>
  );
}
