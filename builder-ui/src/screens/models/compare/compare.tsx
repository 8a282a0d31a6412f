import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ScoreModel } from '@ripen/shared';
import { definitionsQuery } from '../../../api/definitions.ts';
import { useNames } from '../../../fields/index.ts';
import { Page } from '../../../ui/page.tsx';
import { LoadingRows, QueryView } from '../../../ui/states.tsx';
import { readModel } from '../read-model.ts';
import { BandsBeside } from './bands-beside.tsx';
import { comparedRules, comparedSettings } from './compare-models.ts';
import { Differing } from './differing.tsx';
import { TwoSides, type Shown } from './two-sides.tsx';

const route = getRouteApi('/inside/models/compare');

/** Two score models, or two states of one, side by side. */
export function CompareScreen() {
  const query = useQuery(definitionsQuery('models'));
  const { a, b, all } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title="Compare score models"
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
            collection="models"
            read={readModel}
            models={models.filter(({ status }) => status !== 'archived')}
            address={{ a, b }}
            onAddress={(side, text) =>
              void navigate({ search: (before) => ({ ...before, [side]: text }), replace: true })
            }
          >
            {(left, right) => (
              <Beside
                left={left}
                right={right}
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

function Beside({
  left,
  right,
  ...shown
}: {
  left: Shown<ScoreModel>;
  right: Shown<ScoreModel>;
  all: boolean;
  onAll: (on: boolean) => void;
}) {
  const names = useNames();
  return (
    <Differing
      rules={comparedRules(left.document, right.document, names)}
      settings={comparedSettings(left.document, right.document, names)}
      {...shown}
    >
      <BandsBeside left={left} right={right} />
    </Differing>
  );
}
