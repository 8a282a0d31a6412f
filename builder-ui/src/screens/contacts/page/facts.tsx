import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '@mantine/core';
import type { ContactDetail } from '@ripen/shared';
import { useMay } from '../../../app/signed-in.ts';
import { pathWords } from '../../../fields/names.ts';
import { Address } from '../../../ui/address.tsx';
import { StatusMark } from '../../../ui/marks.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { humanise } from '../../../ui/words.ts';
import { Card } from './card.tsx';
import styles from './page.module.css';
import { valueInWords } from './values.ts';

/** More fields than these are folded away. */
const fieldsAtFirst = 12;
const identitiesAtFirst = 5;

const identityKinds = { user: 'User id', email: 'E-mail', anonymous: 'Anonymous id' } as const;

/** What sales has of this contact. */
export function LeadCard({ lead }: { lead: NonNullable<ContactDetail['lead']> }) {
  const mayOpen = useMay('leads:read');
  return (
    <Card
      title="With sales"
      acts={
        mayOpen && (
          <Link to="/queue" search={{ lead: lead.id }} className={styles.way}>
            Open the lead
          </Link>
        )
      }
    >
      <dl className={styles.facts}>
        <div>
          <dt>Status</dt>
          <dd>
            <StatusMark tone={lead.status === 'accepted' ? 'good' : 'warn'}>{humanise(lead.status)}</StatusMark>
          </dd>
        </div>
        <div>
          <dt>Sales person</dt>
          <dd>{lead.repName ?? 'Nobody yet'}</dd>
        </div>
        <div>
          <dt>Queue</dt>
          <dd>{lead.queueName}</dd>
        </div>
        <div>
          <dt>Handed over</dt>
          <dd>
            <RelativeTime at={lead.at} />
          </dd>
        </div>
        {lead.status === 'open' && lead.answerBy !== null && (
          <div>
            <dt>Answer by</dt>
            <dd>
              <RelativeTime at={lead.answerBy} />
            </dd>
          </div>
        )}
      </dl>
    </Card>
  );
}

/** The contact's fields. */
export function FieldsCard({ contact }: { contact: ContactDetail }) {
  const [all, setAll] = useState(false);
  const fields = Object.entries(contact.fields)
    .filter(([, value]) => value !== null && value !== '')
    .toSorted(([a], [b]) => a.localeCompare(b));
  const shown = all ? fields : fields.slice(0, fieldsAtFirst);
  return (
    <Card title="Fields">
      {fields.length === 0 && <p className={styles.small}>Nothing is known but who it is.</p>}
      <dl className={styles.facts}>
        {shown.map(([path, value]) => (
          <div key={path}>
            <dt title={path}>{pathWords(path)}</dt>
            <dd>
              <Address text={valueInWords(value)} />
            </dd>
          </div>
        ))}
      </dl>
      {shown.length < fields.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          Show all {fields.length}
        </Button>
      )}
    </Card>
  );
}

/** By what names the contact is known to those who send events. */
export function IdentitiesCard({ contact }: { contact: ContactDetail }) {
  const [all, setAll] = useState(false);
  const shown = all ? contact.identities : contact.identities.slice(0, identitiesAtFirst);
  return (
    <Card title="Known as">
      <dl className={styles.facts}>
        {shown.map(({ kind, value }) => (
          <div key={`${kind} ${value}`}>
            <dt>{identityKinds[kind]}</dt>
            <dd>
              <Address text={value} />
            </dd>
          </div>
        ))}
        <div>
          <dt>First seen</dt>
          <dd>
            <RelativeTime at={contact.createdAt} />
          </dd>
        </div>
      </dl>
      {shown.length < contact.identities.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          Show all {contact.identities.length}
        </Button>
      )}
    </Card>
  );
}
