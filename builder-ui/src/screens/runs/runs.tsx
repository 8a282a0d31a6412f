import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function RunsScreen() {
  return (
    <Page title="Runs">
      <LoadingRows />
    </Page>
  );
}
