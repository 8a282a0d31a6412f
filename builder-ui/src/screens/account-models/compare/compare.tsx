import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { definitionsQuery } from '../../../api/definitions.ts';
import { useNames } from '../../../fields/index.ts';
import { Page } from '../../../ui/page.tsx';
import { LoadingRows, QueryView } from '../../../ui/states.tsx';
import { comparedRules } from '../../models/compare/compare-models.ts';
import { Differing } from '../../models/compare/differing.tsx';
import { TwoSides } from '../../models/compare/two-sides.tsx';
import { readAccountModel } from '../read-account-model.ts';
import { comparedAccountSettings } from './compare-account-models.ts';

const route = getRouteApi('/inside/account-models/compare');

/** Two score models for accounts, or two states of one, side by side. */
export function CompareAccountModelsScreen() {
  const query = useQuery(definitionsQuery('account-models'));
  const names = useNames();
  const { a, b, all } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title="Compare score models for accounts"
      lead={
        <ActionIcon
          renderRoot={(props) => <Link to="/models" {...props} />}
          variant="subtle"
          aria-label="All score models"
        >
          <IconArrowLeft size={18} />
        </ActionIcon>
      }
    >
      <QueryView query={query} loading={<LoadingRows rows={8} />}>
        {(models) => (
          <TwoSides
            collection="account-models"
            read={readAccountModel}
            models={models.filter(({ status }) => status !== 'archived')}
            address={{ a, b }}
            onAddress={(side, text) =>
              void navigate({ search: (before) => ({ ...before, [side]: text }), replace: true })
            }
          >
            {({ document: left }, { document: right }) => (
              <Differing
                rules={comparedRules(left, right, names)}
                settings={comparedAccountSettings(left, right, names)}
                all={all === 'yes'}
                onAll={(on) =>
                  void navigate({ search: (before) => ({ ...before, all: on ? 'yes' : '' }), replace: true })
                }
              />
            )}
          </TwoSides>
        )}
      </QueryView>
    </Page>
  );
}
