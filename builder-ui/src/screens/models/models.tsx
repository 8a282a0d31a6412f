import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function ModelsScreen() {
  return (
    <Page title="Score models">
      <LoadingRows />
    </Page>
  );
}
