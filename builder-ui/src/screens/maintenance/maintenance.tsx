import { Button } from '@mantine/core';
import { IconPlus, IconTools } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { maintenanceQuery } from '../../api/maintenance.ts';
import { useMay } from '../../app/signed-in.ts';
import { Page } from '../../ui/page.tsx';
import { rows } from '../../ui/rows.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { count } from '../../ui/words.ts';
import { ProgramEditor } from './program-editor.tsx';
import { ProgramRow } from './program-row.tsx';
import { RunHistory } from './run-history.tsx';
import { RunNow } from './run-now.tsx';

const route = getRouteApi('/inside/maintenance');
const newId = 'new';

/** What keeps contacts in order: programs, when they run, and what came of it. */
export function MaintenanceScreen() {
  const { edit, run, history } = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(maintenanceQuery);
  const mayWrite = useMay('definitions:write');
  const close = (): void => void navigate({ to: '/maintenance', search: {} });
  const find = (id: string | undefined) => query.data?.find((program) => program.id === id);
  const add = mayWrite && (
    <Button
      leftSection={<IconPlus size={16} />}
      renderRoot={(props) => <Link to="/maintenance" search={{ edit: newId }} {...props} />}
    >
      New program
    </Button>
  );
  const [edited, started, told] = [find(edit), find(run), find(history)];
  return (
    <Page
      title="Maintenance"
      sub={query.data ? count(query.data.length, 'program') : undefined}
      acts={query.data?.length ? add : undefined}
    >
      <QueryView query={query} loading={<LoadingRows rows={3} height={72} />}>
        {(programs) =>
          programs.length === 0 ? (
            <EmptyState
              icon={<IconTools size={32} stroke={1.5} aria-hidden="true" />}
              title="Keep contacts in order by themselves"
              acts={add}
            >
              A maintenance program sets fields to scores or values and keeps labels right, for everybody or for a part
              of them: every night, every week or month, or when you say so.
            </EmptyState>
          ) : (
            <ul className={rows.list}>
              {programs.map((program) => (
                <ProgramRow key={program.id} program={program} />
              ))}
            </ul>
          )
        }
      </QueryView>
      {query.data && edit !== undefined && (edit === newId || edited) && (
        <ProgramEditor
          key={edit}
          program={edited?.document ?? null}
          taken={[newId, ...query.data.map(({ id }) => id)]}
          onClose={close}
        />
      )}
      {started && <RunNow program={started.document} onClose={close} />}
      {told && <RunHistory program={told} onClose={close} />}
    </Page>
  );
}
