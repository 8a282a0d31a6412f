import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { canWaitIn, type Automation } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { inFlightQuery, insideJobQuery, lookEveryMs } from '../../api/in-flight.ts';
import { count } from '../../ui/words.ts';
import { peopleAt, Places, type Place } from './in-flight.tsx';

/** A move to another version that was asked for. */
export interface Move {
  jobId: string;
  version: number;
  document: Automation;
}

/** How a move goes, and who could not be taken over. */
export function AfterMove({ move, onClose }: { move: Move; onClose: () => void }) {
  const { version, document } = move;
  const job = useQuery(insideJobQuery(move.jobId));
  const elsewhere = (places: readonly Place[] | undefined): Place[] =>
    (places ?? []).filter((place) => place.version !== version);
  const underWay = (places: Place[]): Place[] => places.filter((place) => canWaitIn(document, place));
  const inside = useQuery({
    ...inFlightQuery(document.id),
    refetchInterval: ({ state }) => (underWay(elsewhere(state.data?.items)).length > 0 ? lookEveryMs : false),
  });
  const left = elsewhere(inside.data?.items);
  const [moving, staying] = [underWay(left), left.filter((place) => !canWaitIn(document, place))];
  const failed = job.data?.status === 'failed' || job.data?.status === 'cancelled';
  const done = !failed && job.data?.status === 'completed' && inside.data !== undefined && moving.length === 0;
  const all = job.data?.total ?? null;
  return (
    <Modal opened onClose={onClose} title={`To version ${version}`} size="lg">
      <Stack gap="md">
        {failed && (
          <Text role="alert" c="var(--bad)" size="sm">
            {job.data?.status === 'failed'
              ? `Not all could be told: ${job.data.error ?? 'the reason is not known'}.`
              : 'It was cancelled before all were told.'}
          </Text>
        )}
        <Text size="sm" role="status">
          {done
            ? all === null || staying.length > 0
              ? `${all === null ? '' : `${count(Math.max(0, all - peopleAt(staying)), 'contact')} went over to version ${version}. `}${count(peopleAt(staying), 'contact')} could not: their step is gone, or is another kind of step now. They finish on the version that they entered.`
              : `${count(all, 'contact')} went over to version ${version}.`
            : failed
              ? `${count(peopleAt(left), 'contact')} wait on other versions.`
              : 'They are being told. This goes on when you close it.'}
        </Text>
        {!done && !failed && (
          <Progress
            value={all ? (100 * (job.data?.done ?? 0)) / all : 0}
            animated
            aria-label="Contacts that were told"
          />
        )}
        {staying.length > 0 && (
          <section aria-label="Those who could not go over">
            <Places
              automation={document.id}
              places={staying}
              remark={(place) => `stay on version ${place.version}`}
              warns={() => true}
            />
          </section>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {done ? 'Done' : 'Close'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
