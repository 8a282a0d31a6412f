import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconKeyboard, IconMoon, IconPlayerTrackNext, IconSearch, IconSitemap, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { automationsQuery } from '../api/automations.ts';
import { contactSearchQuery } from '../api/contacts.ts';
import { may, type Person } from '../api/session.ts';
import { placesFor } from './places.ts';

/** Everything by name: places, automations, contacts, commands. Ctrl+K. */
export function Palette({ person, onShowKeys }: { person: Person; onShowKeys: () => void }) {
  const navigate = useNavigate();
  const { toggleColorScheme } = useMantineColorScheme();
  const { id: shown } = useParams({ strict: false });
  const onCanvas = useRouterState({ select: ({ location }) => location.pathname.startsWith('/automations/') });
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const contacts = useQuery({
    ...contactSearchQuery(asked),
    enabled: asked.length > 1 && may(person, 'contacts:read'),
  });
  const automations = useQuery({ ...automationsQuery, enabled: typed !== '' && may(person, 'definitions:read') });

  const places: SpotlightActionData[] = placesFor(person).map((place) => ({
    id: place.path,
    label: place.label,
    leftSection: <place.icon size={18} stroke={1.7} />,
    onClick: () => void navigate({ to: place.path }),
  }));
  const commands: SpotlightActionData[] = [
    ...(onCanvas && shown !== undefined
      ? [
          {
            id: 'try',
            label: 'Try this automation',
            leftSection: <IconPlayerTrackNext size={18} stroke={1.7} />,
            onClick: () => void navigate({ to: '/automations/$id', params: { id: shown }, search: { view: 'try' } }),
          },
        ]
      : []),
    {
      id: 'colours',
      label: 'Change between light and dark',
      leftSection: <IconMoon size={18} stroke={1.7} />,
      onClick: toggleColorScheme,
    },
    {
      id: 'keys',
      label: 'Keyboard shortcuts',
      leftSection: <IconKeyboard size={18} stroke={1.7} />,
      onClick: onShowKeys,
    },
  ];
  const found: SpotlightActionGroupData[] = [
    {
      group: 'Automations',
      actions: (automations.data ?? []).map(({ id, name }) => ({
        id: `automation ${id}`,
        label: name,
        leftSection: <IconSitemap size={18} stroke={1.7} />,
        onClick: () => void navigate({ to: '/automations/$id', params: { id } }),
      })),
    },
    {
      group: 'Contacts',
      actions: (contacts.data ?? []).map(({ id, name, email, company }) => ({
        id: `contact ${id}`,
        label: name,
        // What was typed found it: the palette must not filter it away again.
        keywords: asked,
        description: [email, company].filter(Boolean).join(' · '),
        leftSection: <IconUser size={18} stroke={1.7} />,
        onClick: () => void navigate({ to: '/contacts/$id', params: { id } }),
      })),
    },
  ];
  return (
    <Spotlight
      actions={[{ group: 'Go to', actions: places }, ...found, { group: 'Commands', actions: commands }]}
      query={typed}
      onQueryChange={setTyped}
      shortcut={['mod + K']}
      nothingFound="Nothing has that name."
      highlightQuery
      scrollable
      maxHeight={420}
      limit={12}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: 'Search contacts, automations and places' }}
    />
  );
}
