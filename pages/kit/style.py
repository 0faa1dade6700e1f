"""The look that Streamlit's theme settings cannot reach, in one place."""

from html import escape

import streamlit as st

CSS = """
<style>
.stMainBlockContainer { padding-top: 2.9rem; padding-bottom: 2rem; max-width: 1320px; }
[data-testid="stCaptionContainer"] { opacity: 1 !important; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * { color: #4d5b68 !important; }
h1 { letter-spacing: -0.01em; padding-bottom: 0.1rem !important; }
.wb-bar { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: center;
  font-size: .9rem; color: #3c4b59; }
.wb-invented { background: #fff4d6; border-left: 4px solid #b87503; padding: .4rem .8rem;
  font-size: .92rem; color: #4a3300; border-radius: 2px; }
.wb-open { background: #e6eff7; border-left: 4px solid #154273; padding: .4rem .8rem;
  font-size: .92rem; color: #1f2d39; border-radius: 2px; }
.wb-lead { font-size: 1.06rem; color: #33424f; max-width: 62rem; margin: 0; overflow-wrap: anywhere; }
.wb-source { font-size: .8rem; color: #4d5b68; margin: .2rem 0 0; }
.wb-card { border: 1px solid #d5dde5; border-radius: 6px; padding: .7rem .9rem; background: #fff;
  height: 100%; }
.wb-card h2 { font-size: .95rem !important; margin: 0 0 .15rem; padding: 0; color: #33424f; font-weight: 600; }
.wb-big { font-size: 1.55rem; font-weight: 650; color: #12304f; line-height: 1.2; }
.wb-small { font-size: .86rem; color: #45535f; }
.wb-cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(215px, 1fr)); gap: .7rem; }
.wb-bar-row { display: grid; grid-template-columns: minmax(8rem, 15rem) 1fr 4.2rem; gap: .6rem;
  align-items: center; font-size: .92rem; margin: .16rem 0; }
.wb-track { background: #edf1f5; height: .95rem; border-radius: 2px; position: relative; }
.wb-fill { background: #3d70a3; height: 100%; border-radius: 2px; }
.wb-tick { position: absolute; top: -3px; bottom: -3px; width: 2px; background: #1a2733; }
.wb-num { text-align: right; font-variant-numeric: tabular-nums; }
.wb-table { width: 100%; border-collapse: collapse; font-size: .92rem; }
.wb-table th { text-align: left; font-weight: 600; border-bottom: 2px solid #c7d1da;
  padding: .3rem .6rem .3rem 0; color: #33424f; }
.wb-table td { border-bottom: 1px solid #e3e9ee; padding: .32rem .6rem .32rem 0; vertical-align: top; }
.wb-table td.n, .wb-table th.n { text-align: right; padding-right: 1.1rem; font-variant-numeric: tabular-nums; }
.wb-button { display: inline-block; border: 1px solid #154273; border-radius: 4px; padding: .35rem .8rem;
  color: #154273; font-size: .95rem; text-decoration: none; background: #fff; }
.wb-button:hover, .wb-button:focus-visible { background: #154273; color: #fff; }
.wb-code { display: inline-block; font-family: monospace; font-size: 1.1rem; background: #f3f6f9;
  border: 1px solid #d5dde5; border-radius: 4px; padding: .35rem .7rem; margin: 0; overflow-wrap: anywhere; }
.wb-scroll { overflow-x: auto; }
.wb-term { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer;
  text-decoration: underline dotted 1px; text-underline-offset: 3px; }
.wb-term:hover, .wb-term:focus-visible { color: #154273; text-decoration-style: solid; }
.wb-meaning { max-width: min(24rem, calc(100vw - 2rem)); padding: .6rem .8rem; border: 1px solid #154273;
  border-radius: 4px; background: #fff; color: #1a2733; font-size: .95rem; font-weight: 400; }
@supports (position-area: bottom) {
  .wb-meaning { inset: auto; margin: .3rem 0; position-area: bottom span-right;
    position-try-fallbacks: flip-inline, flip-block, flip-block flip-inline; }
}
.wb-glossary { columns: 2 24rem; column-gap: 2.5rem; margin: 0; padding: 0 !important; }
.wb-glossary div { break-inside: avoid; margin: 0 0 .7rem; }
.wb-glossary dt { font-weight: 650; color: #12304f; }
.wb-glossary dd { margin: 0; }
.wb-mark { color: #9a3d00; font-weight: 650; }
[class*="st-key-to-"] button { text-align: left; justify-content: flex-start; padding: .1rem 0; }
[class*="st-key-to-"] button p { white-space: normal; }
[class*="st-key-menu"] { flex-wrap: nowrap !important; overflow-x: auto; }
@media (min-width: 900px) {
  [class*="st-key-menu"] { position: fixed; top: .75rem; left: 12.5rem; z-index: 999991; width: auto !important; }
}
@media (max-width: 640px) {
  .st-key-methode-hoofdstuk [role="radiogroup"] { flex-wrap: nowrap; overflow-x: auto; }
  .st-key-methode-hoofdstuk [role="radio"] { flex: none; }
  .st-key-methode-hoofdstuk [role="radio"][aria-checked="true"] { order: -1; }
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.45rem !important; }
  .wb-bar-row { grid-template-columns: 7.5rem 1fr 3.2rem; font-size: .85rem; }
}
</style>
"""


def apply_style() -> None:
    """Add the stylesheet to the page."""
    st.html(CSS)


LANGUAGE_SCRIPTS = {
    language: f"document.documentElement.lang = '{language}';" for language in ("nl", "en")
}
"""Name the page's language."""

TO_TOP = """document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);"""
"""Shows a page from its beginning."""

BASE = "window.__streamlit = {BACKEND_BASE_URL: location.origin + '/'};"
"""Says where the server is, which Streamlit's page would else try to find out by asking around."""

SCRIPTS = (*LANGUAGE_SCRIPTS.values(), TO_TOP, BASE)
"""The only scripts that a page writes itself; the content policy knows them by their hash."""


def set_page_language(language: str) -> None:
    """Name the page's language to browsers and screen readers."""
    st.html(f"<script>{LANGUAGE_SCRIPTS[language]}</script>", unsafe_allow_javascript=True)


def begin_at_top(what: str) -> None:
    """Show a page from its beginning whenever ``what`` it shows is another than before.

    Who chooses the next chapter at the foot of one would stand at the foot of the next.
    """
    mark = f'<span data-begins="{escape(what)}"></span>'
    st.html(f"{mark}<script>{TO_TOP}</script>", unsafe_allow_javascript=True)
