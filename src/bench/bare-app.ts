import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ejs from 'ejs';
import express from 'express';
import session from 'express-session';

/**
 * The yardstick, a program of its own: a bare Express app with express-session (its own store in memory) and EJS, that shows a
 * signed-in visitor the same form and the same hundred rows from an array. It prints its port.
 */

interface Visited {
  name?: string;
}

const layout = (body: string): string =>
  `<!doctype html><html lang="en"><head><title><%= title %></title></head><body><header><%= name %></header><main>${body}</main></body></html>`;

const form = layout(
  '<nav><% for (const link of links) { %><a href="<%= link.href %>"><%= link.label %></a> <% } %></nav>' +
    '<h1>Hunt</h1><form method="post" action="/hunting/runs"><p><label for="query">Query (KQL)</label><textarea id="query" name="query" rows="14"><%= query %></textarea></p>' +
    '<p><label for="timespan">Time span</label><select id="timespan" name="timespan"><% for (const span of spans) { %><option value="<%= span %>"><%= span %></option><% } %></select></p>' +
    '<fieldset><legend>Organizations</legend><ul><% for (const tenant of tenants) { %><li><label><input type="checkbox" name="tenants" value="<%= tenant.id %>" checked> <%= tenant.name %></label></li><% } %></ul></fieldset>' +
    '<p><button>Run</button></p></form>' +
    '<p><%= about %></p>',
);
const table = layout(
  '<table><thead><tr><% for (const head of heads) { %><th><%= head %></th><% } %></tr></thead><tbody><% for (const row of rows) { %><tr><% for (const cell of row) { %><td><%= cell %></td><% } %></tr><% } %></tbody></table>',
);

const heads = ['Timestamp', 'DeviceName', 'FileName', 'ProcessCommandLine', 'AccountName', 'ProcessId'];
const rows = Array.from({ length: 100 }, (_, n) => [
  `2026-11-23T03:${String(n % 60).padStart(2, '0')}:00.0000000Z`,
  `device-${n}.contoso.example`,
  'powershell.exe',
  `powershell.exe -NoProfile -EncodedCommand ${'QQBCAEMA'.repeat(6)} <${n}>`,
  'analyst',
  String(1000 + n),
]);

const views = mkdtempSync(join(tmpdir(), 'quarry-bench-'));
writeFileSync(join(views, 'form.ejs'), form);
writeFileSync(join(views, 'table.ejs'), table);

const app = express();
app.engine('ejs', (file, data, done) => void ejs.renderFile(file, data, done));
app.set('views', views);
app.set('view engine', 'ejs');
app.enable('view cache');
app.use(session({ secret: 'bench', resave: false, saveUninitialized: false }));
app.get('/sign-in', (req, res) => {
  (req.session as Visited).name = 'Ana Lyst';
  res.send('ok');
});
const tenants = [{ id: '29111d4a-3437-4659-b483-7396f1644aed', name: 'contoso.example' }];
const links = ['Hunt', 'Runs', 'Tables', 'Organizations'].map((label) => ({ label, href: `/${label.toLowerCase()}` }));
/** What the real page says besides, in as many bytes. */
const about = 'Counted back from now, in UTC. A time filter in the query narrows it further. '.repeat(18);
const spans = ['Last hour', 'Last 12 hours', 'Last day', 'Last 3 days', 'Last 7 days', 'Last 14 days', 'Last 30 days'];
app.get('/form', (req, res) =>
  app.render(
    'form',
    { title: 'Hunt', name: (req.session as Visited).name, query: '', spans, tenants, links, about },
    (_error, html) => void res.send(html),
  ),
);
app.get('/rows', (req, res) =>
  app.render('table', { title: 'Rows', name: (req.session as Visited).name, heads, rows }, (_error, html) => void res.send(html)),
);

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(JSON.stringify({ port: typeof address === 'object' ? address?.port : undefined }));
});
