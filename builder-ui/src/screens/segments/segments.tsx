import { Button } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { segmentCountsQuery, segmentsQuery } from '../../api/segments.ts';
import { useMay } from '../../app/signed-in.ts';
import { Page } from '../../ui/page.tsx';
import { rows } from '../../ui/rows.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../ui/states.tsx';
import { count } from '../../ui/words.ts';
import { NewSegment } from './new-segment.tsx';
import { SegmentRow } from './segment-row.tsx';

/** All segments, with how many contacts each has. */
export function SegmentsScreen() {
  const query = useQuery(segmentsQuery);
  const mayCount = useMay('contacts:read');
  const counts = useQuery({ ...segmentCountsQuery, enabled: mayCount }).data;
  const mayWrite = useMay('definitions:write');
  const [making, setMaking] = useState(false);
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      New segment
    </Button>
  );
  return (
    <Page
      title="Segments"
      sub={query.data ? count(query.data.segments.length, 'segment') : undefined}
      acts={query.data?.segments.length ? add : undefined}
    >
      <QueryView query={query} loading={<LoadingRows rows={4} height={64} />}>
        {({ segments }) =>
          segments.length === 0 ? (
            <EmptyState
              icon={<IconUsersGroup size={32} stroke={1.5} aria-hidden="true" />}
              title="Make your first segment"
              acts={add}
            >
              A segment is everybody of whom something is true: what is known of them, what they did, how they score.
              Lists and conditions can use it, and automations can start when somebody enters or leaves it.
            </EmptyState>
          ) : (
            <ul className={rows.list}>
              {segments.map((segment) => (
                <SegmentRow
                  key={segment.id}
                  segment={segment}
                  count={counts?.find((one) => one.segment === segment.id)}
                />
              ))}
            </ul>
          )
        }
      </QueryView>
      {making && <NewSegment taken={query.data?.taken ?? []} onClose={() => setMaking(false)} />}
    </Page>
  );
}
