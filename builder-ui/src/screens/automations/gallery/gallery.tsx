import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { automationTemplatesQuery } from '../../../api/templates.ts';
import { placed } from '../../../document/tidy.ts';
import { LoadingRows, QueryView } from '../../../ui/states.tsx';
import { count } from '../../../ui/words.ts';
import { readTemplate } from './from-template.ts';
import styles from './gallery.module.css';
import { Preview } from './preview.tsx';
import { Thumbnail } from './thumbnail.tsx';

/** Automations to begin with: all of them, or one that is looked at. */
export default function Gallery(given: {
  chosen: string | null;
  onChoose: (id: string | null) => void;
  onClose: () => void;
}) {
  const { chosen, onChoose, onClose } = given;
  const query = useQuery(automationTemplatesQuery);
  const templates = useMemo(
    () =>
      query.data?.map((template) => {
        const read = readTemplate(template);
        return { ...read, automations: read.automations.map(placed) };
      }),
    [query.data],
  );
  const template = templates?.find(({ id }) => id === chosen);
  return (
    <Modal opened onClose={onClose} size={1080} title={template?.title ?? 'Start from a template'}>
      <QueryView query={query} loading={<LoadingRows rows={5} height={72} />}>
        {() =>
          template ? (
            <Preview key={template.id} template={template} onBack={() => onChoose(null)} />
          ) : (
            <ul className={styles.list}>
              {templates?.map((one) => (
                <li key={one.id}>
                  <button type="button" className={styles.card} onClick={() => onChoose(one.id)}>
                    <span className={styles.picture}>
                      {one.automations[0] && <Thumbnail automation={one.automations[0]} />}
                    </span>
                    <span className={styles.title}>{one.title}</span>
                    <span className={styles.summary}>{one.summary}</span>
                    <span className={styles.size}>
                      {count(
                        one.automations.reduce((sum, { nodes }) => sum + nodes.length, 0),
                        'step',
                      )}
                      {one.automations.length > 1 && ` in ${count(one.automations.length, 'automation')}`}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Modal>
  );
}
