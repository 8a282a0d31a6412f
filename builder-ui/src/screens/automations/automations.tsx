import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function AutomationsScreen() {
  return (
    <Page title="Automations">
      <LoadingRows />
    </Page>
  );
}
