import { useQuery } from '@tanstack/react-query';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  useNavigate,
  useRouter,
} from '@tanstack/react-router';
import { useState } from 'react';
import { sessionQuery } from '../api/session.ts';
import { Setup, SignIn } from '../screens/sign-in/entrance.tsx';
import { ErrorState, LoadingRows } from '../ui/states.tsx';
import { NotFound } from './not-found.tsx';
import { textSearch } from './search.ts';
import { Shell } from './shell.tsx';

/** Only addresses of this site: where to go after signing in comes from the address bar. */
const safePath = (next: string | undefined): string => (next && /^\/(?![/\\])/.test(next) ? next : '/');

/** To the door, and from there back to where one wanted to go: what the address was, not what it becomes on the way. */
function ToSignIn() {
  const router = useRouter();
  const [next] = useState(() => router.state.location.href);
  return <Navigate to="/sign-in" search={{ next }} replace />;
}

/** Lets those in who are signed in; others to the door that is theirs. */
function Gate() {
  const session = useQuery(sessionQuery);
  if (session.data?.person) return <Shell person={session.data.person} />;
  if (session.data) {
    return session.data.setupNeeded ? <Navigate to="/setup" replace /> : <ToSignIn />;
  }
  return session.isError ? (
    <ErrorState error={session.error} onRetry={() => void session.refetch()} />
  ) : (
    <LoadingRows />
  );
}

function SignInPage() {
  const { next } = signIn.useSearch();
  const navigate = useNavigate();
  // Followed here too: who has just signed in must be known before the gate looks.
  useQuery(sessionQuery);
  return <SignIn onDone={() => void navigate({ href: safePath(next), replace: true })} />;
}

function SetupPage() {
  const navigate = useNavigate();
  const session = useQuery(sessionQuery);
  if (session.data && !session.data.setupNeeded) return <Navigate to="/" replace />;
  return (
    <Setup keyNeeded={session.data?.setupKeyNeeded ?? false} onDone={() => void navigate({ to: '/', replace: true })} />
  );
}

