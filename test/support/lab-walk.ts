import type { LabBrowser, Visit } from './lab-browser';

/**
 * Goes on from `first` as a person would: follows redirects, chooses `account`, accepts (or, where only an administrator
 * could, goes back), approves a second factor, and stops at the first page that asks for nothing of the kind.
 */
export const walkAs = async (browser: LabBrowser, first: Visit, account: string): Promise<Visit> => {
  let visit = first;
  for (let step = 0; step < 25; step += 1) {
    const consent = visit.$('button[name=consent]');
    if (visit.location) visit = await browser.visit(visit.location);
    else if (visit.$(`button[name=account][value="${account}"]`).length === 1) visit = await browser.press('account', account);
    else if (visit.$('button[name=factor][value=approve]').length === 1) visit = await browser.press('factor', 'approve');
    else if (consent.length > 0) visit = await browser.press('consent', String(consent.first().attr('value')));
    else return visit;
  }
  throw new Error(`It did not end: ${visit.url}`);
};
