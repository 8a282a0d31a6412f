import type { Answer, Call, TestServer } from './support.ts';

/** A person's browser: it keeps cookies and says where a request was made, as browsers do. */
export interface Browser {
  /** As from a page of the product, unless headers say otherwise. */
  call(call: Call): Promise<Answer>;
  /** What it would send as `Cookie`. */
  cookies(): string;
  /** Signs in; fails unless that works. */
  signIn(who: { email: string; password: string }): Promise<Answer>;
}

export const createBrowser = (server: Pick<TestServer, 'call'>): Browser => {
  const jar = new Map<string, string>();
  const cookies = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const call = async (sent: Call): Promise<Answer> => {
    const answer = await server.call({
      ...sent,
      key: sent.key ?? null,
      headers: { 'sec-fetch-site': 'same-origin', ...(jar.size > 0 ? { cookie: cookies() } : {}), ...sent.headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  return {
    call,
    cookies,
    signIn: async ({ email, password }) => {
      const answer = await call({ method: 'POST', path: '/api/session', body: { email, password } });
      if (answer.status !== 200) throw new Error(`Signing in was answered ${answer.status}.`);
      return answer;
    },
  };
};
