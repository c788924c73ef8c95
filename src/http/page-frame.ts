import type { Request, Response } from 'express';
import { currentUser } from './current-user';
import { hasRole, type Role } from './roles';

/** A link of the main navigation; `prefix` decides which one is current. */
export interface NavigationItem {
  readonly label: string;
  readonly href: string;
  readonly prefix: string;
  /** Shown to those who hold it; unset: `viewer`. */
  readonly role?: Role;
}

/** What the layout shows around every page. */
export interface PageFrame {
  readonly title: string;
  readonly nonce: string;
  readonly path: string;
  readonly requestId: string;
  readonly user: { readonly name: string; readonly username: string; readonly tenantName: string } | null;
  /** What the reader may do: pages offer nothing else. */
  readonly roles: readonly Role[];
  readonly navigation: readonly (NavigationItem & { readonly current: boolean })[];
  /** A line at the top of every page where the lab answers instead of the cloud. */
  readonly notice: string | null;
  /**
   * When a browser without JavaScript loads the page again, and from where: one that came to a part of the page (`#...`) would
   * only go to that part again. Null: never.
   */
  readonly refresh: string | null;
  /** Scripts of `public/js` this page runs, by file name. */
  readonly scripts: readonly string[];
  /** Main content may use the full width of the window (tables of rows). */
  readonly wide: boolean;
  readonly asset: (path: string) => string;
}

/** What is the same on every page of this installation. */
export interface Site {
  readonly navigation: readonly NavigationItem[];
  /** Asked for every page: what the lab serves is known only some time after the start. */
  readonly notice: () => string | null;
  readonly asset: (path: string) => string;
}

export interface PageOptions {
  readonly title: string;
  readonly status?: number;
  /** Seconds after which a browser without JavaScript loads the page again. */
  readonly refresh?: number | null;
  readonly scripts?: readonly string[];
  readonly wide?: boolean;
}

/** The item whose prefix fits the path best is the current one: `/hunting/history` is not also `/hunting`. */
const navigationAt = (items: readonly NavigationItem[], path: string): PageFrame['navigation'] => {
  const fits = items.filter(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  const best = Math.max(...fits.map(({ prefix }) => prefix.length));
  return items.map((item) => ({ ...item, current: fits.includes(item) && item.prefix.length === best }));
};

export const pageFrame = (req: Request, res: Response, options: PageOptions): PageFrame => {
  const site = res.locals['site'] as Site;
  const user = currentUser(req);
  return {
    title: options.title,
    nonce: res.locals['nonce'] as string,
    path: req.path,
    requestId: res.locals['requestId'] as string,
    user: user ? { name: user.name, username: user.username, tenantName: user.tenantName } : null,
    roles: user?.roles ?? [],
    navigation: user
      ? navigationAt(
          site.navigation.filter(({ role = 'viewer' }) => hasRole(user, role)),
          req.path,
        )
      : [],
    notice: site.notice(),
    refresh: options.refresh == null ? null : `${options.refresh};url=${req.originalUrl}`,
    scripts: options.scripts ?? [],
    wide: options.wide ?? false,
    asset: site.asset,
  };
};
