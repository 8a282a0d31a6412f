import { Button, Menu } from '@mantine/core';
import { IconCheck, IconPlayerPlay, IconStairsUp } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContactDetail } from '@ripen/shared';
import { manualAutomationsQuery } from '../../../api/manual-automations.ts';
import { enrol, setStage } from '../../../api/contacts.ts';
import { useMay } from '../../../app/signed-in.ts';
import { sayDone, sayFailed } from '../../../ui/say.ts';
import { AdjustScore } from './adjust-score.tsx';
import type { Stages } from '../../../fields/use-stages.ts';

/** What may be done with a contact by hand. All of it is applied like events, within moments. */
export function ContactActs({ contact, stages }: { contact: ContactDetail; stages: Stages }) {
  const mayMove = useMay('contacts:write');
  const mayStart = useMay('runs:write');
  return (
    <>
      {mayStart && <StartAutomation contact={contact} />}
      {mayMove && contact.scores.length > 0 && <AdjustScore contact={contact} />}
      {mayMove && stages.list.length > 0 && <ChangeStage contact={contact} stages={stages} />}
    </>
  );
}

function ChangeStage({ contact, stages }: { contact: ContactDetail; stages: Stages }) {
  const move = useMutation({
    mutationFn: (stage: { id: string | null; name: string }) => setStage(contact.id, stage.id),
    onSuccess: (_, { name }) => sayDone(`${contact.name} moves to ${name}.`),
    onError: (error) => sayFailed('The stage was not changed', error),
  });
  const choices = [...stages.list.map(({ id, name }) => ({ id: id, name })), { id: null, name: 'No stage' }];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconStairsUp size={16} />} loading={move.isPending}>
          Change stage
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Stands until a crossing goes beyond it</Menu.Label>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.id ?? ''}
            disabled={choice.id === contact.stage}
            rightSection={choice.id === contact.stage ? <IconCheck size={14} aria-label="Is there now" /> : null}
            onClick={() => move.mutate(choice)}
          >
            {choice.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function StartAutomation({ contact }: { contact: ContactDetail }) {
  const [asked, setAsked] = useState(false);
  const automations = useQuery({ ...manualAutomationsQuery, enabled: asked });
  const start = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) => enrol(contact.id, id),
    onSuccess: (_, { name }) => sayDone(`${name} starts for ${contact.name}.`),
    onError: (error) => sayFailed('The automation was not started', error),
  });
  return (
    <Menu position="bottom-end" onOpen={() => setAsked(true)}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlayerPlay size={16} />} loading={start.isPending}>
          Start an automation
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {automations.isPending
            ? 'Looking…'
            : automations.isError
              ? 'The automations could not be loaded'
              : automations.data.length === 0
                ? 'No live automation is started by hand'
                : 'Live ones that are started by hand'}
        </Menu.Label>
        {automations.data?.map((automation) => (
          <Menu.Item key={automation.id} onClick={() => start.mutate(automation)}>
            {automation.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