const root = createRootRoute({ notFoundComponent: NotFound });
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: textSearch('next'),
  component: SignInPage,
});
const setup = createRoute({ getParentRoute: () => root, path: '/setup', component: SetupPage });
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Gate });

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/home/home.tsx'), 'HomeScreen'),
});
const automations = createRoute({
  getParentRoute: () => inside,
  path: '/automations',
  validateSearch: textSearch('q', 'status', 'label', 'owner', 'starred', 'uses', 'import', 'template'),
  component: lazyRouteComponent(() => import('../screens/automations/automations.tsx'), 'AutomationsScreen'),
});
const automation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/$id',
  validateSearch: textSearch('node', 'version', 'view', 'contact', 'period', 'of', 'from', 'to', 'ask', 'schedule'),
  component: lazyRouteComponent(() => import('../screens/canvas/canvas-screen.tsx'), 'CanvasScreen'),
});
const models = createRoute({
  getParentRoute: () => inside,
  path: '/models',
  validateSearch: textSearch('template'),
  component: lazyRouteComponent(() => import('../screens/models/models.tsx'), 'ModelsScreen'),
});
const model = createRoute({
  getParentRoute: () => inside,
  path: '/models/$id',
  validateSearch: textSearch('tab', 'rule', 'contact', 'q', 'sort', 'result', 'is', 'view'),
  component: lazyRouteComponent(() => import('../screens/models/model.tsx'), 'ModelScreen'),
});
const compareModels = createRoute({
  getParentRoute: () => inside,
  path: '/models/compare',
  validateSearch: textSearch('a', 'b', 'all'),
  component: lazyRouteComponent(() => import('../screens/models/compare/compare.tsx'), 'CompareScreen'),
});
const lifecycle = createRoute({
  getParentRoute: () => inside,
  path: '/lifecycle',
  validateSearch: textSearch('view'),
  component: lazyRouteComponent(() => import('../screens/lifecycle/lifecycle.tsx'), 'LifecycleScreen'),
});
const contacts = createRoute({
  getParentRoute: () => inside,
  path: '/contacts',
  validateSearch: textSearch('q', 'stage', 'sort', 'lead', 'label', 'import', 'segment', 'band'),
  component: lazyRouteComponent(() => import('../screens/contacts/contacts.tsx'), 'ContactsScreen'),
});
const contact = createRoute({
  getParentRoute: () => inside,
  path: '/contacts/$id',
  validateSearch: textSearch('kinds', 'model'),
  component: lazyRouteComponent(() => import('../screens/contacts/contact.tsx'), 'ContactScreen'),
});
const accounts = createRoute({
  getParentRoute: () => inside,
  path: '/accounts',
  validateSearch: textSearch('q', 'model', 'band', 'sort', 'import'),
  component: lazyRouteComponent(() => import('../screens/accounts/accounts.tsx'), 'AccountsScreen'),
});
const account = createRoute({
  getParentRoute: () => inside,
  path: '/accounts/$id',
  validateSearch: textSearch('model', 'set'),
  component: lazyRouteComponent(() => import('../screens/accounts/account.tsx'), 'AccountScreen'),
});
const compareAccountModels = createRoute({
  getParentRoute: () => inside,
  path: '/account-models/compare',
  validateSearch: textSearch('a', 'b', 'all'),
  component: lazyRouteComponent(
    () => import('../screens/account-models/compare/compare.tsx'),
    'CompareAccountModelsScreen',
  ),
});
const accountModel = createRoute({
  getParentRoute: () => inside,
  path: '/account-models/$id',
  component: lazyRouteComponent(() => import('../screens/account-models/account-model.tsx'), 'AccountModelScreen'),
});
const segments = createRoute({
  getParentRoute: () => inside,
  path: '/segments',
  component: lazyRouteComponent(() => import('../screens/segments/segments.tsx'), 'SegmentsScreen'),
});
const segment = createRoute({
  getParentRoute: () => inside,
  path: '/segments/$id',
  component: lazyRouteComponent(() => import('../screens/segments/segment.tsx'), 'SegmentScreen'),
});
const catalogue = createRoute({
  getParentRoute: () => inside,
  path: '/catalogue',
  validateSearch: textSearch('tab', 'q', 'show', 'item'),
  component: lazyRouteComponent(() => import('../screens/catalogue/catalogue.tsx'), 'CatalogueScreen'),
});
const maintenance = createRoute({
  getParentRoute: () => inside,
  path: '/maintenance',
  validateSearch: textSearch('edit', 'run', 'history'),
  component: lazyRouteComponent(() => import('../screens/maintenance/maintenance.tsx'), 'MaintenanceScreen'),
});
const notices = createRoute({
  getParentRoute: () => inside,
  path: '/notices',
  validateSearch: textSearch('show'),
  component: lazyRouteComponent(() => import('../screens/notices/notices.tsx'), 'NoticesScreen'),
});
const queue = createRoute({
  getParentRoute: () => inside,
  path: '/queue',
  validateSearch: textSearch('lead', 'status', 'queue', 'of'),
  component: lazyRouteComponent(() => import('../screens/queue/queue.tsx'), 'QueueScreen'),
});
const runs = createRoute({
  getParentRoute: () => inside,
  path: '/runs',
  validateSearch: textSearch(
    'automation',
    'status',
    'contact',
    'from',
    'to',
    'node',
    'run',
    'version',
    'passed',
    'passing',
    'port',
    'since',
  ),
  component: lazyRouteComponent(() => import('../screens/runs/runs.tsx'), 'RunsScreen'),
});
// `/health` is the API's own answer to load balancers.
const health = createRoute({
  getParentRoute: () => inside,
  path: '/system',
  validateSearch: textSearch('tab'),
  component: lazyRouteComponent(() => import('../screens/health/health.tsx'), 'HealthScreen'),
});
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: () => <Navigate to="/settings/$section" params={{ section: 'account' }} replace />,
});
const settingsSection = createRoute({
  getParentRoute: () => inside,
  path: '/settings/$section',
  validateSearch: textSearch('load'),
  component: lazyRouteComponent(() => import('../screens/settings/settings.tsx'), 'SettingsScreen'),
});

export const createAppRouter = () =>
  createRouter({
    routeTree: root.addChildren([
      signIn,
      setup,
      inside.addChildren([
        home,
        automations,
        automation,
        models,
        model,
        compareModels,
        lifecycle,
        contacts,
        contact,
        accounts,
        account,
        compareAccountModels,
        accountModel,
        segments,
        segment,
        catalogue,
        maintenance,
        notices,
        queue,
        runs,
        health,
        settings,
        settingsSection,
      ]),
    ]),
    defaultPreload: 'intent',
    defaultPendingComponent: () => <LoadingRows />,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
    // Searches are plain text: `?q=12` stays "12" and no JSON ends up in addresses.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
      return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
    },
    scrollRestoration: false,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
