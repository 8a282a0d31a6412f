import { Button } from '@mantine/core';
import { IconFileAlert } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { downloadJson } from '../ui/download.ts';
import { Page } from '../ui/page.tsx';
import { sayDone, sayFailed } from '../ui/say.ts';
import { EmptyState, ErrorState, LoadingRows } from '../ui/states.tsx';
import type { Draft } from './use-draft.ts';

/** What is shown while a draft is not open: that it loads, that it could not, or that it cannot be read. Null when it is open. `onGone`: it does not exist any more. */
export function draftInTheWay(
  draft: Omit<Draft<object>, 'change'>,
  title: string,
  name: string,
  onGone: () => void,
): ReactNode {
  const { state } = draft;
  if (state.kind === 'open') return null;
  if (state.kind === 'closed')
    return (
      <Page title={title}>
        {draft.error ? <ErrorState error={draft.error} onRetry={draft.reload} /> : <LoadingRows />}
      </Page>
    );
  const goBack = async (): Promise<void> => {
    try {
      await draft.discard();
      sayDone('The draft is discarded.');
      if (!draft.detail?.version) onGone();
    } catch (error) {
      sayFailed('The draft could not be discarded', error);
    }
  };
  return (
    <Page title={title}>
      <EmptyState
        icon={<IconFileAlert size={32} stroke={1.5} aria-hidden="true" />}
        title="This draft cannot be read"
        acts={
          <>
            <Button variant="default" onClick={() => downloadJson(name, state.remote.document)}>
              Download it
            </Button>
            {state.remote.draft && (
              <Button variant="default" onClick={() => void goBack()}>
                {draft.detail?.version ? `Go back to version ${draft.detail.version}` : 'Delete it'}
              </Button>
            )}
          </>
        }
      >
        {state.why} What is live is not touched.
      </EmptyState>
    </Page>
  );
}
