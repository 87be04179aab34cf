// Finds words in the index of a written site: the rules of bri_kg/answers (word_matching, asked_words, name_index,
// search), so that a site without a server finds the same, the best first. tests/test_browser_search.py holds both
// against each other.
"use strict";
var BriKgMatcher = (() => {
  const HAN = "\\u3005\\u3007\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
  const LETTER = `(?:(?![${HAN}])[\\p{L}\\p{N}])+`;
  const HAN_RUN = new RegExp(`^[${HAN}]+`, "u");
  const COMPOUND = new RegExp(`[${HAN}]+|${LETTER}(?:[-\\u2010-\\u2013&]${LETTER})*`, "gu");
  const PART = /[\p{L}\p{N}]+/gu;
  const SHORTEST_SLIP = 4;
  const SHORTEST_STEM = 7;
  const ENDING = 3;
  const LONGEST_PIECE = 16;
  const LONGEST_RUN = 80;
  const MOST_ASKED = 8;
  const [WHOLE, BEGUN, SLIPPED] = [0, 1, 2];

  class Word {
    constructor(parts) {
      this.parts = parts;
      this.joined = parts.join("");
      this.isHan = HAN_RUN.test(this.joined);
    }
  }

  function fold(text) {
    const plain = text.replace(/['\u2018\u2019\u02bc]/g, "").normalize("NFKD").replace(/\p{Mn}/gu, "");
    return plain.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");
  }

  function wordsOf(text) {
    return (fold(text).match(COMPOUND) ?? []).map((found) => new Word(found.match(PART)));
  }

  // One letter more, less or other, or two neighbours swapped.
  function isSlip(one, other) {
    if (Math.abs(one.length - other.length) > 1 || one === other) return false;
    let begin = 0;
    while (begin < one.length && one[begin] === other[begin]) begin++;
    const rest = one.slice(begin);
    const otherRest = other.slice(begin);
    if (rest.length === otherRest.length) {
      const swapped = rest.length > 1 ? rest[1] + rest[0] + rest.slice(2) : rest;
      return rest.slice(1) === otherRest.slice(1) || swapped === otherRest;
    }
    const [longer, shorter] = rest.length > otherRest.length ? [rest, otherRest] : [otherRest, rest];
    return longer.slice(1) === shorter;
  }

  function singular(word) {
    if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
    return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
  }

  // The words of a name, each as one of its kind.
  function forms(words) {
    return new Set(words.flatMap((word) => word.parts.map(singular)));
  }

  function inOrder({ key }, { key: otherKey }) {
    const place = key.findIndex((part, at) => part !== otherKey[at]);
    return place < 0 ? 0 : key[place] < otherKey[place] ? -1 : 1;
  }

  // The places that stand in all of several maps, smallest first.
  function shared(levels) {
    const [fewest, ...others] = [...levels].sort((one, other) => one.size - other.size);
    if (!fewest) return [];
    return [...fewest.keys()].filter((n) => others.every((level) => level.has(n))).sort((a, b) => a - b);
  }

  return class {
    constructor(index) {
      this.index = index;
      this.rank = Object.fromEntries(index.reasons.map((name, place) => [name, place]));
      this.fillerHan = new RegExp(index.fillerHan, "u");
      [this.filler, this.negation, this.negationHan] =
        [index.filler, index.negation, index.negationHan].map((words) => new Set(words));
      this.names = index.entries.flatMap(([kind, , , , labels, , texts], entry) =>
        texts.map((text, place) => ({ entry, kind, text, isLabel: place < labels })));
      this.asked = index.entries.flatMap(([, , , , labels, asked, texts], entry) =>
        texts.slice(labels, labels + asked).map((text) => ({ entry, text, words: wordsOf(text) })));
      this.question = index.kinds.findIndex(([name]) => name === "question");
      [this.comparison, this.thing, this.concept] =
        ["comparison", "thing", "concept"].map((wanted) => index.kinds.findIndex(([name]) => name === wanted));
      this.places = new Map();
      this.han = [];
      this.names.forEach((name, number) => {
        const words = wordsOf(name.text);
        name.joined = words.flatMap((word) => word.parts).join(" ");
        if (words.some((word) => word.isHan)) this.han.push(number);
        for (const form of new Set(words.flatMap((word) => [...word.parts, word.joined]))) {
          if (!this.places.has(form)) this.places.set(form, []);
          this.places.get(form).push(number);
        }
      });
      this.sorted = [...this.places.keys()].sort();
    }

    // What words find, the best first, with some of each kind: as many as `most`, behind pages of the whole graph.
    find(text, most) {
      const words = wordsOf(text);
      if (!words.length) return { total: 0, near: null, hits: [] };
      const all = this.all(words);
      const named = this.named(words, all);
      const places = this.placesAskedFor(words);
      return {
        total: all.length + places.length, near: this.nearest(words, all),
        hits: [...places, ...this.someOfEach(all, most).map((one) => this.hit(one, named))],
      };
    }

    // The page of what words find: by kind, questions first and with the thing filled in where the words ask about it.
    page(text) {
      const words = wordsOf(text);
      if (!words.length) return { total: 0, near: null, places: [], groups: [] };
      const all = this.all(words);
      let named = this.named(words, all);
      let questions = all.filter(({ name }) => name.kind === this.question);
      questions = this.byDistance(questions, named);
      const about = this.toBeAsked(words, all, named, questions);
      if (about) {
        named = about;
        questions = [...this.asking(about), ...questions];
      }
      const isAsked = named && questions.length && (named.reason > this.rank.ALIAS || named.name.kind === this.concept);
      const order = ["thing", "concept", "question", "term", "comparison"];
      const kinds = (isAsked ? ["question", ...order.filter((kind) => kind !== "question")] : order)
        .map((wanted) => this.index.kinds.findIndex(([name]) => name === wanted));
      const blocks = kinds
        .map((kind) => ({
          kind, title: this.index.kinds[kind][2],
          matches: kind === this.question ? questions : all.filter(({ name }) => name.kind === kind),
        }))
        .filter((block) => block.matches.length);
      const groups = this.namedFirst(blocks, named)
        .map(({ title, matches }) => matches.map((one) => ({ ...this.hit(one, named), group: title })));
      return { total: all.length, near: this.nearest(words, all), places: this.placesAskedFor(words), groups };
    }

    // The thing that alone goes by the very words, the questions about it, then other things and the rest.
    namedFirst(blocks, named) {
      const called = blocks.filter(({ kind }) => kind === this.thing)
        .flatMap(({ matches }) => matches.filter(({ reason }) => reason <= this.rank.ALIAS));
      if (!named || called.length !== 1 || called[0].name.entry !== named.name.entry) return blocks;
      const rest = blocks
        .map((block) => (block.kind !== this.thing ? block : {
          ...block, title: this.index.otherThings, matches: block.matches.filter((one) => one !== called[0]),
        }))
        .filter((block) => block.matches.length);
      return [
        { kind: this.thing, title: this.index.kinds[this.thing][1], matches: called },
        ...rest.filter(({ kind }) => kind === this.question), ...rest.filter(({ kind }) => kind !== this.question),
      ];
    }

    all(words) {
      const best = new Map();
      const matches = [...this.matches(words), ...this.askedAs(words)].map((match) => ({ ...match, key: this.key(match) }));
      for (const match of matches.sort(inOrder)) {
        if (!best.has(match.name.entry)) best.set(match.name.entry, match);
      }
      for (const match of [...best.values()]) {
        for (const about of this.about(match)) if (!best.has(about.name.entry)) best.set(about.name.entry, about);
      }
      return [...best.values()];
    }

    // The pages of the whole graph that are asked for by words that ask for nothing else.
    placesAskedFor(words) {
      const asked = this.withoutFiller(words).map((word) => singular(word.joined));
      return this.index.places
        .filter(([, , , known]) => asked.every((word) => known.includes(word)))
        .map(([label, meaning, address]) => ({ label, kind: this.index.page, meaning, address, matched: null }));
    }

    // The thing that some of the words name, the others asking about it; else the concept held whole.
    named(words, all) {
      const some = all.filter(({ reason }) => reason === this.rank.SOME_WORDS);
      const asked = forms(words);
      const isWhole = ({ name }) => [...forms(wordsOf(name.text))].every((form) => asked.has(form));
      return some.find(({ name }) => name.kind === this.thing)
        ?? some.find((one) => one.name.kind === this.concept && isWhole(one)) ?? null;
    }

    // The thing that goes by the very words, or the concept, of which one may ask for several.
    exact(words, all) {
      const asked = forms(words);
      const isConcept = ({ name }) => {
        const own = forms(wordsOf(name.text));
        return name.kind === this.concept && own.size === asked.size && [...own].every((form) => asked.has(form));
      };
      return all.find((one) => (one.name.kind === this.thing && one.reason <= this.rank.ALIAS) || isConcept(one)) ?? null;
    }

    toBeAsked(words, all, named, questions) {
      if (!questions.length) return this.exact(words, all);
      const fits = questions.some((one) => this.answer(one.name.entry, named));
      return named?.name.kind === this.concept && !fits ? named : null;
    }

    // A few questions that can be asked of a thing.
    asking(about) {
      const found = this.index.entries.flatMap(([kind, , , text], entry) =>
        kind === this.question && this.answer(entry, about)
          ? [{ name: { entry, kind, text, isLabel: true }, reason: this.rank.ABOUT }] : []);
      return this.byDistance(found, about).slice(0, MOST_ASKED);
    }

    // The address of the answer of a question about what is named.
    answer(entry, named) {
      return (named && this.index.entries[entry][7]?.[3][named.name.entry]) ?? null;
    }

    // Asked so, about what is named, by default, with little else to give, and often.
    byDistance(questions, named) {
      const keyed = questions.map((one) => {
        const [count, own, , , often] = this.index.entries[one.name.entry][7];
        const answer = this.answer(one.name.entry, named);
        const isOther = !answer || own !== named.name.entry;
        return { one, key: [one.reason !== this.rank.ASKED, !answer, isOther, named ? count : 0, -often] };
      });
      return keyed.sort(inOrder).map(({ one }) => one);
    }

    // The comparisons that are about what the words name.
    about({ name, reason, isWhole }) {
      if ((!isWhole && reason > this.rank.PARTS) || name.kind === this.question) return [];
      const [, , , , , , , comparisons = []] = this.index.entries[name.entry];
      return comparisons.map((entry) => ({
        name: { entry, kind: this.comparison, text: name.text, isLabel: false }, reason: this.rank.ABOUT,
      }));
    }

    hit({ name, reason }, named) {
      const [kind, cls, address, label] = this.index.entries[name.entry];
      const [, one, several] = this.index.kinds[kind];
      if (kind === this.question && this.answer(name.entry, named)) return this.filledIn(name.entry, named, one, several);
      const isShown = [this.rank.SOME_WORDS, this.rank.ABOUT, this.rank.READS].includes(reason) || name.text === label;
      const isOther = kind !== this.question && !isShown && cls >= 0;
      return { label, kind: this.index.classes[cls] ?? one, group: several, address, matched: isOther ? name.text : null };
    }

    // A question with what is named in its wording, or beside it where its wording has no gap.
    filledIn(entry, named, kind, group) {
      const [, , , label, , , , [, , told]] = this.index.entries[entry];
      const name = this.index.entries[named.name.entry][3];
      const filled = told ? told.replace("\ufffd", () => name) : label;
      return { label: filled, kind, group, address: this.answer(entry, named), matched: null, about: told ? null : name };
    }

    nearest(words, all) {
      if (!all.length || all.some((one) => one.reason !== this.rank.SLIP)) return null;
      const known = wordsOf(all[0].name.text).map((word) => word.joined);
      return words.map(({ joined }) => known.find((one) => isSlip(joined, one)) ?? joined).join(" ");
    }

    someOfEach(all, most) {
      const groups = new Map();
      for (const one of all) groups.set(one.name.kind, [...(groups.get(one.name.kind) ?? []), one]);
      const inTurn = [];
      const longest = Math.max(0, ...[...groups.values()].map((group) => group.length));
      for (let place = 0; place < longest; place++) {
        for (const group of groups.values()) if (group[place]) inTurn.push(group[place]);
      }
      const kept = new Set(inTurn.slice(0, most));
      return all.filter((one) => kept.has(one));
    }

    key({ name, reason, weight, isWhole }) {
      return [
        reason > this.rank.ALIAS, name.kind === this.comparison, reason, !isWhole, -weight, name.kind,
        name.kind === this.question && !name.isLabel, [...name.text].length, name.text, name.entry,
      ];
    }

    // The questions that people put in words that stand in these.
    askedAs(words) {
      const joined = ` ${words.map((word) => word.joined).join(" ")} `;
      return this.asked
        .filter((one) => {
          const wanted = one.words.map((word) => word.joined).join(" ");
          return joined.includes(one.words.some((word) => word.isHan) ? wanted : ` ${wanted} `);
        })
        .map(({ entry, text }) => ({
          name: { entry, kind: this.question, text, isLabel: false }, reason: this.rank.ASKED, weight: 1, isWhole: false,
        }));
    }

    matches(words) {
      const found = this.wholeOrSlipped(words);
      if (found.length) return found;
      const meant = this.inPieces(this.withoutFiller(words));
      const isOther = meant.map((word) => word.joined).join(" ") !== words.map((word) => word.joined).join(" ");
      const again = isOther ? this.wholeOrSlipped(meant) : [];
      return again.length ? again : this.some(meant);
    }

    wholeOrSlipped(words) {
      const levels = words.map((word) => this.levels(word));
      const asked = words.flatMap((word) => word.parts).join(" ");
      const all = shared(levels).map((n) => this.match(n, this.reason(n, asked, Math.max(...levels.map((level) => level.get(n))))));
      return all.length ? all : this.slipped(words, levels);
    }

    match(number, reason, weight = 1, isWhole = false) {
      return { name: this.names[number], reason, weight, isWhole };
    }

    reason(number, asked, level) {
      const { joined, isLabel } = this.names[number];
      if (joined.replaceAll(" ", "") === asked.replaceAll(" ", "")) return isLabel ? this.rank.NAME : this.rank.ALIAS;
      if (joined.startsWith(asked)) return this.rank.BEGINNING;
      return level === WHOLE ? this.rank.WORDS : this.rank.PARTS;
    }

    // Every word but one, and of that one a neighbour.
    slipped(words, levels) {
      const found = new Set();
      words.forEach((word, place) => {
        if (word.isHan || word.joined.length < SHORTEST_SLIP) return;
        const near = new Map();
        for (const known of this.sorted) {
          if (isSlip(word.joined, known)) for (const n of this.places.get(known)) near.set(n, SLIPPED);
        }
        for (const n of shared(levels.with(place, near))) found.add(n);
      });
      return [...found].sort((a, b) => a - b).map((n) => this.match(n, this.rank.SLIP));
    }

    // Names that are some of the words, and of those that hold other words the ones that hold most.
    some(words) {
      const levels = words.map((word) => {
        const level = this.levels(word);
        return level.size ? level : this.kin(word);
      });
      if (levels.length < 2) return [];
      const count = this.names.length;
      const rarity = levels.map((level) => (level.size ? Math.log(1 + count / level.size) : 0));
      const whole = rarity.reduce((sum, one) => sum + (one || Math.log(1 + count)), 0);
      const holding = new Map();
      levels.forEach((level, place) => {
        for (const n of level.keys()) holding.set(n, [...(holding.get(n) ?? []), place]);
      });
      const weight = (n) => holding.get(n).reduce((sum, place) => sum + rarity[place], 0);
      const parts = new Set(words.flatMap((word) => [...word.parts, word.joined, singular(word.joined)]));
      const numbers = [...holding.keys()].sort((a, b) => a - b);
      const exact = new Set(numbers.filter((n) => this.names[n].joined.split(" ").every((one) => !one || parts.has(one))));
      const named = [...exact].map((n) => new Set(holding.get(n)));
      const others = new Set(numbers.filter((n) => !named.some((set) => holding.get(n).every((place) => set.has(place)))));
      const best = Math.max(0, ...[...others].map(weight));
      return numbers
        .filter((n) => exact.has(n) || (others.has(n) && weight(n) > best / 2))
        .map((n) => this.match(n, this.rank.SOME_WORDS, weight(n) / whole, exact.has(n)));
    }

    // Names with a word that differs in its ending alone.
    kin(word) {
      if (word.isHan || word.joined.length < SHORTEST_STEM) return new Map();
      const found = new Map();
      for (const n of this.begun(word.joined.slice(0, -ENDING)).keys()) found.set(n, BEGUN);
      return found;
    }

    // The names that hold a word, with how they hold it.
    levels(word) {
      const levels = new Map();
      if (word.isHan) {
        for (const n of this.han) if (this.names[n].joined.includes(word.joined)) levels.set(n, WHOLE);
        return levels;
      }
      for (const n of this.places.get(singular(word.joined)) ?? []) levels.set(n, BEGUN);
      for (const [n, level] of this.begun(word.joined)) levels.set(n, level);
      if (word.parts.length > 1) {
        const parts = word.parts.map((part) => this.begun(part));
        for (const n of shared(parts)) {
          const level = Math.max(...parts.map((part) => part.get(n)));
          levels.set(n, Math.min(level, levels.get(n) ?? level));
        }
      }
      return levels;
    }

    begun(word) {
      const levels = new Map();
      for (let place = this.firstFrom(word); this.sorted[place]?.startsWith(word); place++) {
        const level = this.sorted[place] === word ? WHOLE : BEGUN;
        for (const n of this.places.get(this.sorted[place])) levels.set(n, Math.min(level, levels.get(n) ?? level));
      }
      return levels;
    }

    firstFrom(word) {
      let [low, high] = [0, this.sorted.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.sorted[middle] < word) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    withoutFiller(words) {
      const meaning = [];
      let isDenied = false;
      for (const word of words) {
        if (word.isHan) {
          const parts = word.joined.split(this.fillerHan);
          for (const part of parts) if (parts.length === 1 || part.length > 1) meaning.push(new Word([part]));
        } else if (this.negation.has(word.joined)) {
          isDenied = true;
        } else if (!this.filler.has(word.joined)) {
          if (!isDenied) meaning.push(word);
          isDenied = false;
        }
      }
      return meaning.length ? meaning : words;
    }

    // A run of Han characters that no name holds, as the longest pieces that some name holds.
    inPieces(words) {
      const found = new Map();
      for (const word of words) {
        const isOne = !word.isHan || this.holdsHan(word.joined) || word.joined.length > LONGEST_RUN;
        const pieces = isOne ? [] : this.pieces(word.joined).filter((piece) => !this.negationHan.has(piece));
        for (const one of pieces.length ? pieces.map((piece) => new Word([piece])) : [word]) {
          if (!found.has(one.joined)) found.set(one.joined, one);
        }
      }
      return [...found.values()];
    }

    pieces(run) {
      const found = [];
      for (let begin = 0; begin < run.length; ) {
        let end = Math.min(run.length, begin + LONGEST_PIECE);
        while (end >= begin + 2 && !this.holdsHan(run.slice(begin, end))) end--;
        if (end >= begin + 2) {
          found.push(run.slice(begin, end));
          begin = end;
        } else begin++;
      }
      return found;
    }

    holdsHan(text) {
      return this.han.some((n) => this.names[n].joined.includes(text));
    }
  };
})();
