import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { whyNotSettable, type AccountDetail } from '@ripen/shared';
import { useMay } from '../../app/signed-in.ts';
import { pathWords } from '../../fields/names.ts';
import { Address } from '../../ui/address.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Card } from '../contacts/page/card.tsx';
import page from '../contacts/page/page.module.css';
import { valueInWords } from '../contacts/page/values.ts';
import styles from './accounts.module.css';
import { SetFieldDialog } from './set-field-dialog.tsx';

const route = getRouteApi('/inside/accounts/$id');
/** As the address says that a field is to be chosen. */
const another = 'another';

const wordsOf = (path: string): string => pathWords(path.replace(/^account\./, ''));

/** What is known of an account, who said it where a person or a file did, and the way to say otherwise. */
export function FieldsCard({ account }: { account: AccountDetail }) {
  const maySet = useMay('contacts:write');
  const { set } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (field: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, set: field }), replace: field === undefined });
  return (
    <Card
      title="Fields"
      acts={
        maySet && (
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => open(another)}>
            Set a field
          </Button>
        )
      }
    >
      <dl className={page.facts}>
        {Object.entries(account.fields).map(([path, value]) => (
          <div key={path}>
            <dt title={path}>{wordsOf(path)}</dt>
            <dd className={styles.field}>
              <span className={styles.person}>
                <Address text={valueInWords(value)} />
                <SaidBy account={account} path={path} />
              </span>
              {maySet && whyNotSettable(path) === null && (
                <ActionIcon variant="subtle" aria-label={`Change ${wordsOf(path)}`} onClick={() => open(path)}>
                  <IconPencil size={14} />
                </ActionIcon>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {maySet && set !== undefined && (
        <SetFieldDialog account={account} field={set === another ? '' : set} onClose={() => open(undefined)} />
      )}
    </Card>
  );
}

/** Who said it and why, while no contact has said something newer. */
function SaidBy({ account: { fields, said }, path }: { account: AccountDetail; path: string }) {
  const last = said[path];
  if (!last || JSON.stringify(last.value) !== JSON.stringify(fields[path])) return null;
  return (
    <span className={styles.about}>
      {last.reason}
      {last.by !== '' && ` · ${last.by}`} · <RelativeTime at={last.at} />
    </span>
  );
}
