import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function HealthScreen() {
  return (
    <Page title="Health">
      <LoadingRows />
    </Page>
  );
}
