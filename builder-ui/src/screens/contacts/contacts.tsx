import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function ContactsScreen() {
  return (
    <Page title="Contacts">
      <LoadingRows />
    </Page>
  );
}
