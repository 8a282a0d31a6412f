import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';

export function CanvasScreen() {
  return (
    <Page title="Automation">
      <LoadingRows />
    </Page>
  );
}
