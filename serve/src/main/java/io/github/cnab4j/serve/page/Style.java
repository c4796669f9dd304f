/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.page;

/** The style sheet: the browser's own fonts and, by its choice, light or dark. */
final class Style {
    static final String TEXT = """
            :root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --link: #0550ae;
              --ground: #ffffff; --raised: #f6f8fa; }
            @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9da7b3; --line: #30363d;
              --link: #79b8ff; --ground: #0d1117; --raised: #161b22; } }
            * { box-sizing: border-box; }
            body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); }
            header { padding: .75rem 1.5rem; border-bottom: 1px solid var(--line); background: var(--raised);
              font-weight: 600; }
            main { max-width: 62rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
            h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.1rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
            a { color: var(--link); }
            a:focus-visible, code:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
            .skip { position: absolute; left: -100rem; }
            .skip:focus { left: 1rem; top: 1rem; padding: .5rem; background: var(--ground); }
            table { width: 100%; border-collapse: collapse; }
            th, td { padding: .5rem .75rem; border-bottom: 1px solid var(--line); text-align: left;
              overflow-wrap: anywhere; vertical-align: top; }
            thead th { color: var(--soft); font-weight: 600; }
            tbody th { font-weight: 500; }
            section { margin: 0 0 1rem; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem;
              background: var(--raised); }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; }
            dt { color: var(--soft); }
            dd { margin: 0; overflow-wrap: anywhere; }
            code { font: .9em ui-monospace, monospace; user-select: all; }
            nav { margin-top: 1rem; }
            @media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .5rem; } }
            """;

    private Style() {}
}
