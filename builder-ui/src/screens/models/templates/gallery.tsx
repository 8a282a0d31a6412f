import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { templatesQuery } from '../../../api/templates.ts';
import { LoadingRows, QueryView } from '../../../ui/states.tsx';
import { contentsOf, sizeWords } from './contents.ts';
import { Preview } from './preview.tsx';
import styles from './templates.module.css';

/** Systems to start from: all of them, or one that is looked at. */
export function Gallery(given: { chosen: string | null; onChoose: (id: string | null) => void; onClose: () => void }) {
  const { chosen, onChoose, onClose } = given;
  const query = useQuery(templatesQuery);
  const template = query.data?.find(({ id }) => id === chosen);
  return (
    <Modal opened onClose={onClose} size={820} title={template?.title ?? 'Start from a template'}>
      <QueryView query={query} loading={<LoadingRows rows={5} height={72} />}>
        {(templates) =>
          template ? (
            <Preview key={template.id} template={template} onBack={() => onChoose(null)} onDone={onClose} />
          ) : (
            <>
              <p className={styles.intro}>
                Whole systems that others have described: score models, stages and automations that belong together.
                Look at one before it is published.
              </p>
              <ul className={styles.list}>
                {templates.map((one) => (
                  <li key={one.id}>
                    <button type="button" className={styles.card} onClick={() => onChoose(one.id)}>
                      <span className={styles.title}>{one.title}</span>
                      <span className={styles.summary}>{one.summary}</span>
                      <span className={styles.size}>
                        {sizeWords(contentsOf(one))}
                        {one.applied && ' · in force'}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </QueryView>
    </Modal>
  );
}
