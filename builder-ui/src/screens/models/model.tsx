import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function ModelScreen() {
  return (
    <Page title="Score model">
      <LoadingRows />
    </Page>
  );
}
