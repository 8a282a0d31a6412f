import { useQuery } from '@tanstack/react-query';
import { statusQuery } from '../../api/insight.ts';
import { may } from '../../api/session.ts';
import { sampleQuery } from '../../api/sample.ts';
import { usePerson } from '../../app/signed-in.ts';
import { Page } from '../../ui/page.tsx';
import { LoadingRows } from '../../ui/states.tsx';
import { Attention } from './attention.tsx';
import { FirstStart } from './first-start.tsx';
import styles from './home.module.css';
import { Figures } from './figures.tsx';
import { HottestLeads } from './hottest-leads.tsx';
import { NextSteps } from './next-steps.tsx';
import { useStepsDone } from './steps-done.ts';
import { Stages } from './stages.tsx';

/** Where the day begins: what waits for this person, and how the workspace is. On an empty workspace: how to begin. */
export function HomeScreen() {
  const person = usePerson();
  const mayBegin = may(person, 'imports:write');
  const sample = useQuery({ ...sampleQuery, enabled: mayBegin });
  const status = useQuery(statusQuery);
  const done = useStepsDone();
  const running = sample.data?.job?.status === 'running' ? sample.data.job : null;
  if (status.isPending || (mayBegin && sample.isPending)) {
    return (
      <Page title="Home">
        <LoadingRows />
      </Page>
    );
  }
  if (running || sample.data?.offered) {
    return (
      <Page title="Home" padded>
        <FirstStart job={sample.data?.job ?? null} unfinished={sample.data?.unfinished ?? false} />
      </Page>
    );
  }
  return (
    <Page title="Home" padded>
      <Figures />
      <div className={styles.grid}>
        <div>
          {may(person, 'leads:read') && <HottestLeads />}
          {may(person, 'definitions:read') && <Stages />}
        </div>
        <div>
          <Attention />
          {done && <NextSteps done={done} />}
        </div>
      </div>
    </Page>
  );
}
