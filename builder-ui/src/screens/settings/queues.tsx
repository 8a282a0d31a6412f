import { ActionIcon, Button, Group, NumberInput, Switch, Text, TextInput } from '@mantine/core';
import { IconFlame, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Queue, Rep } from '@ripen/shared';
import { useState } from 'react';
import { applyDocument, idFromName, queuesQuery } from '../../api/handoff.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sayDone } from '../../ui/say.ts';
import { EmptyState, QueryView } from '../../ui/states.tsx';
import { count, span } from '../../ui/words.ts';
import { UsedByButton } from '../../ui/used-by.tsx';
import { Item, Items } from './item.tsx';
import { Section } from './section.tsx';

const fresh: Queue = { kind: 'queue', id: '', name: '', strategy: 'round_robin', reps: [] };

/** Sales queues: who gets the leads. */
export function Queues() {
  const query = useQuery(queuesQuery);
  const [editing, setEditing] = useState<Queue | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing(fresh)}>
      Add a queue
    </Button>
  );
  return (
    <Section
      title="Sales queues"
      about="Leads that an automation routes to a queue go to its available reps in turn."
      act={query.data?.length ? add : undefined}
    >
      <QueryView query={query}>
        {(queues) =>
          queues.length === 0 ? (
            <EmptyState icon={<IconFlame size={32} stroke={1.5} aria-hidden="true" />} title="No queue yet" acts={add}>
              A queue is a team of reps. An automation's "Route to sales" step hands leads to one.
            </EmptyState>
          ) : (
            <Items>
              {queues.map((queue) => (
                <Item
                  key={queue.id}
                  name={queue.name}
                  sub={queue.reps.length === 0 ? 'No reps' : queue.reps.map(({ name }) => name).join(', ')}
                  state={[
                    `${count(queue.reps.filter(({ available }) => available).length, 'rep')} available`,
                    ...(queue.answerWithinMinutes === undefined
                      ? []
                      : [`answers within ${span(queue.answerWithinMinutes * 60_000)}`]),
                  ].join(' · ')}
                  acts={
                    <>
                      <UsedByButton kind="queue" id={queue.id} name={queue.name} />
                      <Button
                        variant="default"
                        size="xs"
                        onClick={() => setEditing(queue)}
                        aria-label={`Change ${queue.name}`}
                      >
                        Change
                      </Button>
                    </>
                  }
                />
              ))}
            </Items>
          )
        }
      </QueryView>
      {editing && (
        <QueueDialog queue={editing} taken={(query.data ?? []).map(({ id }) => id)} onClose={() => setEditing(null)} />
      )}
    </Section>
  );
}

function QueueDialog({ queue, taken, onClose }: { queue: Queue; taken: readonly string[]; onClose: () => void }) {
  const client = useQueryClient();
  const isNew = queue.id === '';
  const [typed, setTyped] = useState(queue);
  const set = (change: Partial<Queue>): void => setTyped((before) => ({ ...before, ...change }));
  const setRep = (index: number, change: Partial<Rep>): void =>
    set({ reps: typed.reps.map((rep, at) => (at === index ? { ...rep, ...change } : rep)) });
  const save = useMutation({
    mutationFn: () =>
      applyDocument({
        ...typed,
        id: isNew ? idFromName(typed.name, taken) : typed.id,
        reps: withIds(typed.reps),
      }),
    onSuccess: () => {
      onClose();
      sayDone(`"${typed.name}" is in force.`);
      void client.invalidateQueries({ queryKey: queuesQuery.queryKey });
    },
  });
  return (
    <FormDialog
      size="lg"
      title={isNew ? 'Add a queue' : `Change "${queue.name}"`}
      act={isNew ? 'Add' : 'Save'}
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={save.mutate}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        value={typed.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <NumberInput
        label="Answer within, minutes"
        description="How soon a lead should be accepted or rejected. Empty: no limit."
        min={1}
        max={525_600}
        allowDecimal={false}
        value={typed.answerWithinMinutes ?? ''}
        onChange={(value) => set({ answerWithinMinutes: typeof value === 'number' ? value : undefined })}
      />
      <Text fw={600}>Reps</Text>
      {typed.reps.map((rep, index) => (
        <Group key={index} gap="xs" align="end" wrap="wrap">
          <TextInput
            label="Name"
            required
            value={rep.name}
            onChange={(event) => setRep(index, { name: event.currentTarget.value })}
            style={{ flex: '1 1 140px' }}
          />
          <TextInput
            label="E-mail"
            type="email"
            placeholder="optional"
            value={rep.email ?? ''}
            onChange={(event) => setRep(index, { email: event.currentTarget.value || undefined })}
            style={{ flex: '1 1 180px' }}
          />
          <Group gap="xs" wrap="nowrap" justify="space-between" h={36} style={{ flex: '1 0 140px' }}>
            <Switch
              label="Available"
              checked={rep.available}
              onChange={(event) => setRep(index, { available: event.currentTarget.checked })}
            />
            <ActionIcon
              aria-label={`Remove ${rep.name || 'this rep'}`}
              onClick={() => set({ reps: typed.reps.filter((_, at) => at !== index) })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        </Group>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={16} />}
        style={{ alignSelf: 'start' }}
        onClick={() => set({ reps: [...typed.reps, { id: '', name: '', available: true }] })}
      >
        Add a rep
      </Button>
    </FormDialog>
  );
}

/** Reps that were just added get an id from their name; the others keep theirs, which leads refer to. */
const withIds = (reps: readonly Rep[]): Rep[] => {
  const taken = reps.map(({ id }) => id).filter(Boolean);
  return reps.map((rep) => {
    if (rep.id !== '') return rep;
    const id = idFromName(rep.name, taken);
    taken.push(id);
    return { ...rep, id };
  });
};
