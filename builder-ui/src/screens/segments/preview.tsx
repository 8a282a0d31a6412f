import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Condition } from '@ripen/shared';
import { ApiProblem, sentenceOf } from '../../api/client.ts';
import { countedPreview, segmentPreviewQuery } from '../../api/segments.ts';
import { useMay } from '../../app/signed-in.ts';
import { useStages } from '../../fields/use-stages.ts';
import { ScoreChip } from '../../ui/marks.tsx';
import { sayFailed } from '../../ui/say.ts';
import { LoadingRows } from '../../ui/states.tsx';
import { totalWords } from '../../ui/total-words.ts';
import styles from './segments.module.css';

const typingMs = 400;
/** Asked for only where there is a condition. */
const nobody: Condition = { kind: 'any', of: [] };

/**
 * Who a condition means now: how many, and the newest of them. `when` is null until something was said (`begun`) and
 * finished. `link`: the segment that the list can be asked for.
 */
export function Preview({ begun, when, link }: { begun: boolean; when: Condition | null; link: string | null }) {
  const mayRead = useMay('contacts:read');
  const [asked] = useDebouncedValue(when, typingMs);
  const stages = useStages();
  const query = useQuery({ ...segmentPreviewQuery(asked ?? nobody), enabled: mayRead && asked !== null });
  const counting = useMutation({
    mutationFn: countedPreview,
    onError: (error) => sayFailed('They could not be counted', error),
  });
  if (!mayRead) return null;
  const { data } = query;
  const counted = counting.variables === asked ? counting.data?.total : undefined;
  return (
    <section className={styles.preview} aria-label="Who is in it now" aria-busy={query.isFetching}>
      <h2 className={styles.heading}>Who is in it now</h2>
      {asked === null ? (
        <p className={styles.about}>
          {begun
            ? 'Once every condition is complete, those who are in it are shown here.'
            : 'Say who is in the segment, and they are shown here.'}
        </p>
      ) : query.isError ? (
        <p role="alert" className={styles.refused}>
          {query.error instanceof ApiProblem && query.error.errors[0]
            ? query.error.errors[0].message
            : sentenceOf(query.error)}
        </p>
      ) : !data ? (
        <LoadingRows rows={3} height={40} />
      ) : (
        <div data-stale={query.isPlaceholderData || undefined} className={styles.found}>
          <p className={styles.total} role="status">
            {totalWords(counted ?? data.total, 'contact')}
          </p>
          {!data.total.exact && !counted && (
            <p className={styles.about}>
              From a sample.{' '}
              <Button
                variant="subtle"
                size="compact-sm"
                loading={counting.isPending && counting.variables === asked}
                onClick={() => counting.mutate(asked)}
              >
                Count everybody
              </Button>
            </p>
          )}
          {data.items.length === 0 && data.total.range && (
            <p className={styles.about}>None of the newest contacts is in it.</p>
          )}
          <ul className={styles.people}>
            {data.items.map((contact) => (
              <li key={contact.id}>
                <Link to="/contacts/$id" params={{ id: contact.id }}>
                  {contact.name}
                </Link>
                {contact.scores[0]?.shown && (
                  <ScoreChip score={contact.scores[0].score} ripe={stages.ripe} band={contact.scores[0].band} />
                )}
              </li>
            ))}
          </ul>
          {link !== null && data.total.count > data.items.length && (
            <Link to="/contacts" search={{ segment: link }}>
              Show all
            </Link>
          )}
        </div>
      )}
    </section>
  );
}
