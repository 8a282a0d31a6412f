import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { sayDone, sayFailed } from '../ui/say.ts';
import { Sure } from '../ui/sure.tsx';

/** What throwing a draft away is called: all of what was never published, else what changed since. */
export const discardWord = (version: number | null): string => (version === null ? 'Delete draft' : 'Discard changes');

/** Asks before a draft is thrown away, and does it. */
export function DiscardQuestion(given: {
  opened: boolean;
  name: string;
  /** The version that is live; null: there never was one. */
  version: number | null;
  /** What happens where there never was one. */
  without?: string;
  discard: () => Promise<unknown>;
  onClose: () => void;
  onDiscarded?: () => void;
}) {
  const { version } = given;
  const act = useMutation({
    mutationFn: given.discard,
    onSuccess: () => {
      sayDone(version === null ? 'The draft is deleted.' : `Version ${version} is as it was.`);
      given.onClose();
      given.onDiscarded?.();
    },
    onError: (error) => sayFailed('The draft could not be deleted', error),
  });
  return (
    <Sure
      opened={given.opened}
      title={version === null ? `Delete “${given.name}”` : 'Discard the unpublished changes'}
      act={discardWord(version)}
      danger
      busy={act.isPending}
      onClose={given.onClose}
      onAct={act.mutate}
    >
      <Text>
        {version === null
          ? (given.without ?? 'It was never published, so nothing of it remains.')
          : `What is live, version ${version}, is not touched.`}
      </Text>
    </Sure>
  );
}
