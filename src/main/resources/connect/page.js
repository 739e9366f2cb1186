// Shows what has changed without loading the page anew, says it to screen readers and sets the focus
// where the next thing is. Everything works without.
(function () {
  'use strict';

  var LATER = 5000;
  var news = document.getElementById('news');
  // By the clock: others stand still while the device sleeps.
  var since = Date.now();
  var source = null;
  var timer = 0;

  function main() {
    return document.querySelector('main');
  }

  // Of this link alone: another tab may show another one.
  function page() {
    return main().dataset.page;
  }

  function stop() {
    if (source) {
      source.close();
      source = null;
    }
    clearTimeout(timer);
  }

  function later() {
    stop();
    timer = setTimeout(look, LATER);
  }

  function listen() {
    stop();
    var version = main().dataset.version;
    if (!version) {
      return;
    }
    source = new EventSource(page() + '/events?after=' + version);
    source.addEventListener('change', look);
    source.addEventListener('error', function () {
      // An answer that is over is asked for again by the browser itself.
      if (source && source.readyState === EventSource.CLOSED) {
        later();
      }
    });
  }

  function look() {
    stop();
    fetch(page(), { cache: 'no-store' })
      .then(function (answer) {
        if (answer.status === 429 || answer.status >= 500) {
          throw new Error('not now');
        }
        return answer.text();
      })
      .then(show)
      .catch(later);
  }

  function show(html) {
    var got = new DOMParser().parseFromString(html, 'text/html');
    var next = got.querySelector('main');
    if (next.dataset.page !== page()) {
      // Not a reload, which would ask to send a form again that this page may be the answer to.
      location.replace(page());
      return;
    }
    if (next.dataset.version !== main().dataset.version) {
      main().replaceWith(document.adoptNode(next));
      document.title = got.title;
      document.documentElement.lang = got.documentElement.lang;
      since = Date.now();
      var heading = next.querySelector('h1');
      news.textContent = heading.textContent;
      var first = next.querySelector('[autofocus]') || heading;
      if (first === heading) {
        heading.tabIndex = -1;
      }
      first.focus();
    } else {
      setClock(next);
    }
    listen();
  }

  function setClock(next) {
    var shown = main().querySelector('[data-left]');
    var told = next.querySelector('[data-left]');
    if (shown && told) {
      shown.dataset.left = told.dataset.left;
      since = Date.now();
    }
  }

  function two(number) {
    return String(number).padStart(2, '0');
  }

  function written(left) {
    var minutes = Math.floor(left / 60);
    return (minutes < 60 ? minutes : Math.floor(minutes / 60) + ':' + two(minutes % 60)) + ':' + two(left % 60);
  }

  // The link's address is a secret, and shall not stay in the list of pages behind.
  document.addEventListener('submit', function (event) {
    if (!event.target.hasAttribute('action')) {
      event.target.action = location.href;
      history.replaceState(null, '', page());
    }
  });

  // A page that the browser had kept for going back may be an old one.
  addEventListener('pageshow', function (event) {
    if (event.persisted && page()) {
      look();
    }
  });

  // The device may have slept, or been with the app that confirms: no event was heard then.
  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'visible' && main().dataset.version) {
      look();
    }
  });

  setInterval(function () {
    document.querySelectorAll('[data-left]').forEach(function (clock) {
      var passed = (Date.now() - since) / 1000;
      var left = Math.max(0, Math.round(clock.dataset.left - passed));
      clock.textContent = written(left);
    });
  }, 1000);

  listen();
})();
