/*
 * Keeps a part of a page as new as the server has it: <div data-live="/address"> is filled with each server-sent event of
 * that address. The browser itself connects again when the connection breaks; until then the part says that it is old.
 * Without JavaScript the page refreshes itself, which its <noscript> says.
 */
"use strict";

document.querySelectorAll("[data-live]").forEach(part => {
  let events;

  function connect() {
    events = new EventSource(part.dataset.live);
    events.onmessage = event => {
      renew(event.data);
      delete part.dataset.old;
      if (window.htmx) {
        htmx.process(part);
      }
    };
    events.onerror = () => {
      part.dataset.old = "true";
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(connect, 10000); // refused, perhaps because the session is over: the browser would not try again
      }
    };
  }

  // Whoever is reading keeps the place: the focus, and how far a table is scrolled.
  function renew(html) {
    const focused = part.contains(document.activeElement) ? place(document.activeElement) : null;
    const scrolled = [...part.querySelectorAll(".scroll")].map(table => table.scrollLeft);
    part.innerHTML = html;
    part.querySelectorAll(".scroll").forEach((table, number) => table.scrollLeft = scrolled[number] ?? 0);
    if (focused) {
      [...part.querySelectorAll("a, [tabindex]")].find(one => place(one) === focused)?.focus({preventScroll: true});
    }
  }

  function place(element) {
    return element.getAttribute("href") || element.getAttribute("aria-label");
  }

  // A page that nobody sees costs nothing.
  function look() {
    if (document.hidden) {
      events?.close();
      events = undefined;
    } else if (!events) {
      connect();
    }
  }

  document.addEventListener("visibilitychange", look);
  look();
});
