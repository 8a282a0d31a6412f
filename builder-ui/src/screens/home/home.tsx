import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function HomeScreen() {
  return (
    <Page title="Home">
      <LoadingRows />
    </Page>
  );
}
