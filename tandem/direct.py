"""Templates compiled to Python that does no more than it must: Jinja's compiler with its detours left out.

``view.name`` is read as Python reads it, a function is called by its name, and a macro, known when a template is
compiled, is called with its arguments in their places; what it returns is HTML already and goes out as it is. So what
a template names must be there, no function it calls may ask for the context, and a name that stands for a module of
macros stands for the same one everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

Macros = Mapping[str, Sequence[str]]
"""The macros of a template: the names of each one's parameters, in order."""

_inner: Callable[[str], str] = getattr(markupsafe, "_escape_inner")  # noqa: B009 - it has no types
_TOP = "l_0_"  # begins what Jinja's compiler calls a name of the template itself, not of a macro or a loop


def escape(value: object) -> str:
    """``value`` as HTML, without making a Markup of what only goes out."""
    kind = type(value)
    if kind is str:
        return _inner(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return str(value) if kind is int or kind is float else markupsafe.escape(value)


def macros(template: nodes.Template) -> Macros:
    return {macro.name: [argument.name for argument in macro.args] for macro in template.find_all(nodes.Macro)}


class Compiled(jinja2.Environment):
    """An environment to compile with. ``macros`` gives those of the template of a name."""

    macros: Callable[[str], Macros]


class Direct(CodeGenerator):
    """Jinja's compiler for templates of a ``Compiled`` environment."""

    environment: Compiled
    own: Macros
    imported: Mapping[str, Macros]
    bare: nodes.Expr | None = None  # the call that is about to go out

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - as visitors do
        self.own = macros(node)
        self.imported = {
            each.target: self.environment.macros(each.template.value)
            for each in node.find_all(nodes.Import)
            if isinstance(each.template, nodes.Const)
        }
        super().visit_Template(node, frame)

    def visit_Import(self, node: nodes.Import, frame: Frame) -> None:  # noqa: N802
        """The one module of a template: no template has globals of its own that would make another of it."""
        if node.with_context or not isinstance(node.template, nodes.Const):
            return super().visit_Import(node, frame)
        self.writeline(f"{frame.symbols.ref(node.target)} = ", node)
        if frame.toplevel:
            self.write(f"context.vars[{node.target!r}] = ")
        self.write(f"environment.get_template({node.template.value!r}).module")
        if frame.toplevel:
            self.writeline(f"context.exported_vars.discard({node.target!r})")
        return None

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if _of_self(node):
            return super().visit_Getattr(node, frame)
        self.write("(")
        self.visit(node.node, frame)
        return self.write(f").{node.attr}")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if node.dyn_args or node.dyn_kwargs or forward_caller or _of_self(node.node):
            return super().visit_Call(node, frame, forward_caller=forward_caller)
        parameters = self._parameters(node, frame)
        arguments: Sequence[nodes.Expr | nodes.Keyword | None] = (*node.args, *node.kwargs)
        if parameters is not None:
            named = {keyword.key: keyword.value for keyword in node.kwargs}
            if not named.keys() <= set(parameters) or len(arguments) > len(parameters):
                self.fail("a macro has no such parameter", node.lineno)
            arguments = (*node.args, *(named.get(name) for name in parameters[len(node.args) :]))
        safe = parameters is None or node is self.bare
        self.write("" if safe else "Markup(")
        self.visit(node.node, frame)
        self.write("(" if parameters is None else "._func(")
        for argument in arguments:
            if argument is None:
                self.write("missing")
            else:
                self.visit(argument, frame)
            self.write(", ")
        return self.write(")" if safe else "))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if isinstance(node, nodes.Call) and self._parameters(node, frame) is not None:
            self.bare = node
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if node is not self.bare:
            super()._output_child_post(node, frame, finalize)

    def _parameters(self, node: nodes.Call, frame: Frame) -> Sequence[str] | None:
        """Those of the macro that is called; None where it is no macro we know."""
        called = node.node
        if isinstance(called, nodes.Name):
            return self.own.get(called.name) if frame.symbols.ref(called.name).startswith(_TOP) else None
        if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name):
            ours = frame.symbols.ref(called.node.name).startswith(_TOP)
            return self.imported.get(called.node.name, {}).get(called.attr) if ours else None
        return None


def _of_self(node: nodes.Node) -> bool:
    """Whether it is one of the template's blocks, which are items."""
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "self"
