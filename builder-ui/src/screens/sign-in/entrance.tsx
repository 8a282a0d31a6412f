import { useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { CredentialsForm } from '../../app/credentials-form.tsx';
import styles from './entrance.module.css';

function Entrance({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Ripen`;
  }, [title]);
  return (
    <main className={styles.entrance}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <img src="/ripen.svg" alt="" width={28} height={28} />
          Ripen
        </div>
        <div className={styles.ripening} aria-hidden="true" />
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.text}>{text}</p>
        {children}
      </div>
    </main>
  );
}

/** For those who have an account. */
export function SignIn({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  return (
    <Entrance title="Sign in" text="With the account that your admin made for you.">
      <CredentialsForm
        act="Sign in"
        onSubmit={async ({ email, password }) => {
          await api.post('/api/session', { email, password });
          await client.invalidateQueries();
          onDone();
        }}
      />
    </Entrance>
  );
}

/** The first start: the first person becomes admin. */
export function Setup({ keyNeeded, onDone }: { keyNeeded: boolean; onDone: () => void }) {
  const client = useQueryClient();
  return (
    <Entrance
      title="Welcome to Ripen"
      text="Make the first account. It becomes the admin, who can add marketers and sales people later."
    >
      <CredentialsForm
        act="Create the admin account"
        isNew
        withKey={keyNeeded}
        onSubmit={async ({ key, ...credentials }) => {
          await api.post('/api/setup', credentials, keyNeeded ? key : undefined);
          await client.invalidateQueries();
          onDone();
        }}
      />
    </Entrance>
  );
}
