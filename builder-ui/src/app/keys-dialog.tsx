import { Modal, Table } from '@mantine/core';
import type { Person } from '../api/session.ts';
import { Keys } from '../ui/marks.tsx';
import { placesFor } from './places.ts';

/** Shortcuts of the screens, by screen: shown in one place so that people find them. */
const ofScreens: readonly { where: string; keys: readonly (readonly [readonly string[], string])[] }[] = [
  {
    where: 'My queue',
    keys: [
      [['j'], 'Next lead'],
      [['k'], 'Previous lead'],
      [['a'], 'Accept'],
      [['r'], 'Reject'],
      [['o'], 'Open the contact'],
    ],
  },
  {
    where: 'Contacts',
    keys: [
      [['/'], 'Search contacts'],
      [['↓'], 'Next contact'],
      [['↑'], 'Previous contact'],
      [['Enter'], 'Open it'],
    ],
  },
  {
    where: 'Automations',
    keys: [
      [['\u2191', '\u2193'], 'Next and previous automation'],
      [['x'], 'Select it'],
      [['Shift', 'x'], 'Select all up to it'],
      [['Shift', '\u2193'], 'Select the next one too'],
      [['Ctrl', 'A'], 'Select all'],
      [['s'], 'Make it a favourite, or not'],
      [['Esc'], 'Select none'],
    ],
  },
  {
    where: 'Canvas',
    keys: [
      [['Ctrl', 'Z'], 'Undo'],
      [['Ctrl', 'Shift', 'Z'], 'Redo'],
      [['Ctrl', 'C'], 'Copy'],
      [['Ctrl', 'V'], 'Paste'],
      [['Ctrl', 'D'], 'Duplicate'],
      [['Ctrl', 'A'], 'Select all'],
      [['Ctrl', 'F'], 'Find a step'],
      [['n'], 'Add the next step'],
      [['Enter'], 'Edit the selected step'],
      [['Esc'], 'Back to the canvas'],
      [['\u2191', '\u2193'], 'Walk along the flow'],
      [['Alt', '\u2191'], 'Move the selected steps'],
      [['Del'], 'Delete'],
      [['t'], 'Lay out'],
      [['y'], 'Try it'],
      [['1'], 'Show all'],
    ],
  },
];

/** All keyboard shortcuts. */
export function KeysDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const groups = [
    {
      where: 'Everywhere',
      keys: [
        [['Ctrl', 'K'], 'Search and commands'] as const,
        [['?'], 'This list'] as const,
        ...placesFor(person).map((place) => [place.keys, place.label] as const),
      ],
    },
    ...ofScreens,
  ];
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="lg">
      {groups.map((group) => (
        <Table key={group.where} mb="lg" withRowBorders={false} verticalSpacing={4}>
          <Table.Caption style={{ captionSide: 'top', textAlign: 'left', fontWeight: 600, color: 'var(--ink)' }}>
            {group.where}
          </Table.Caption>
          <Table.Tbody>
            {group.keys.map(([keys, what]) => (
              <Table.Tr key={what}>
                <Table.Td>{what}</Table.Td>
                <Table.Td style={{ textAlign: 'right' }}>
                  <Keys keys={keys} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
    </Modal>
  );
}
