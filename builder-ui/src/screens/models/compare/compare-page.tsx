import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { definitionsQuery } from '../../../api/definitions.ts';
import { Page } from '../../../ui/page.tsx';
import { LoadingRows, QueryView } from '../../../ui/states.tsx';
import { TwoSides, type Collection, type Shown } from './two-sides.tsx';

/** What the address says: both sides, and whether what is the same is shown too (`yes`). */
interface Search {
  a?: string | undefined;
  b?: string | undefined;
  all?: string | undefined;
}

/** Two score sheets, or two states of one, side by side; `children` says how they differ. */
export function ComparePage<Sheet>(given: {
  title: string;
  of: Collection<Sheet>;
  search: Search;
  onSearch: (change: Search) => void;
  children: (
    left: Shown<Sheet>,
    right: Shown<Sheet>,
    shown: { all: boolean; onAll: (all: boolean) => void },
  ) => ReactNode;
}) {
  const { of, search, onSearch, children } = given;
  const query = useQuery(definitionsQuery(of.collection));
  const shown = { all: search.all === 'yes', onAll: (on: boolean) => onSearch({ all: on ? 'yes' : '' }) };
  return (
    <Page
      title={given.title}
      lead={
        <ActionIcon
          renderRoot={(props) => <Link to="/models" {...props} />}
          variant="subtle"
          aria-label="All score models"
        >
          <IconArrowLeft size={18} />
        </ActionIcon>
      }
    >
      <QueryView query={query} loading={<LoadingRows rows={8} />}>
        {(models) => (
          <TwoSides
            {...of}
            models={models.filter(({ status }) => status !== 'archived')}
            address={search}
            onAddress={(side, text) => onSearch({ [side]: text })}
          >
            {(left, right) => children(left, right, shown)}
          </TwoSides>
        )}
      </QueryView>
    </Page>
  );
}
