"""Windows on the practice workspace's page, and what can be measured in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import CHROMIUM

in_a_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser here"),
]

INTERACTIVE = {
    "button",
    "link",
    "textbox",
    "combobox",
    "searchbox",
    "checkbox",
    "radio",
    "tab",
    "menuitem",
    "option",
    "listbox",
    "dialog",
    "Date",
    "InputTime",
    "DateTime",
    "spinbutton",
}

# Every visible text with less contrast than asked, colours composed over what lies behind them (WCAG 2.2, 1.4.3).
FAINT = """least => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = color => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((one, i) => one * top[3] + below[i] * (1 - top[3]));
  const linear = one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
  const light = color => color.map(one => linear(one / 255))
    .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = node => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(read(getComputedStyle(at).backgroundColor));
    return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const node = text.parentElement;
    const words = text.textContent.trim();
    const shown = node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!shown || !/[\\p{L}\\p{N}]/u.test(words)) continue;
    if (node.closest('.unseen, noscript, option') || !node.getClientRects().length) continue;
    const ground = behind(node);
    const style = getComputedStyle(node);
    const ink = read(style.color);
    ink[3] *= Number(style.opacity);
    const [one, other] = [light(over(ink, ground)), light(ground)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < least) faint.push(`${words.slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


WIDE = """() => {
  const scrolls = node => ['auto', 'scroll'].includes(getComputedStyle(node).overflowX);
  const within = node => node && (scrolls(node) || within(node.parentElement));
  const seen = node => node.checkVisibility({ visibilityProperty: true }) && !node.closest('.unseen, .skip');
  return [...document.querySelectorAll('body *')]
    .filter(node => node.getBoundingClientRect().right > innerWidth + 0.5 && seen(node) && !within(node))
    .map(node => `${node.tagName}.${node.className}`);
}"""


@contextmanager
def window(browser: Browser, address: str, width: int = 1200, height: int = 800, **more: Any) -> Iterator[Page]:
    """A window on `address`, ready to write in."""
    context = browser.new_context(viewport={"width": width, "height": height}, **more)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#composer textarea")).to_be_visible()
    yield page
    context.close()


def composer(page: Page) -> Locator:
    """Where one writes below the channel."""
    return page.get_by_role("textbox", name="Message")


def faint_texts(page: Page, least: float = 4.5) -> list[str]:
    """What is written with less contrast than `least`."""
    faint: list[str] = page.evaluate(FAINT, least)
    return faint


def nameless(page: Page) -> list[str]:
    """The roles of interactive elements that a screen reader could not name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        str(node["role"]["value"])
        for node in nodes
        if not node.get("ignored")
        and node.get("role", {}).get("value") in INTERACTIVE
        and not str(node.get("name", {}).get("value", "")).strip()
    ]


def too_wide(page: Page) -> list[str]:
    """The elements that stick out of the window, where nothing around them scrolls sideways on purpose."""
    found: list[str] = page.evaluate(WIDE)
    return found
