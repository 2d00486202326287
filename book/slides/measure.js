// For the tests, evaluated in an open deck: what is wrong with the slides as they stand, one line of text for each fault.
// Checked with all fragments shown: text or a figure outside its slide, text on other text, figures or letters too small.
() => {
  const faults = [];
  const slides = Reveal.getSlides();
  const back = Reveal.getIndices();
  slides.forEach((slide, i) => {
    Reveal.slide(i, 0, 99);
    const scale = Reveal.getScale();
    const page = slide.getBoundingClientRect();
    const name = `slide ${i + 1} (${slide.dataset.cell}${slide.querySelector("h1, h2") ? ": " + slide.querySelector("h1, h2").textContent.trim().slice(0, 40) : ""})`;
    const fault = (text) => faults.push(`${name}: ${text}`);
    if (Math.abs(page.width / scale - 1280) > 1 || Math.abs(page.height / scale - 720) > 1) fault(`is ${page.width} x ${page.height}`);

    for (const element of slide.querySelectorAll("h1, h2, p, li, pre, table, img, mjx-container > svg, .body > *")) {
      if (element.closest("aside.notes, mjx-assistive-mml")) continue;
      const box = element.getBoundingClientRect();
      const over = Math.max(page.left + 8 * scale - box.left, box.right - page.right + 8 * scale, page.top - box.top, box.bottom - page.bottom + 8 * scale);
      if (over > 1) fault(`${element.tagName.toLowerCase()} leaves the slide by ${Math.round(over / scale)} px`);
      if (element.scrollWidth > element.clientWidth + 2 && element.matches("pre, table")) fault(`${element.tagName.toLowerCase()} is wider than its box`);
    }
    const body = slide.querySelector(".body");
    if (body) {
      const inner = [...body.children].map((child) => child.getBoundingClientRect());
      const box = body.getBoundingClientRect();
      for (const child of inner) {
        const over = Math.max(box.top - child.top, child.bottom - box.bottom, child.right - box.right) / scale;
        if (over > 1.5) fault(`its text is ${Math.round(over)} px too long`);
      }
      for (const part of body.querySelectorAll(".shown, .text")) {
        for (const child of part.children) {
          const over = Math.max(child.getBoundingClientRect().bottom - box.bottom, box.top - child.getBoundingClientRect().top) / scale;
          if (over > 1.5) fault(`${part.className} overflows by ${Math.round(over)} px`);
        }
      }
    }
    for (const img of slide.querySelectorAll("img")) {
      const box = img.getBoundingClientRect();
      const fit = Math.min(box.width / img.naturalWidth, box.height / img.naturalHeight) / scale;
      const width = img.naturalWidth * fit, height = img.naturalHeight * fit;
      if (width < 640 && height < 380) fault(`a figure of only ${Math.round(width)} x ${Math.round(height)} px`);
      if (!img.alt) fault("a figure without alt text");
      // shown on a screen of 1920 pixels a slide is 1.5 times as large
      const moving = img.currentSrc.startsWith("data:image/png") && atob(img.currentSrc.slice(22, 222)).includes("acTL");
      const drawn = img.currentSrc.startsWith("data:image/svg");
      if (!drawn && img.naturalWidth < (moving ? 0.99 : 1.24) * width) fault(`a figure of ${img.naturalWidth} pixels on ${Math.round(width)}: blurred on a large screen`);
    }
    for (const element of slide.querySelectorAll(".text p, .text li, .text td, pre, table.printed")) {
      const size = parseFloat(getComputedStyle(element).fontSize);
      const least = element.matches("table.printed") ? 17 : element.matches("pre") ? 20 : 28;
      if (size < least) fault(`${element.tagName.toLowerCase()} has letters of ${size} px, ${least} are wanted`);
    }
    if (slide.querySelector("mjx-merror, [data-mml-node=merror]")) fault("a formula that MathJax cannot read");
    if (slide.querySelectorAll(".math").length !== slide.querySelectorAll(".math mjx-container").length) fault("a formula is not set");
  });
  Reveal.slide(back.h, back.v);
  return faults;
}
