/** The one style sheet of the lab's pages. */
export const style = `
:root { color-scheme: light dark; --ground: #eef1f5; --card: #ffffff; --ink: #1b2430; --soft: #56616f; --line: #d5dbe3; --accent: #14588f; --on-accent: #ffffff; --warn: #8a3b12; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #10151c; --card: #1a212b; --ink: #e8edf3; --soft: #a5b1bf; --line: #34404e; --accent: #7cc0f5; --on-accent: #08121c; --warn: #f0b48f; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
.banner { margin: 0; padding: 0.5rem 1rem; background: var(--accent); color: var(--on-accent); font-size: 0.875rem; text-align: center; }
main { max-width: 30rem; margin: 2rem auto; padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; }
main.wide { max-width: 68rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.375rem; line-height: 1.25; }
h2 { margin: 1.75rem 0 0.5rem; font-size: 1.0625rem; }
p { margin: 0.5rem 0; }
.soft { color: var(--soft); }
.accounts { display: grid; gap: 0.5rem; margin: 1rem 0 0; padding: 0; list-style: none; }
button { font: inherit; cursor: pointer; border-radius: 0.375rem; border: 1px solid var(--line); background: var(--card); color: var(--ink); padding: 0.625rem 0.875rem; }
button:hover { border-color: var(--accent); }
button:focus-visible, a:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.accounts button { display: block; width: 100%; text-align: left; }
.accounts .name { display: block; font-weight: 600; }
.accounts .username { display: block; overflow-wrap: anywhere; }
.accounts .lesson { display: block; color: var(--soft); font-size: 0.875rem; }
.choices { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-top: 1.25rem; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.scopes { margin: 0.75rem 0; padding-left: 1.25rem; }
.scopes li { margin: 0.25rem 0; }
.tag { display: inline-block; padding: 0 0.375rem; border: 1px solid currentColor; border-radius: 0.25rem; color: var(--warn); font-size: 0.75rem; white-space: nowrap; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.125rem 0.75rem; margin: 1rem 0 0; font-size: 0.875rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
th, td { padding: 0.375rem 0.625rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
code { font-family: ui-monospace, "Cascadia Mono", Menlo, monospace; font-size: 0.875em; overflow-wrap: anywhere; }
a { color: var(--accent); }
label { display: block; margin: 0.75rem 0; }
select, input { font: inherit; padding: 0.375rem 0.5rem; border: 1px solid var(--line); border-radius: 0.375rem; background: var(--card); color: var(--ink); }
.fields { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; }
.fields label { display: grid; gap: 0.25rem; margin: 0; }
details { margin-top: 1.25rem; }
summary { cursor: pointer; }
@media (max-width: 34rem) { main { margin: 0; border-width: 0 0 1px; border-radius: 0; } }
`;
