/** How long somebody who asks about very many contacts is kept waiting, ms. */
export interface Patience {
  /** For a page of those who are meant, where there are few of them among the others. */
  walkMs: number;
  /** For how many they are: some 50,000 contacts are looked at in half a second. */
  countMs: number;
}

/** Together well under what people take for waiting. */
export const usualPatience: Patience = { walkMs: 400, countMs: 500 };
