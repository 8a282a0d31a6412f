import { Text } from '@mantine/core';
import { Sure } from '../ui/sure.tsx';

/** Asks before an older version takes the place of a draft with changes of its own. */
export function RestoreQuestion(given: {
  version: number;
  /** Whether the canvas can bring the draft back afterwards. */
  undoable: boolean;
  onClose: () => void;
  onRestore: () => void;
}) {
  return (
    <Sure
      opened
      title={`Restore version ${given.version}`}
      act="Replace the draft"
      danger
      busy={false}
      onClose={given.onClose}
      onAct={() => {
        given.onClose();
        given.onRestore();
      }}
    >
      <Text size="sm">
        The draft has changes that were not published. Version {given.version} takes their place
        {given.undoable ? '; Ctrl Z on the canvas brings them back while the page is open' : ''}. What is live stays as
        it is until you publish.
      </Text>
    </Sure>
  );
}
