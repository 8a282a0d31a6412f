import { Text } from '@mantine/core';
import type { PauseChoice } from '@ripen/shared';
import { useState } from 'react';
import { Sure } from '../ui/sure.tsx';
import { InsideChoice, type Choice } from './inside-choice.tsx';

const choices: readonly Choice<PauseChoice>[] = [
  { value: 'finish', label: 'Let them finish', description: 'They go on to the end of the version that they entered.' },
  {
    value: 'hold',
    label: 'Hold them where they are',
    description:
      'Nothing takes them on until it is resumed. A wait that would be over by then is over at that moment; events of that time do not count for waits.',
  },
  { value: 'cancel', label: 'Take them out', description: 'Their runs end here. What was given to them stays.' },
];

/** Asks before an automation stops taking contacts in, and what becomes of those inside. */
export function PauseQuestion(given: {
  /** “A name”, or how many. */
  whom: string;
  waiting: number;
  busy: boolean;
  onClose: () => void;
  onPause: (inside: PauseChoice) => void;
}) {
  const [inside, setInside] = useState<PauseChoice>('finish');
  return (
    <Sure
      opened
      title={`Pause ${given.whom}`}
      act="Pause"
      busy={given.busy}
      onClose={given.onClose}
      onAct={() => given.onPause(inside)}
    >
      <Text size="sm">No contact enters while it is paused.</Text>
      <InsideChoice waiting={given.waiting} choices={choices} value={inside} onChange={setInside} />
    </Sure>
  );
}
