import { ActionIcon, Button, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { AccountModel } from '@ripen/shared';
import { useMemo, useState } from 'react';
import { accountModelChecksQuery } from '../../api/accounts.ts';
import { documentsInForceQuery } from '../../api/automations.ts';
import { useMay } from '../../app/signed-in.ts';
import { draftInTheWay, DraftNotice, DraftStatus, PublishDialog, useDraft, type Draft } from '../../drafts/index.ts';
import { ConditionEditor, fieldErrors } from '../../fields/index.ts';
import { Textarea, TextInput } from '../../fields/inputs.tsx';
import { Page } from '../../ui/page.tsx';
import styles from './account-models.module.css';
import { ContactsParts } from './contacts-parts.tsx';
import { differences } from './differences.ts';
import { AccountModelImpact } from './impact.tsx';
import { problemsOfAccountModel, sentencesOf } from './problems.ts';
import { RangeAndBands } from './range.tsx';
import { readAccountModel } from './read-account-model.ts';
import { AccountRules } from './rules.tsx';
import { ToLookAt } from './to-look-at.tsx';

const route = getRouteApi('/inside/account-models/$id');

/** One score model for accounts: what contacts bring, rules about the account, its range. */
export function AccountModelScreen() {
  const { id } = route.useParams();
  return <Sheet key={id} id={id} />;
}

function Sheet({ id }: { id: string }) {
  const navigate = useNavigate();
  const draft = useDraft('account-models', id, readAccountModel);
  const name = draft.detail?.name ?? 'Score model for accounts';
  const inTheWay = draftInTheWay(draft, name, id, () => void navigate({ to: '/models' }));
  if (inTheWay || draft.state.kind !== 'open') return inTheWay;
  return <Open draft={draft} model={draft.state.document} />;
}

function Open({ draft, model }: { draft: Draft<AccountModel>; model: AccountModel }) {
  const mayWrite = useMay('definitions:write');
  const inForce = useQuery(documentsInForceQuery).data;
  const [publishing, setPublishing] = useState(false);
  // Until it is known what else is in force, everything that it names would seem to be missing.
  const problems = useMemo(() => (inForce ? problemsOfAccountModel(model, inForce) : []), [model, inForce]);
  const wrong = problems.filter(({ severity }) => severity === 'error');
  const doubtful = problems.filter(({ severity }) => severity === 'warning');
  const errors = fieldErrors(wrong);
  const { detail } = draft;
  const mayLook = useMay('contacts:read');
  const isPublished = detail?.version != null && detail.status === 'live';
  const checks = useQuery({ ...accountModelChecksQuery(model.id), enabled: mayLook && isPublished }).data ?? [];
  const sentences = sentencesOf(model, wrong);
  const published = detail?.document ? readAccountModel(detail.document) : null;
  const edit = { model, errors, onChange: draft.change };
  const isSaved = draft.state.kind === 'open' && draft.state.saving.kind === 'saved';
  return (
    <Page
      title={model.name || 'Without a name'}
      sub={<DraftStatus draft={draft} />}
      lead={
        <ActionIcon component={Link} to="/models" aria-label="All score models">
          <IconArrowLeft size={18} />
        </ActionIcon>
      }
      acts={
        mayWrite && (
          <Button onClick={() => setPublishing(true)} disabled={!detail?.draft && isSaved}>
            Publish version {(detail?.version ?? 0) + 1}
          </Button>
        )
      }
    >
      <DraftNotice draft={draft} />
      <fieldset disabled={!mayWrite} className={styles.sheet}>
        <Stack gap="xl">
          <section aria-label="About">
            <TextInput
              label="Name"
              required
              maxLength={200}
              value={model.name}
              onChange={(event) => draft.change({ ...model, name: event.currentTarget.value })}
              error={errors.at('name')}
            />
            <Textarea
              mt="sm"
              label="Description"
              autosize
              maxLength={2_000}
              value={model.description ?? ''}
              onChange={(event) => draft.change({ ...model, description: event.currentTarget.value || undefined })}
            />
          </section>
          <ContactsParts {...edit} />
          <AccountRules {...edit} />
          <section>
            <h2 className={styles.heading}>Which accounts</h2>
            <ConditionEditor
              label="Only accounts of which this is true"
              description="The score of others is not shown."
              scope="account"
              addLabel="Add a condition"
              value={model.audience}
              onChange={(audience) => draft.change({ ...model, audience })}
              errors={errors.under('audience')}
            />
          </section>
          <RangeAndBands {...edit} />
          <ToLookAt
            doubts={[
              ...sentences.map((message) => ({ severity: 'error' as const, message })),
              ...doubtful,
              ...checks
                .filter(({ rule }) => rule === null || model.rules.some(({ id }) => id === rule))
                .map(({ message }) => ({ severity: 'warning' as const, message })),
            ]}
          />
        </Stack>
      </fieldset>
      {publishing && (
        <PublishDialog
          draft={draft}
          name={model.name}
          changes={differences(published?.kind === 'document' ? published.document : null, model)}
          errors={sentences}
          onClose={() => setPublishing(false)}
        >
          <Text size="sm" c="dimmed">
            Scores of accounts are computed from their contacts, so all of them follow within moments. Nothing changes
            for contacts.
          </Text>
          {mayLook && sentences.length === 0 && <AccountModelImpact model={model} />}
        </PublishDialog>
      )}
    </Page>
  );
}
