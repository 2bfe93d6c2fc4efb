/*
 * Keeps a part of a page as new as the server has it: <div data-live="/address"> listens to the server-sent events of that
 * address. It is filled with each of them; where it has a data-part, they tell only its version, and when that is another
 * than data-version, the part is fetched from there, with the forms of whoever looks. The browser itself connects again when the
 * connection breaks; until then the part says that it is old. Without JavaScript the page refreshes itself, which its
 * <noscript> says.
 */
"use strict";

document.querySelectorAll("[data-live]").forEach(part => {
  let events;

  function connect() {
    events = new EventSource(part.dataset.live);
    events.onmessage = event => {
      delete part.dataset.old;
      if (part.dataset.part) {
        renewWhenOther(event.data);
      } else {
        renew(event.data);
      }
    };
    events.onerror = () => {
      part.dataset.old = "true";
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(connect, 10000); // refused, perhaps because the session is over: the browser would not try again
      }
    };
  }

  async function renewWhenOther(version) {
    if (version === part.dataset.version) {
      return;
    }
    try {
      const answer = await fetch(part.dataset.part, {headers: {"HX-Request": "true"}});
      if (!answer.ok) {
        throw new Error(answer.status);
      }
      renew(await answer.text());
      part.dataset.version = version;
    } catch (refused) {
      part.dataset.old = "true";
    }
  }

  // Whoever is reading keeps the place: the focus, what is unfolded, and how far a table is scrolled.
  function renew(html) {
    const focused = part.contains(document.activeElement) ? place(document.activeElement) : null;
    const unfolded = [...part.querySelectorAll("details[id][open]")].map(details => details.id);
    const scrolled = [...part.querySelectorAll(".scroll")].map(table => table.scrollLeft);
    part.innerHTML = html;
    unfolded.forEach(id => document.getElementById(id)?.setAttribute("open", ""));
    part.querySelectorAll(".scroll").forEach((table, number) => table.scrollLeft = scrolled[number] ?? 0);
    if (focused) {
      [...part.querySelectorAll("a, button, summary, [tabindex]")].find(one => place(one) === focused)?.focus({preventScroll: true});
    }
    if (window.htmx) {
      htmx.process(part);
    }
  }

  function place(element) {
    return element.form ? element.form.dataset.key + " " + element.value
      : element.getAttribute("href") || element.getAttribute("aria-label") || element.closest("details")?.id;
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
