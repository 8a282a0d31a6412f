import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function SettingsScreen() {
  return (
    <Page title="Settings">
      <LoadingRows />
    </Page>
  );
}
