import { Checkbox, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Combinations, ScoreModel } from '@ripen/shared';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { combinationsQuery } from '../../../api/insight.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { sayDone } from '../../../ui/say.ts';
import { QueryView } from '../../../ui/states.tsx';
import { compact, count } from '../../../ui/words.ts';
import marks from './side.module.css';

type Item = Combinations['items'][number];

/** The combinations of rules with how many contacts each has; those that are ticked become segments. */
export function CombinationsDialog({ model, onClose }: { model: ScoreModel; onClose: () => void }) {
  const query = useQuery(combinationsQuery(model.id));
  const client = useQueryClient();
  const navigate = useNavigate();
  // Until somebody ticks: those with contacts, and all of them where nobody is in any.
  const [ticked, setTicked] = useState<ReadonlySet<number> | null>(null);
  const free = (query.data?.items ?? []).filter(({ segment }) => segment === null);
  const usual = free.some((item) => item.count > 0) ? free.filter((item) => item.count > 0) : free;
  const chosen = ticked ? free.filter(({ score }) => ticked.has(score)) : usual;
  const create = useMutation({
    mutationFn: (items: readonly Item[]) =>
      api.post('/api/apply', { documents: items.map(({ document }) => document) }),
    onSuccess: async (_, items) => {
      sayDone(`${count(items.length, 'segment is', 'segments are')} in force.`);
      // Not waited for: segments are counted with it.
      void client.invalidateQueries({ queryKey: ['definitions', 'list'] });
      await navigate({ to: '/segments' });
    },
  });
  const tick = (scores: readonly number[], on: boolean): void => {
    const next = new Set(chosen.map(({ score }) => score));
    for (const score of scores)
      if (on) next.add(score);
      else next.delete(score);
    setTicked(next);
  };
  return (
    <FormDialog
      title="A segment of each combination"
      act={chosen.length === 0 ? 'Create segments' : `Create ${count(chosen.length, 'segment')}`}
      size="lg"
      busy={create.isPending}
      disabled={chosen.length === 0}
      error={create.error}
      onClose={onClose}
      onSubmit={() => create.mutate(chosen)}
    >
      <QueryView query={query}>
        {({ why, items, sampled, sampleSize }) =>
          why === null ? (
            <>
              <Text>Which rules hold together, told by the score of “{model.name}” as it is published.</Text>
              <table className={marks.combinations}>
                <thead>
                  <tr>
                    <th scope="col">
                      <Checkbox
                        aria-label="All combinations"
                        checked={free.length > 0 && chosen.length === free.length}
                        indeterminate={chosen.length > 0 && chosen.length < free.length}
                        disabled={free.length === 0}
                        onChange={(event) =>
                          tick(
                            free.map(({ score }) => score),
                            event.currentTarget.checked,
                          )
                        }
                      />
                    </th>
                    <th scope="col">Score</th>
                    <th scope="col">Exactly these rules</th>
                    <th scope="col">Contacts</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.score}>
                      <td>
                        {item.segment === null && (
                          <Checkbox
                            aria-label={`Score ${item.score}`}
                            checked={chosen.includes(item)}
                            onChange={(event) => tick([item.score], event.currentTarget.checked)}
                          />
                        )}
                      </td>
                      <td>{item.score}</td>
                      <td>
                        {item.rules.map(({ name }) => name).join(' + ')}
                        {item.segment !== null && (
                          <div>
                            <Link to="/segments/$id" params={{ id: item.segment }}>
                              There is a segment already
                            </Link>
                          </div>
                        )}
                      </td>
                      <td>{compact(item.count)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {sampled && <Text c="dimmed">Estimated from {compact(sampleSize)} contacts at random.</Text>}
            </>
          ) : (
            <Text>{why} Publish the draft first, if it says otherwise.</Text>
          )
        }
      </QueryView>
    </FormDialog>
  );
}
