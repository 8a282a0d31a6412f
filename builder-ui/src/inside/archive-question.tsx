import { Text } from '@mantine/core';
import type { ArchiveChoice } from '@ripen/shared';
import { useState } from 'react';
import { Sure } from '../ui/sure.tsx';
import { InsideChoice, type Choice } from './inside-choice.tsx';

const choices: readonly Choice<ArchiveChoice>[] = [
  { value: 'cancel', label: 'Take them out', description: 'Their runs end here. What was given to them stays.' },
  {
    value: 'finish',
    label: 'Let them finish',
    description: 'They go on to the end of the version that they entered, those too that are held.',
  },
];

/** Asks before an automation is put away, and what becomes of those inside. */
export function ArchiveQuestion(given: {
  /** “A name”, or how many. */
  whom: string;
  waiting: number;
  busy: boolean;
  onClose: () => void;
  onArchive: (inside: ArchiveChoice) => void;
}) {
  const [inside, setInside] = useState<ArchiveChoice>('cancel');
  return (
    <Sure
      opened
      title={`Archive ${given.whom}`}
      act="Archive"
      danger
      busy={given.busy}
      onClose={given.onClose}
      onAct={() => given.onArchive(inside)}
    >
      <Text size="sm">
        No contact enters any more. Its points, runs and versions stay in the books, and it can be brought back, paused.
      </Text>
      <InsideChoice waiting={given.waiting} choices={choices} value={inside} onChange={setInside} />
    </Sure>
  );
}
