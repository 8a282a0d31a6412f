import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function LifecycleScreen() {
  return (
    <Page title="Lifecycle">
      <LoadingRows />
    </Page>
  );
}
