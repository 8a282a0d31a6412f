import { getRouteApi } from '@tanstack/react-router';
import { useNames } from '../../../fields/index.ts';
import { readModel } from '../read-model.ts';
import { BandsBeside } from './bands-beside.tsx';
import { comparedRules, comparedSettings } from './compare-models.ts';
import { ComparePage } from './compare-page.tsx';
import { Differing } from './differing.tsx';

const route = getRouteApi('/inside/models/compare');

/** Two score models, or two states of one, side by side. */
export function CompareScreen() {
  const names = useNames();
  const navigate = route.useNavigate();
  return (
    <ComparePage
      title="Compare score models"
      of={{ collection: 'models', read: readModel }}
      search={route.useSearch()}
      onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })}
    >
      {(left, right, shown) => (
        <Differing
          rules={comparedRules(left.document, right.document, names)}
          settings={comparedSettings(left.document, right.document, names)}
          {...shown}
        >
          <BandsBeside left={left} right={right} />
        </Differing>
      )}
    </ComparePage>
  );
}
