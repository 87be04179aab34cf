"""What the package may say to people in English, read from its source: a wording a site, blanks numbered.

A site is where a text is given away: to an error, a finding, a warning, `talk`, `say`. From there the text is
followed back: through names, both sides of `if` and `or`, sums, constants, what callers pass for a parameter,
what functions and properties return, and what fills the field of a dataclass.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product, takewhile
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "bri_kg"
# What gives a text away, and where it stands: by place or by name, each text once.
_SITES: dict[str, tuple[tuple[int | str, ...], ...]] = {
    "BriKgError": ((1, "message"), ("why",), ("fix",)),
    "Finding": ((3, "message"), (4, "fix")),
    "replace": (("message",), ("fix",)),  # of dataclasses
    "talk": ((1, "text"),),
    "say": ((0, "text"),),
    "tell": ((1, "text"),),
    "Progress": ((0, "what"), (2, "unit")),
    "ArgumentTypeError": ((0,),),
    "NoTripleWarning": ((0,),),
    "OtherNameWarning": ((0,),),
    "NotXPathError": ((0,),),
    "PythonOnlyError": ((0,),),
}
_ONLY_BY_NAME = {"say", "talk", "tell", "replace"}  # `page.say(…)` has its wordings beside it
_KEPT_AS_THEY_ARE = {"render", "as_text", "as_json", "shorten", "named", "repr", "_help_in"}
_SEEN_THROUGH = {"visible", "str"}
_OF_THEIR_ARGUMENTS = {
    *("join", "map", "min", "next", "sorted", "dict", "fromkeys", "islice", "tuple", "list"),
    "from_iterable",
}
_OF_WHAT_THEY_STAND_AT = {"replace", "format", "strip", "rstrip", "get", "items"}
# There English and Chinese stand beside each other.
_BOTH_ARE_IN = (
    PACKAGE / "cli" / "show",
    PACKAGE / "assistant" / "result_words.py",
    PACKAGE / "assistant" / "task_prompts.py",
    PACKAGE / "assistant" / "tool_list.py",  # models are told of tools in English alone
    PACKAGE / "answers" / "face_words.py",
    PACKAGE / "answers" / "glossary.py",
    PACKAGE / "notebook" / "as_html.py",  # markup alone, no words
)
_MOST = 64  # wordings of one site
_CJK = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_LETTERS = re.compile(r"[a-z]{2}")
# What is followed from afar may be anything: a text for people is more than a word, and no code.
_SENTENCE = re.compile(
    r"\A\d+ [a-z]+\Z|\A[a-z]{2,},? \S|\A[a-z]+ [A-Za-z]{2}|[A-Za-z][a-z]*[,;:]? (?:[a-z]+\b|\0)|\0 [a-z]+ [a-z\0]"
)
_CODE = re.compile(
    r"\A[a-z-]+:[\w ]+;|\A\s*(?:SELECT|ASK|CONSTRUCT|GRAPH|FILTER|PREFIX \S*:|\?)|\\[bwsd]|\A[\0?:\w]+ a \w+:"
)


@dataclass(frozen=True)
class _Scope:
    module: Path
    function: ast.FunctionDef | None = None


@dataclass
class _Index:
    """What is defined where in the package."""

    functions: dict[str, list[tuple[Path, ast.FunctionDef, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    constants: dict[tuple[Path, str], list[ast.expr]] = field(
        default_factory=lambda: defaultdict(list)
    )
    taken: dict[tuple[Path, str], list[ast.expr]] = field(default_factory=lambda: defaultdict(list))
    fields: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    calls: dict[str, list[tuple[_Scope, ast.Call]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    errors: set[str] = field(default_factory=lambda: {"BriKgError"})


@cache
def wordings() -> dict[str, str]:
    """Return every wording with the first place that gives it away, as `path:line`."""
    return dict(_Reading().all)


class _Reading:
    def __init__(self) -> None:
        self.index = _indexed()
        self.all: dict[str, str] = {}
        self._done: set[tuple[str, str]] = set()
        self._left: deque[tuple[ast.expr, _Scope, bool]] = deque()
        for scope, call, places in self._sites():
            for text in _arguments(call, places):
                self._give(text, scope, direct=True)
        while self._left:
            self._keep(*self._left.popleft())

    def _sites(self) -> Iterator[tuple[_Scope, ast.Call, tuple[tuple[int | str, ...], ...]]]:
        for name, calls in self.index.calls.items():
            kind = "BriKgError" if name in self.index.errors else name.removeprefix("_")
            for scope, call in calls:
                is_method = isinstance(call.func, ast.Attribute)
                if kind in _SITES and not (is_method and kind in _ONLY_BY_NAME):
                    yield scope, call, _SITES[kind]

    def _give(self, expr: ast.expr, scope: _Scope, *, direct: bool = False) -> None:
        """Note an expression that a person may see: its wordings are kept when its turn comes."""
        if not direct and {scope.module, scope.module.parent} & {*_BOTH_ARE_IN}:
            return
        if self._once("expression", str(id(expr))):
            self._left.append((expr, scope, direct))

    def _keep(self, expr: ast.expr, scope: _Scope, direct: bool) -> None:
        place = f"{scope.module.relative_to(PACKAGE.parent)}:{expr.lineno}"
        for text in self._texts(expr, scope):
            plain = text.replace("\0", "")
            if _CJK.search(text) or not _LETTERS.search(plain):
                continue
            if direct or (_SENTENCE.search(text) and not _CODE.search(text)):
                self.all.setdefault(numbered(text), place)

    def _once(self, kind: str, name: str) -> bool:
        known = (kind, name) in self._done
        self._done.add((kind, name))
        return not known

    def _texts(self, expr: ast.expr, scope: _Scope, seen: frozenset[str] = frozenset()) -> set[str]:
        """Return the texts of an expression, each blank as NUL; what fills a blank is kept on the way."""
        match expr:
            case ast.Constant(value=str(text)):
                return {text.replace("{}", "\0")}  # for str.format
            case ast.JoinedStr(values=values):
                return self._sum(values, scope, seen)
            case ast.FormattedValue(conversion=code) if code == ord("r"):
                return {"\0"}
            case ast.FormattedValue(value=value):
                return {
                    text if text.strip("\0") else text[:1]
                    for text in self._texts(value, scope, seen)
                }
            case ast.NamedExpr(value=value) | ast.Starred(value=value):
                return self._texts(value, scope, seen)
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return self._sum([left, right], scope, seen)
            case ast.IfExp(body=body, orelse=orelse):
                if _says_both(expr):
                    return {"\0"}
                return self._texts(body, scope, seen) | self._texts(orelse, scope, seen)
            case ast.BoolOp(values=values):
                return set().union(*(self._texts(value, scope, seen) for value in values))
            case ast.Constant(value=None):
                return set()
            case ast.Name(id=name):
                return self._named(name, scope, seen)
        self._follow(expr, scope)
        return self._seen_through(expr, scope, seen) or {"\0"}

    def _sum(self, parts: Iterable[ast.expr], scope: _Scope, seen: frozenset[str]) -> set[str]:
        options = [sorted(self._texts(part, scope, seen)) or ["\0"] for part in parts]
        texts = ("".join(chosen) for chosen in product(*options))
        return {text for _, text in zip(range(_MOST), texts, strict=False)}

    def _seen_through(self, expr: ast.expr, scope: _Scope, seen: frozenset[str]) -> set[str]:
        match expr:
            case ast.Call(args=[argument]) if _name(expr) in _SEEN_THROUGH:
                return self._texts(argument, scope, seen)
            case ast.Call(func=ast.Attribute(value=ast.Dict(values=values), attr="get")):
                parts = (*values, *expr.args[1:])
                return set().union(*(self._texts(part, scope, seen) for part in parts))
        return set()

    def _named(self, name: str, scope: _Scope, seen: frozenset[str]) -> set[str]:
        if name in seen:
            return {"\0"}
        inner = seen | {name}
        if scope.function is not None:
            if name in _parameters(scope.function):
                self._follow_parameter(scope.function, name)
                return {"\0"}
            texts: set[str] = set()
            more: list[set[str]] = []
            for value, how in _assigned(scope.function).get(name, []):
                if how == "from":
                    self._give(value, scope)
                    texts.add("\0")
                elif how == "added":
                    more.append(self._texts(value, scope, inner))
                else:
                    texts |= self._texts(value, scope, inner)
            for added in more:
                texts |= {one + other for one in texts for other in added}
            if texts:
                return texts
        constants = self.index.constants.get((scope.module, name), [])
        if any(map(_says_both, constants)):
            return {"\0"}
        if constants:
            return set().union(*(self._texts(c, _Scope(scope.module), inner) for c in constants))
        if scope.function is None:
            for value in self.index.taken.get((scope.module, name), []):
                self._give(value, scope)
        return {"\0"}

    def _follow(self, expr: ast.expr, scope: _Scope) -> None:
        """Keep the wordings that come into a text out of sight of it."""
        match expr:
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                self._give_all(parts, scope)
            case ast.Dict(keys=names, values=parts):
                self._give_all([name for name in names if name], scope)
                self._give_all(parts, scope)
            case ast.GeneratorExp(elt=part) | ast.ListComp(elt=part):
                self._give(part, scope)
            case ast.Subscript(value=value):
                self._give(value, scope)
            case ast.Attribute(attr=name):
                self._follow_attribute(name)
            case ast.Call():
                self._follow_call(expr, scope)

    def _give_all(self, parts: Iterable[ast.expr], scope: _Scope) -> None:
        for part in parts:
            self._give(part, scope)

    def _follow_call(self, call: ast.Call, scope: _Scope) -> None:
        name = _name(call)
        if name in _KEPT_AS_THEY_ARE:
            return
        if name in _OF_THEIR_ARGUMENTS:
            self._give_all(call.args, scope)
        elif isinstance(call.func, ast.Attribute) and name in _OF_WHAT_THEY_STAND_AT:
            self._give(call.func.value, scope)
        elif name == "str" and len(call.args) == 1:
            self._follow_function("__str__", scope)
        self._follow_function(name, scope)

    def _follow_function(self, name: str, scope: _Scope) -> None:
        found = self.index.functions.get(name, [])
        here = [one for one in found if one[0] == scope.module]
        for module, function, _ in here or found:
            if self._once("function", f"{module}:{function.lineno}") and not _says_both(function):
                inner = _Scope(module, function)
                for node in ast.walk(function):
                    if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) and node.value:
                        self._give(node.value, inner)

    def _follow_attribute(self, name: str) -> None:
        if not self._once("attribute", name):
            return
        for module, function, is_method in self.index.functions.get(name, []):
            if is_method and not _says_both(function):
                inner = _Scope(module, function)
                for node in ast.walk(function):
                    if isinstance(node, ast.Return) and node.value:
                        self._give(node.value, inner)
        for cls, place in self.index.fields.get(name, []):
            for scope, call in self.index.calls.get(cls, []):
                starred = [arg for arg in call.args if isinstance(arg, ast.Starred)]
                for value in _arguments(call, ((place, name),)) or starred:
                    self._give(value, scope)

    def _follow_parameter(self, function: ast.FunctionDef, name: str) -> None:
        if function.name in _KEPT_AS_THEY_ARE:
            return
        known = not self._once("parameter", f"{function.name}:{function.lineno}:{name}")
        if known or _says_both(function):
            return
        names = _parameters(function)
        place = names.index(name) - (names[0] == "self")
        for scope, call in self.index.calls.get(function.name, []):
            starred = [arg for arg in call.args if isinstance(arg, ast.Starred)]
            for value in [*_arguments(call, ((place, name),)), *starred]:
                self._give(value, scope)
        module = next(m for m, f, _ in self.index.functions[function.name] if f is function)
        given = function.args
        for value in (*given.defaults, *(one for one in given.kw_defaults if one)):
            self._give(value, _Scope(module))


def numbered(text: str) -> str:
    """Return a text with its blanks as {0}, {1} and so on."""
    first, *rest = text.split("\0")
    return first + "".join(f"{{{at}}}{part}" for at, part in enumerate(rest))


def _arguments(call: ast.Call, places: Iterable[tuple[int | str, ...]]) -> list[ast.expr]:
    """Return what a call gives at places and under names; places behind a `*` are not known."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    known = takewhile(lambda arg: not isinstance(arg, ast.Starred), call.args)
    given = {**named, **dict(enumerate(known))}
    return [given[way] for ways in places for way in ways if way in given]


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _parameters(function: ast.FunctionDef) -> list[str]:
    given = function.args
    return [arg.arg for arg in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


@cache
def _assigned(function: ast.FunctionDef) -> dict[str, list[tuple[ast.expr, str]]]:
    """Return by local name what it is, what is added to it, and from what it is taken."""
    found = defaultdict(list)
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    for name, part, how in _parts(target, value):
                        found[name].append((part, how))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name].append((value, "is"))
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                found[name].append((value, "is"))
            case ast.AugAssign(target=ast.Name(id=name), value=value):
                found[name].append((value, "added"))
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value]):
                found[name].append((value, "from"))
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                for one in ast.walk(target):
                    if isinstance(one, ast.Name):
                        found[one.id].append((value, "from"))
    return found


