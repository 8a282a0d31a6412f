import { Link, useNavigate } from '@tanstack/react-router';
import type { ScoreModel } from '@ripen/shared';
import { useMemo, useState } from 'react';
import { DiscardQuestion, PublishSince, type Draft } from '../../drafts/index.ts';
import { useNames } from '../../fields/index.ts';
import { VersionsDrawer } from '../../versions/versions-drawer.tsx';
import { differences } from './differences.ts';
import { listed } from './model-list.ts';
import { ModelMenu } from './model-menu.tsx';
import type { ModelProblem } from './problems.ts';
import { readModel } from './read-model.ts';

/** Publishing and discarding the draft. */
export function ModelActs(given: {
  draft: Draft<ScoreModel>;
  model: ScoreModel;
  problems: readonly ModelProblem[];
  publishing: boolean;
  onPublishing: (publishing: boolean) => void;
  showsVersions: boolean;
  onVersions: (shown: boolean) => void;
}) {
  const { draft, model, problems } = given;
  const navigate = useNavigate();
  const [discarding, setDiscarding] = useState(false);
  const { detail } = draft;
  const version = detail?.version ?? null;
  const names = useNames();
  const { lifecycleModel, models } = names;
  return (
    <>
      {detail && (
        <ModelMenu
          model={listed(detail, lifecycleModel)}
          label="More about this model"
          taken={models.map(({ id }) => id)}
          onDiscard={detail?.draft ? () => setDiscarding(true) : undefined}
          onVersions={() => given.onVersions(true)}
        />
      )}
      {given.showsVersions && version !== null && (
        <VersionsDrawer
          collection="models"
          id={model.id}
          draft={draft}
          read={readModel}
          differences={(before, after) => differences(before, after, names)}
          compare={(from, to) => (props) => (
            <Link to="/models/compare" search={{ a: `${model.id}@${from}`, b: `${model.id}@${to}` }} {...props} />
          )}
          mayWrite
          onClose={() => given.onVersions(false)}
        />
      )}
      {given.publishing && (
        <Publish draft={draft} model={model} problems={problems} onClose={() => given.onPublishing(false)} />
      )}
      <DiscardQuestion
        opened={discarding}
        name={model.name}
        version={version}
        discard={draft.discard}
        onClose={() => setDiscarding(false)}
        onDiscarded={() => version === null && void navigate({ to: '/models' })}
      />
    </>
  );
}

function Publish(given: {
  draft: Draft<ScoreModel>;
  model: ScoreModel;
  problems: readonly ModelProblem[];
  onClose: () => void;
}) {
  const { draft, model } = given;
  const names = useNames();
  const published = draft.detail?.document;
  const changes = useMemo(() => {
    const before = published ? readModel(published) : null;
    return differences(before?.kind === 'document' ? before.document : null, model, names);
  }, [published, model, names]);
  return (
    <PublishSince
      draft={draft}
      name={model.name}
      document={model}
      changes={changes}
      problems={given.problems}
      fromNowOn="It counts from now on: events that come after it. Points that were already given stay in the books; rules about who a contact is are looked at again for everybody."
      onClose={given.onClose}
    />
  );
}
