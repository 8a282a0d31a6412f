import { getRouteApi } from '@tanstack/react-router';
import { useNames } from '../../../fields/index.ts';
import { ComparePage } from '../../models/compare/compare-page.tsx';
import { comparedRules } from '../../models/compare/compare-models.ts';
import { Differing } from '../../models/compare/differing.tsx';
import { readAccountModel } from '../read-account-model.ts';
import { comparedAccountSettings } from './compare-account-models.ts';

const route = getRouteApi('/inside/account-models/compare');

/** Two score models for accounts, or two states of one, side by side. */
export function CompareAccountModelsScreen() {
  const names = useNames();
  const navigate = route.useNavigate();
  return (
    <ComparePage
      title="Compare score models for accounts"
      of={{ collection: 'account-models', read: readAccountModel }}
      search={route.useSearch()}
      onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })}
    >
      {({ document: left }, { document: right }, shown) => (
        <Differing
          rules={comparedRules(left, right, names)}
          settings={comparedAccountSettings(left, right, names)}
          {...shown}
        />
      )}
    </ComparePage>
  );
}