def _parts(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr, str]]:
    """Yield the names in a target, what each gets, and how."""
    if isinstance(target, ast.Name):
        yield target.id, value, "is"
    elif isinstance(target, ast.Tuple):
        alike = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        values = (
            value.elts if alike and isinstance(value, ast.Tuple) else [value] * len(target.elts)
        )
        for one, part in zip(target.elts, values, strict=True):
            if isinstance(one, ast.Name):
                yield one.id, part, "is" if alike else "from"


@cache
def _says_both(node: ast.AST) -> bool:
    """Return whether code writes Chinese too, so that it has both wordings beside each other."""
    return any(
        isinstance(one, ast.Constant) and isinstance(one.value, str) and _CJK.search(one.value)
        for one in ast.walk(node)
    )


@cache
def _indexed() -> _Index:
    index = _Index()
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))
    }
    for path, tree in trees.items():
        _note(index, _Scope(path), tree, in_class=False)
    while more := {
        name.name
        for tree in trees.values()
        for name in ast.walk(tree)
        if isinstance(name, ast.ClassDef)
        and name.name not in index.errors
        and any(isinstance(base, ast.Name) and base.id in index.errors for base in name.bases)
    }:
        index.errors |= more
    return index


def _note(index: _Index, scope: _Scope, node: ast.AST, *, in_class: bool) -> None:
    for child in ast.iter_child_nodes(node):
        inner, of_class = scope, False
        match child:
            case ast.FunctionDef():
                index.functions[child.name].append((scope.module, child, in_class))
                inner = _Scope(scope.module, child)
            case ast.ClassDef():
                of_class = True
                fields = [
                    one.target.id
                    for one in child.body
                    if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                ]
                for place, name in enumerate(fields):
                    index.fields[name].append((child.name, place))
            case ast.Call():
                index.calls[_name(child)].append((scope, child))
            case ast.comprehension(target=ast.Tuple(elts=parts), iter=value) if (
                scope.function is None
            ):
                for part in parts:
                    if isinstance(part, ast.Name):
                        index.taken[scope.module, part.id].append(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if scope.function is None:
                index.constants[scope.module, name].append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                if scope.function is None and not in_class:
                    index.constants[scope.module, name].append(value)
        _note(index, inner, child, in_class=of_class)
