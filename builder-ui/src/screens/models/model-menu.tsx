import { Link, useNavigate } from '@tanstack/react-router';
import type { ListedModel } from './model-list.ts';
import { SheetMenu } from './sheet-menu.tsx';

/** What can be done to a model, from the list and from its own page, which drops its draft itself. */
export function ModelMenu({
  model,
  taken,
  label,
  onDiscard,
  onVersions,
}: {
  model: ListedModel;
  taken: readonly string[];
  label?: string;
  onDiscard?: (() => void) | undefined;
  onVersions?: (() => void) | undefined;
}) {
  const navigate = useNavigate();
  return (
    <SheetMenu
      collection="models"
      sheet={model}
      taken={taken}
      label={label}
      onDiscard={onDiscard}
      onVersions={onVersions}
      file="model"
      archived={`No contact has this score any more. The points stay in the books.${
        model.drivesLifecycle ? ' The lifecycle uses it: choose another model there first.' : ''
      }`}
      compare={(props) => (
        <Link to="/models/compare" search={{ a: model.version === null ? `${model.id}@draft` : model.id }} {...props} />
      )}
      onCopied={(id) => navigate({ to: '/models/$id', params: { id } })}
    />
  );
}
