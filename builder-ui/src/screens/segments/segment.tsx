import { Anchor, Button } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { conditionSchema, type Condition, type Segment } from '@ripen/shared';
import { useState } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { applyDocument, idFromName } from '../../api/handoff.ts';
import { segmentsQuery } from '../../api/segments.ts';
import { fieldErrors, schemaErrors } from '../../fields/errors.ts';
import { Page } from '../../ui/page.tsx';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { EmptyState, QueryView } from '../../ui/states.tsx';
import { Preview } from './preview.tsx';
import { SegmentForm, type Typed } from './segment-form.tsx';
import { SegmentMenu } from './segment-menu.tsx';
import styles from './segments.module.css';
import { UsedBy } from './used-by.tsx';

const route = getRouteApi('/inside/segments/$id');
const newId = 'new';

/** One segment: who is in it, to be changed, with who that would be. */
export function SegmentScreen() {
  const { id } = route.useParams();
  const query = useQuery(segmentsQuery);
  return (
    <QueryView query={query}>
      {(segments) => {
        const segment = segments.find((one) => one.id === id);
        if (!segment && id !== newId)
          return (
            <EmptyState
              icon={<IconUserQuestion size={32} stroke={1.5} aria-hidden="true" />}
              title="There is no such segment"
              acts={<Link to="/segments">To all segments</Link>}
            >
              It was archived, or the address is mistyped.
            </EmptyState>
          );
        return <Workshop key={id} segment={segment} taken={[newId, ...segments.map((one) => one.id)]} />;
      }}
    </QueryView>
  );
}

function Workshop({ segment, taken }: { segment: Segment | undefined; taken: readonly string[] }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [typed, setTyped] = useState<Typed>({
    name: segment?.name ?? '',
    description: segment?.description ?? '',
    when: segment?.when,
  });
  const [tried, setTried] = useState(false);
  const { name, description, when } = typed;
  const wrong = when === undefined ? [] : schemaErrors(conditionSchema, when);
  const asked = usableCondition(when);
  const changed =
    JSON.stringify([segment?.name, segment?.description ?? '', segment?.when]) !==
    JSON.stringify([name, description, when]);
  const save = useMutation({
    mutationFn: async (condition: Condition) => {
      const id = segment?.id ?? idFromName(name, taken);
      const about = description.trim();
      await applyDocument({
        kind: 'segment',
        id,
        name: name.trim(),
        ...(about === '' ? {} : { description: about }),
        when: condition,
      });
      await client.invalidateQueries({ queryKey: ['definitions', 'list'] });
      await navigate({ to: '/segments/$id', params: { id }, replace: true });
    },
    onSuccess: () => sayDone(`“${name.trim()}” is in force.`),
    onError: (error) => sayFailed('The segment could not be saved', error),
  });
  const refused = save.error instanceof ApiProblem ? save.error.message : null;
  return (
    <Page
      padded
      title={segment?.name ?? 'New segment'}
      lead={
        <Anchor renderRoot={(props) => <Link to="/segments" {...props} />} className={styles.back}>
          Segments
        </Anchor>
      }
      acts={
        <>
          {segment && <SegmentMenu segment={segment} />}
          <Button
            loading={save.isPending}
            disabled={!changed}
            onClick={() => {
              setTried(true);
              if (asked && name.trim() !== '') save.mutate(asked);
            }}
          >
            Save
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.form}>
          <SegmentForm
            typed={typed}
            onChange={setTyped}
            errors={fieldErrors(tried ? wrong : [])}
            missing={tried ? { name: name.trim() === '', when: when === undefined } : { name: false, when: false }}
          />
          {refused && (
            <p role="alert" className={styles.refused}>
              {refused}
            </p>
          )}
          {segment && <UsedBy id={segment.id} />}
        </div>
        <Preview when={asked} link={segment && !changed ? segment.id : null} />
      </div>
    </Page>
  );
}

/** The condition, once it is one. */
const usableCondition = (when: Condition | undefined): Condition | null => {
  const read = conditionSchema.safeParse(when);
  return read.success ? read.data : null;
};
