import type { Automation } from '@ripen/shared';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Editor } from '../../../document/editor.ts';
import { useNames } from '../../../fields/use-names.ts';
import { lookOf } from '../../../nodes/index.ts';
import { BackTestPanel } from './back-test.tsx';
import { Differing } from './differing.tsx';
import { OneContact } from './one-contact.tsx';
import styles from './back-test.module.css';

const route = getRouteApi('/inside/automations/$id');

/** The draft over history beside the live version, with who differs and why; a contact is in the address. */
export default function BackTestMode(given: { editor: Editor; live: Automation | null; blocked: boolean }) {
  const { document } = given.editor;
  const { contact } = route.useSearch();
  const navigate = useNavigate();
  const names = useNames();
  const show = (next: string | undefined): void =>
    void navigate({ to: '.', search: (before) => ({ ...before, contact: next }), replace: true });
  const types = new Map([...(given.live?.nodes ?? []), ...document.nodes].map(({ id, type }) => [id, type]));
  const titleOf = (node: string): string => {
    const type = types.get(node);
    return type ? lookOf(type).title : node;
  };
  return (
    <div className={styles.mode}>
      <h1>What would have happened</h1>
      <BackTestPanel
        document={document}
        names={names}
        blocked={given.blocked}
        more={(found, jobId) => (
          <>
            <Differing found={found} names={names} onShow={show} />
            {contact !== undefined && (
              <OneContact
                jobId={jobId}
                contact={contact}
                version={found.version}
                names={names}
                automation={document.id}
                titleOf={titleOf}
                onClose={() => show(undefined)}
              />
            )}
          </>
        )}
      />
    </div>
  );
}
