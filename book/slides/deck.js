// Formulas first, then reveal.js: it hides slides, and hidden text cannot be measured.
// ?notes shows the speaker's notes beside each slide; with ?print-pdf they follow each page on a page of their own.
(() => {
  const query = new URLSearchParams(location.search);
  const notes = query.has("notes");
  const print = query.has("print-pdf");
  document.documentElement.classList.toggle("with-notes", notes && !print);

  // A slide without a figure is set in the largest letters that leave a fifth of it free.
  function enlarge() {
    for (const body of document.querySelectorAll(".body.below:not(:has(figure))")) {
      for (let size = 40; size >= 30; size -= 2) {
        body.style.fontSize = `${size}px`;
        const height = [...body.children].reduce((sum, part) => sum + part.offsetHeight, 0);
        const right = body.getBoundingClientRect().right + 1;
        const wide = [...body.querySelectorAll("svg, table, pre, .claim")].some((part) => part.getBoundingClientRect().right > right);
        if (height <= 0.8 * body.clientHeight && !wide) break;
      }
    }
  }

  MathJax.startup.promise
    .then(() => MathJax.typesetPromise())
    .then(() => document.fonts.ready)
    .then(enlarge)
    .then(() => {
      // The speaker's window copies the notes without MathJax's styles, which hide these second readings of a formula.
      for (const mathml of document.querySelectorAll("aside.notes mjx-assistive-mml")) mathml.remove();
    })
    .then(() =>
      Reveal.initialize({
        width: 1280,
        height: 720,
        margin: 0,
        minScale: 0.1,
        maxScale: 4,
        center: false,
        display: "flex",
        hash: true,
        slideNumber: "c/t",
        defaultTiming: 60, // seconds; each slide has its own, and this switches on the speaker's pace
        showNotes: notes ? (print ? "separate-page" : true) : false,
        transition: "none",
        backgroundTransition: "none",
        scrollActivationWidth: null, // on a phone the slides stay slides
        pdfSeparateFragments: false,
        pdfMaxPagesPerSlide: 1,
        plugins: [RevealNotes],
      })
    );
})();
