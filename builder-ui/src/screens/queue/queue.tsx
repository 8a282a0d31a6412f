import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function QueueScreen() {
  return (
    <Page title="My queue">
      <LoadingRows />
    </Page>
  );
}
