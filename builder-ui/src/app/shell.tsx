import { IconCloudOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { api, onSessionEnded } from '../api/client.ts';
import { useConnection, useLive } from '../api/live.ts';
import type { Person } from '../api/session.ts';
import { sayFailed } from '../ui/say.ts';
import { LoadingRows } from '../ui/states.tsx';
import { useGoKeys } from './go-keys.ts';
import { Patience } from './patience.tsx';
import styles from './rail.module.css';
import { Rail } from './rail.tsx';
import { SignedIn } from './signed-in.ts';

const Palette = lazy(() => import('./palette.tsx').then(({ Palette }) => ({ default: Palette })));
const SignInAgain = lazy(() => import('./sign-in-again.tsx').then(({ SignInAgain }) => ({ default: SignInAgain })));
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then(({ KeysDialog }) => ({ default: KeysDialog })));

/** The rail, the screen, and what is true everywhere: live changes, connection, session, palette, shortcuts. */
export function Shell({ person }: { person: Person }) {
  const client = useQueryClient();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const [ended, setEnded] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const connection = useConnection();
  useLive(!ended);
  useGoKeys(person, () => setKeysShown(true));
  useEffect(() => {
    onSessionEnded(() => setEnded(true));
    return () => onSessionEnded(() => undefined);
  }, []);

  const signOut = async (): Promise<void> => {
    try {
      await api.delete('/api/session');
      client.clear();
      window.location.assign('/sign-in');
    } catch (error) {
      sayFailed('You could not be signed out', error);
    }
  };

  return (
    <SignedIn value={person}>
      <div className={styles.frame}>
        <Rail
          person={person}
          narrow={/^\/automations\/./.test(path)}
          onSignOut={() => void signOut()}
          onShowKeys={() => setKeysShown(true)}
        />
        <main className={styles.main} id="main">
          {connection === 'lost' && !ended && (
            <div className={styles.notice} role="status">
              <IconCloudOff size={16} aria-hidden="true" />
              The connection is lost. What you see may be old; it is tried again by itself.
            </div>
          )}
          <Suspense fallback={<LoadingRows />}>
            <Patience path={path}>
              <Outlet />
            </Patience>
          </Suspense>
        </main>
      </div>
      <Suspense>
        <Palette person={person} onShowKeys={() => setKeysShown(true)} />
        {keysShown && <KeysDialog person={person} onClose={() => setKeysShown(false)} />}
        {ended && <SignInAgain person={person} onSignedIn={() => setEnded(false)} />}
      </Suspense>
    </SignedIn>
  );
}
