import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { VoidPreview } from '@ripen/shared';
import { useNames } from '../../../fields/index.ts';
import { nameIn } from '../../../fields/names.ts';
import { Points } from '../../../ui/marks.tsx';
import { count, number } from '../../../ui/words.ts';
import figures from '../../../ui/figures.module.css';
import styles from './undo.module.css';

/** What would be undone: how much, who loses what, who leaves a stage. */
export function Preview({ preview }: { preview: VoidPreview }) {
  const { stages } = useNames();
  const stage = (id: string | null): string => (id === null ? 'no stage' : nameIn(stages, id));
  if (preview.entries === 0) return <Text role="status">Nothing that is still worth something fits.</Text>;
  return (
    <div className={`${figures.figures} ${styles.preview}`} role="status">
      <Text>
        {count(preview.entries, 'entry', 'entries')} of {count(preview.contacts, 'contact')}, worth{' '}
        {number(preview.points)} points when they were earned.
      </Text>
      {preview.moves.length > 0 && (
        <ul aria-label="Stage moves">
          {preview.moves.map((move) => (
            <li key={`${move.from} ${move.to}`}>
              {stage(move.from)} → {stage(move.to)}: <b>{number(move.contacts)}</b>
            </li>
          ))}
        </ul>
      )}
      {preview.looked < preview.contacts && (
        <Text size="xs" c="dimmed">
          Stages by the first {number(preview.looked)} contacts.
        </Text>
      )}
      <table>
        <caption>The first of them</caption>
        <tbody>
          {preview.examples.map((example) => (
            <tr key={example.contact.id}>
              <td>
                <Link to="/contacts/$id" params={{ id: example.contact.id }}>
                  {example.contact.name}
                </Link>
              </td>
              <td className={figures.number}>{count(example.entries, 'entry', 'entries')}</td>
              <td className={figures.number}>
                <Points value={example.points} />
              </td>
              <td>
                {example.stageFrom === example.stageTo ? '' : `${stage(example.stageFrom)} → ${stage(example.stageTo)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
