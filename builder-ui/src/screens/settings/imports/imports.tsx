import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { loadsQuery, type HistoricalLoad } from '../../../api/imports.ts';
import { useMay } from '../../../app/signed-in.ts';
import { StatusMark, type Tone } from '../../../ui/marks.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { EmptyState, QueryView } from '../../../ui/states.tsx';
import { count } from '../../../ui/words.ts';
import { Item, Items } from '../item.tsx';
import { Section } from '../section.tsx';
import { RefusedRows } from './refused-rows.tsx';

const route = getRouteApi('/inside/settings/$section');

const states: Record<HistoricalLoad['status'], { tone: Tone; words: string }> = {
  open: { tone: 'warn', words: 'Not finished' },
  closing: { tone: 'idle', words: 'Being scored' },
  closed: { tone: 'good', words: 'Done' },
  cancelled: { tone: 'plain', words: 'Ended early' },
};

/** The loads of late, and what each of them refused. */
export function Imports() {
  const query = useQuery(loadsQuery);
  const { load } = route.useSearch();
  const navigate = useNavigate();
  const mayImport = useMay('imports:write');
  const look = (id: string): void =>
    void navigate({ to: '/settings/$section', params: { section: 'imports' }, search: id === '' ? {} : { load: id } });
  return (
    <Section
      title="Imports"
      about="What was loaded from files, by these pages, the command or the API, and the rows that could not be used."
      act={
        mayImport && (
          <Button
            leftSection={<IconFileImport size={16} aria-hidden="true" />}
            onClick={() => void navigate({ to: '/contacts', search: { import: 'file' } })}
          >
            Import a file
          </Button>
        )
      }
    >
      <QueryView query={query}>
        {(loads) =>
          loads.length === 0 ? (
            <EmptyState title="Nothing was imported yet">
              Files that you import are listed here, with the rows that were refused and why.
            </EmptyState>
          ) : (
            <>
              <Items>
                {loads.map((each) => (
                  <Item
                    key={each.id}
                    name={each.name}
                    sub={
                      <>
                        {count(each.received, 'event')}, <RelativeTime at={each.createdAt} />
                      </>
                    }
                    state={<StatusMark tone={states[each.status].tone}>{states[each.status].words}</StatusMark>}
                    acts={
                      each.refused > 0 && (
                        <Button variant="default" size="compact-sm" onClick={() => look(each.id)}>
                          {count(each.refused, 'row')} refused
                        </Button>
                      )
                    }
                  />
                ))}
              </Items>
              <RefusedRows load={loads.find(({ id }) => id === load) ?? null} onClose={() => look('')} />
            </>
          )
        }
      </QueryView>
    </Section>
  );
}
