import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function ContactScreen() {
  return (
    <Page title="Contact">
      <LoadingRows />
    </Page>
  );
}
